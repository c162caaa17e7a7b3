#include "adapters/random/random_ids.h"

namespace frikommune {
namespace {

// How far an id lies from the one before in its millisecond: as good as never
// guessed, and room for millions.
constexpr uint64_t kStepMax = uint64_t{1} << 40;

}  // namespace

std::string RandomIds::Next() {
  const auto now = static_cast<uint64_t>(absl::ToUnixMillis(clock_.Now()));
  absl::MutexLock lock(&mutex_);
  if (now > last_.milliseconds) {
    last_.milliseconds = now;
    // The highest bit stays free, for those that follow in the millisecond.
    last_.random_high = absl::Uniform<uint16_t>(random_) >> 1;
    last_.random_low = absl::Uniform<uint64_t>(random_);
  } else {
    const uint64_t step =
        absl::Uniform<uint64_t>(absl::IntervalClosed, random_, 1, kStepMax);
    const uint64_t before = last_.random_low;
    last_.random_low += step;
    if (last_.random_low < before) ++last_.random_high;
  }
  return WriteId(last_);
}

}  // namespace frikommune
