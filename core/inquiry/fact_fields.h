#ifndef FRIKOMMUNE_CORE_INQUIRY_FACT_FIELDS_H_
#define FRIKOMMUNE_CORE_INQUIRY_FACT_FIELDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "core/catalog/snapshot.h"
#include "google/protobuf/message.h"

namespace frikommune::inquiry {

// A set of facts: the field of a request that holds it, which is also the first
// part of the facts' names, and the message there.
struct FactSet {
  std::string field;
  const google::protobuf::Descriptor* message;
};

// Adds sets to the words of an area, before anything else: their roots are then
// their places in the list.
void AddFactSets(const std::vector<FactSet>& sets, catalog::Vocabulary& words);

// The fields of one type of request that hold facts, and the questions that
// they ask. Immutable; safe to share. The snapshot must outlive it.
class FactFields {
 public:
  // For requests of the type `request`, in which the fields named by `sets` are
  // facts, as far as it has them.
  FactFields(const google::protobuf::Descriptor* request,
             const std::vector<FactSet>& sets,
             const catalog::Snapshot& snapshot);

  // The question of the one set with the option `decides` that is there.
  // INVALID_ARGUMENT: FIELD_REQUIRED with the first such field, if none is;
  // CONFLICT with the second that is there, if there are more; QUESTION_UNKNOWN
  // if the catalog does not have the provision.
  absl::StatusOr<const catalog::Question*> Asked(
      const google::protobuf::Message& request) const;

  // Takes the facts of every set that is there.
  void Load(const google::protobuf::Message& request,
            catalog::Facts& facts) const;

 private:
  struct Field {
    const google::protobuf::FieldDescriptor* descriptor;
    int root;
    // Whether it has the option `decides`, and of what question.
    bool decides;
    const catalog::Question* question;
  };

  std::vector<Field> fields_;
};

}  // namespace frikommune::inquiry

#endif  // FRIKOMMUNE_CORE_INQUIRY_FACT_FIELDS_H_
