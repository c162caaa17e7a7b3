#include "core/inquiry/fact_fields.h"

#include "absl/strings/str_cat.h"
#include "core/error/error.h"
#include "frikommune/annotations/v1/annotations.pb.h"

namespace frikommune::inquiry {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status Refuse(decision::v1::ErrorReason reason,
                    const FieldDescriptor& field, absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, reason, field.name(),
                   message);
}

}  // namespace

void AddFactSets(const std::vector<FactSet>& sets, catalog::Vocabulary& words) {
  for (const FactSet& set : sets) words.AddMessage(set.field, set.message);
}

FactFields::FactFields(const google::protobuf::Descriptor* request,
                       const std::vector<FactSet>& sets,
                       const catalog::Snapshot& snapshot) {
  for (size_t root = 0; root < sets.size(); ++root) {
    const auto* descriptor = request->FindFieldByName(sets[root].field);
    if (descriptor == nullptr) continue;
    const std::string& provision =
        descriptor->options().GetExtension(annotations::v1::decides);
    const catalog::Area* area = nullptr;
    fields_.push_back({descriptor, static_cast<int>(root), !provision.empty(),
                       provision.empty()
                           ? nullptr
                           : snapshot.FindQuestion(provision, &area)});
  }
}

absl::StatusOr<const catalog::Question*> FactFields::Asked(
    const Message& request) const {
  const auto* reflection = request.GetReflection();
  const Field* first = nullptr;
  const Field* asked = nullptr;
  for (const Field& field : fields_) {
    if (!field.decides) continue;
    if (first == nullptr) first = &field;
    if (!reflection->HasField(request, field.descriptor)) continue;
    if (asked != nullptr) {
      return Refuse(decision::v1::ERROR_REASON_CONFLICT, *field.descriptor,
                    absl::StrCat(asked->descriptor->name(),
                                 " is there too: one request asks one thing"));
    }
    asked = &field;
  }
  if (asked == nullptr) {
    return Refuse(decision::v1::ERROR_REASON_FIELD_REQUIRED, *first->descriptor,
                  "a request holds the facts of one case");
  }
  if (asked->question == nullptr) {
    return Refuse(decision::v1::ERROR_REASON_QUESTION_UNKNOWN,
                  *asked->descriptor,
                  "the catalog does not have the provision it asks about");
  }
  return asked->question;
}

void FactFields::Load(const Message& request, catalog::Facts& facts) const {
  const auto* reflection = request.GetReflection();
  for (const Field& field : fields_) {
    if (!reflection->HasField(request, field.descriptor)) continue;
    facts.Load(field.root, reflection->GetMessage(request, field.descriptor));
  }
}

}  // namespace frikommune::inquiry
