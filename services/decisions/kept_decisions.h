#ifndef FRIKOMMUNE_SERVICES_DECISIONS_KEPT_DECISIONS_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_KEPT_DECISIONS_H_

#include <string>

#include "google/protobuf/repeated_ptr_field.h"
#include "services/decisions/decision_keeper.h"

namespace frikommune::decisions {

// A list that is asked for: views into its request.
struct AskedList {
  absl::string_view municipality;
  const decision::v1::DecisionFilter* filter = nullptr;
  int page_size = 0;
  absl::string_view page_token;
};

// Reads decisions that are kept. Thread-safe. Workers do it; who calls does not
// wait. What is asked and what is filled in live until `done` is called.
class KeptDecisions {
 public:
  explicit KeptDecisions(const Means& means) : means_(means) {}

  // The decision of that name as it stands. NAME_INVALID, RESOURCE_UNKNOWN.
  void Get(absl::string_view name, decision::v1::RecordedDecision& out,
           Done done);

  // A page of those of a municipality, oldest first. MUNICIPALITY_UNKNOWN,
  // NAME_INVALID, DATE_ORDER, PAGE_TOKEN_INVALID.
  void List(
      const AskedList& asked,
      google::protobuf::RepeatedPtrField<decision::v1::RecordedDecision>& out,
      std::string& next_page_token, Done done);

  // The reasons of a decision, as its letter gives them (core/letter). Errors
  // as Get.
  void RenderReasons(absl::string_view name, decision::v1::Text& out,
                     Done done);

 private:
  absl::StatusOr<decision::v1::RecordedDecision> Read(absl::string_view name);
  absl::Status ReadPage(
      const AskedList& asked,
      google::protobuf::RepeatedPtrField<decision::v1::RecordedDecision>& out,
      std::string& next_page_token);

  const Means means_;
};

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_KEPT_DECISIONS_H_
