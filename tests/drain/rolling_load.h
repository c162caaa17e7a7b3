#ifndef FRIKOMMUNE_TESTS_DRAIN_ROLLING_LOAD_H_
#define FRIKOMMUNE_TESTS_DRAIN_ROLLING_LOAD_H_

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::tests {

// Callers that ask for a plan, and when it is there for the next. What failed
// is never tried again.
class RollingLoad {
 public:
  // `connect` gives each caller a channel of its own.
  RollingLoad(int callers,
              const std::function<std::shared_ptr<grpc::Channel>()>& connect);
  // Stops them.
  ~RollingLoad();
  RollingLoad(const RollingLoad&) = delete;
  RollingLoad& operator=(const RollingLoad&) = delete;

  int answered() const { return answered_; }
  int failed() const { return failed_; }

  // Waits until every caller has been answered by `address`, HOST:PORT, from
  // now on; false if that takes half a minute.
  bool AwaitAnswersFrom(const std::string& address) ABSL_LOCKS_EXCLUDED(mutex_);

  // How often calls failed with what.
  std::map<std::string, int> failures() const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Call(int caller, const std::shared_ptr<grpc::Channel>& channel)
      ABSL_LOCKS_EXCLUDED(mutex_);

  std::atomic<bool> stopping_ = false;
  std::atomic<int> answered_ = 0;
  std::atomic<int> failed_ = 0;
  mutable absl::Mutex mutex_;
  std::map<std::string, int> failures_ ABSL_GUARDED_BY(mutex_);
  // Whose answer is waited for, and who had it.
  std::string awaited_ ABSL_GUARDED_BY(mutex_);
  std::set<int> heard_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> callers_;
};

// A channel that finds out nothing, has no retry policy, and shares its
// connection with no other.
std::shared_ptr<grpc::Channel> PlainChannel(const std::string& target);

// One that spreads its calls over the addresses of `target` and watches the
// health of each, as callers are told to. It has no retry policy, either.
std::shared_ptr<grpc::Channel> WatchingChannel(const std::string& target);

}  // namespace frikommune::tests

#endif  // FRIKOMMUNE_TESTS_DRAIN_ROLLING_LOAD_H_
