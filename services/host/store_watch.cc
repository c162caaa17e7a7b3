#include "services/host/store_watch.h"

#include <utility>

#include "absl/time/clock.h"

namespace frikommune::host {

StoreWatch::StoreWatch(std::function<absl::Status()> ask,
                       std::function<void(absl::Status)> tell, WatchPace pace)
    : ask_(std::move(ask)),
      tell_(std::move(tell)),
      pace_(pace),
      asker_([this] { AskOn(); }),
      minder_([this] { MindTheTime(); }) {}

StoreWatch::~StoreWatch() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  asker_.join();
  minder_.join();
}

void StoreWatch::AskOn() {
  absl::MutexLock lock(&mutex_);
  while (!ending_) {
    asked_ = absl::Now();
    mutex_.Unlock();
    absl::Status status = ask_();
    mutex_.Lock();
    asked_ = absl::InfiniteFuture();
    tell_(std::move(status));
    mutex_.AwaitWithTimeout(absl::Condition(&ending_), pace_.interval);
  }
}

void StoreWatch::MindTheTime() {
  absl::MutexLock lock(&mutex_);
  const auto asking = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return ending_ || asked_ != absl::InfiniteFuture();
  };
  while (!ending_) {
    mutex_.Await(absl::Condition(&asking));
    const absl::Time asked = asked_;
    const auto over = [this, asked]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return ending_ || asked_ != asked;
    };
    if (mutex_.AwaitWithDeadline(absl::Condition(&over),
                                 asked + pace_.patience)) {
      continue;
    }
    tell_(absl::UnavailableError("it does not answer"));
    mutex_.Await(absl::Condition(&over));
  }
}

}  // namespace frikommune::host
