#ifndef FRIKOMMUNE_TESTS_FAULTS_TARGET_H_
#define FRIKOMMUNE_TESTS_FAULTS_TARGET_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::faults {

// Where clients find a service, which is elsewhere each time it is started.
// Thread-safe.
class Target {
 public:
  struct Place {
    std::string address;
    // Counts the moves.
    int moves = 0;
  };

  void MoveTo(std::string address) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    place_.address = std::move(address);
    ++place_.moves;
  }

  Place Where() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return place_;
  }

  // Waits until it has moved since, or for a moment.
  void AwaitMove(int moves, absl::Duration moment) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    const auto moved = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return place_.moves != moves;
    };
    mutex_.AwaitWithTimeout(absl::Condition(&moved), moment);
  }

 private:
  absl::Mutex mutex_;
  Place place_ ABSL_GUARDED_BY(mutex_);
};

// One client's connection to a service, wherever that is. One thread uses it.
class Caller {
 public:
  explicit Caller(Target& target) : target_(target) {}

  // Calls a method, "/frikommune.certificates.v1...", and gives the answer as
  // it came.
  grpc::Status Call(const std::string& method, const std::string& request,
                    std::string& answer);

  // Waits a moment, or until the service is elsewhere.
  void Rest();

 private:
  Target& target_;
  Target::Place place_;
  std::unique_ptr<grpc::GenericStub> stub_;
};

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_TARGET_H_
