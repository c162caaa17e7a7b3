#ifndef FRIKOMMUNE_CORE_SCHEDULING_NOTES_H_
#define FRIKOMMUNE_CORE_SCHEDULING_NOTES_H_

#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "core/civil_time/date.h"
#include "core/decision/render.h"
#include "core/scheduling/case_facts.h"
#include "core/wire/message_writer.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::scheduling {

// What a reader of an answer should know, each thing once. Not safe to share
// between threads; the facts outlive it.
class Notes {
 public:
  explicit Notes(const CaseFacts& facts) : facts_(facts) {}

  // Adds a note about a field or a provision. `code` stands in the catalog, or
  // is a literal.
  void Add(absl::string_view code, absl::string_view about);

  // Adds what follows from the course on a day: how it was read, whose
  // responsibility it is, and which events could not be judged.
  void AddOfCourse(civil_time::Date day);

  // The flags of an answer, by the facts that it was decided on. Adds those
  // that have a text to tell, as notes about its provision.
  decision::Flags Take(const decision::Answer& answer, catalog::Facts& facts);

  // Writes them to a repeated field, with their texts in the FULL view.
  void Write(int field, decision::v1::View view,
             wire::MessageWriter& out) const;

 private:
  struct Note {
    absl::string_view code;
    std::string about;
  };

  const CaseFacts& facts_;
  absl::InlinedVector<Note, 4> notes_;
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_NOTES_H_
