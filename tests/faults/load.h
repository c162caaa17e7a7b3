#ifndef FRIKOMMUNE_TESTS_FAULTS_LOAD_H_
#define FRIKOMMUNE_TESTS_FAULTS_LOAD_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "tests/faults/target.h"

namespace frikommune::faults {

// What a client may make of a status: refused for good, or unknown.
bool IsDefinite(grpc::StatusCode code);

// Clients that let a certificates service decide and keep, each as fast as it
// is answered. What is unknown is sent again with its request id, but for one
// in eight. Each writes a history into the folder.
class Load {
 public:
  struct Options {
    int clients = 16;
    // Where the histories are written.
    std::string folder;
    // Names the requests of this load.
    std::string name = "r";
    std::vector<std::string> municipalities = {"municipalities/851",
                                               "municipalities/840"};
    // Off to break the protection: then a request that is sent again is
    // another to the service.
    bool request_ids = true;
  };

  // The targets are the clients' in turns, and outlive it. Begins at once.
  Load(Options options, std::vector<Target*> targets);
  // Stops.
  ~Load();

  // Ends when each client is answered or has given up.
  void Stop();

  int64_t acknowledged() const { return acknowledged_; }
  // Of those that were sent at least twice, and answered then.
  int64_t answered_after_unknown() const { return answered_after_unknown_; }
  // Answers that were a refusal, or none.
  int64_t refused() const { return refused_; }
  int64_t unknown() const { return unknown_; }

  // Waits until `more` requests are acknowledged than `than`; false if that
  // takes too long.
  bool AwaitAcknowledged(int64_t more, int64_t than,
                         absl::Duration at_most = absl::Seconds(30))
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Likewise of refusals and of unknown outcomes.
  bool AwaitRefused(int64_t more, int64_t than,
                    absl::Duration at_most = absl::Seconds(30));
  bool AwaitUnknown(int64_t more, int64_t than,
                    absl::Duration at_most = absl::Seconds(30));

 private:
  void Run(int client);
  void Count(std::atomic<int64_t>& what) ABSL_LOCKS_EXCLUDED(mutex_);
  bool Await(const std::atomic<int64_t>& what, int64_t more, int64_t than,
             absl::Duration at_most) ABSL_LOCKS_EXCLUDED(mutex_);

  const Options options_;
  const std::vector<Target*> targets_;
  std::atomic<bool> stopping_ = false;
  // Changed under the mutex, so that they can be waited for.
  absl::Mutex mutex_;
  std::atomic<int64_t> acknowledged_ = 0;
  std::atomic<int64_t> answered_after_unknown_ = 0;
  std::atomic<int64_t> refused_ = 0;
  std::atomic<int64_t> unknown_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_LOAD_H_
