#include "adapters/grpc/late_call.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "absl/time/clock.h"

namespace frikommune::rpc {
namespace {

// The late calls of a process. It lives as long as that.
class Minder {
 public:
  explicit Minder(absl::Duration max) : max_(max) {
    std::thread([this] { Mind(); }).detach();
  }

  void Add(const std::shared_ptr<LateCall>& call) {
    absl::MutexLock lock(&mutex_);
    late_.push_back({call, absl::Now()});
  }

 private:
  struct Late {
    std::shared_ptr<LateCall> call;
    absl::Time since;
  };

  // Looks from time to time, so that a call that is answered need not tell.
  void Mind() {
    for (;;) {
      absl::SleepFor(max_ / 10);
      const absl::Time limit = absl::Now() - max_;
      std::vector<std::shared_ptr<LateCall>> ended;
      {
        absl::MutexLock lock(&mutex_);
        late_.erase(std::remove_if(late_.begin(), late_.end(),
                                   [&](Late& one) {
                                     if (one.call->IsOver()) return true;
                                     if (one.since > limit) return false;
                                     ended.push_back(std::move(one.call));
                                     return true;
                                   }),
                    late_.end());
      }
      for (const auto& call : ended) call->End();
    }
  }

  const absl::Duration max_;
  absl::Mutex mutex_;
  std::vector<Late> late_ ABSL_GUARDED_BY(mutex_);
};

Minder* minder = nullptr;

}  // namespace

bool LateCall::Claim() {
  absl::MutexLock lock(&mutex_);
  const bool ended = over_;
  over_ = true;
  return !ended || context_ != nullptr;
}

void LateCall::End() {
  absl::MutexLock lock(&mutex_);
  if (over_) return;
  over_ = true;
  if (reactor_ == nullptr) return context_->TryCancel();
  reactor_->Finish(
      {grpc::StatusCode::DEADLINE_EXCEEDED,
       "it took longer than a call may; send the same request again"});
}

bool LateCall::IsOver() const {
  absl::MutexLock lock(&mutex_);
  return over_;
}

void CapLateCalls(absl::Duration max) { minder = new Minder(max); }

void MindLateCall(const std::shared_ptr<LateCall>& call) {
  if (minder != nullptr && !call->IsOver()) minder->Add(call);
}

}  // namespace frikommune::rpc
