#include "adapters/stores/metered_database.h"

#include "adapters/stores/timed.h"

namespace frikommune::stores {

absl::Status MeteredDatabase::Change(Act act) {
  absl::Status changed =
      Timed(meter_, change_, [&] { return database_->Change(act); });
  // Stores try such a change again.
  if (HowItFared(changed) == absl::StatusCode::kAborted) meter_.Retried();
  return changed;
}

absl::Status MeteredDatabase::Read(Act act) {
  return Timed(meter_, read_, [&] { return database_->Read(act); });
}

}  // namespace frikommune::stores
