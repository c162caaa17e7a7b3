#ifndef FRIKOMMUNE_CORE_INQUIRY_INQUIRY_H_
#define FRIKOMMUNE_CORE_INQUIRY_INQUIRY_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/catalog/snapshot.h"
#include "core/inquiry/fact_fields.h"
#include "core/inquiry/given.h"
#include "core/wire/message_writer.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::inquiry {

// A request for one decision while it is answered: what all areas of law do
// alike. An area begins it, sets the facts that it finds from others, and asks
// for the answer.
//
// Reused from request to request, it keeps its sheet of facts. Not safe to
// share between threads. The snapshot must outlive it.
class Inquiry {
 public:
  Inquiry(const catalog::Snapshot& snapshot, absl::string_view area);

  // The slot of a fact that the area has.
  catalog::Slot SlotOf(absl::string_view fact) const;

  // Takes up a request that has passed the checks of core/request: finds its
  // municipality and its question, and takes its facts and its safeguards. The
  // day that is decided for is that of the decision. Forgets what was there.
  //
  // The errors of MunicipalityOf, FactFields::Asked and CheckGiven.
  absl::Status Begin(const Given& given, const FactFields& fields);

  // Sets a fact; a yes or no as 1 or 0.
  void Set(catalog::Slot slot, catalog::Value value) {
    facts_.Set(slot, value);
  }

  // Sets the day that is decided for, where it is not that of the decision.
  void SetDay(const std::string& date);

  // The day that is decided for, as days since 1970-01-01.
  catalog::Value day() const { return facts_.Get(area_.on); }

  // The view that the request wants; `default_view` if it does not say.
  decision::v1::View ViewOr(decision::v1::View default_view) const {
    return view_ != decision::v1::VIEW_UNSPECIFIED ? view_ : default_view;
  }

  // Decides, and writes the answer over `out`.
  void Answer(decision::v1::View view, decision::v1::Decision& out);

  // Decides, and writes the fields of the answer as they are encoded.
  void Answer(decision::v1::View view, wire::MessageWriter& out);

 private:
  void TakeSafeguards(const Given& given);
  void PinPolicy();

  const catalog::Snapshot& snapshot_;
  const catalog::Area& area_;
  catalog::Facts facts_;
  catalog::Slot leader_standing_;
  std::vector<catalog::Slot> policy_slots_;
  // Of the request that was begun.
  const catalog::Question* question_ = nullptr;
  int municipality_ = 0;
  decision::v1::View view_ = decision::v1::VIEW_UNSPECIFIED;
  bool assumes_policy_ = false;
};

}  // namespace frikommune::inquiry

#endif  // FRIKOMMUNE_CORE_INQUIRY_INQUIRY_H_
