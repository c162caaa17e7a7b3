#ifndef FRIKOMMUNE_ADAPTERS_GRPC_HEALTH_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_HEALTH_H_

#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace grpc {
class HealthCheckServiceInterface;
}  // namespace grpc

namespace frikommune::rpc {

// What the gRPC servers of a process say in grpc.health.v1.Health, all the
// same: "liveness" is SERVING for as long as the process lives, "readiness" and
// "" while it takes calls. Thread-safe.
class Health {
 public:
  // Says so in one more server, until that is removed.
  void Add(grpc::HealthCheckServiceInterface* service)
      ABSL_LOCKS_EXCLUDED(mutex_);
  void Remove(grpc::HealthCheckServiceInterface* service)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Says that calls are welcome, or that they are not. Not, at first.
  void SetReady(bool ready) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Mutex mutex_;
  bool ready_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<grpc::HealthCheckServiceInterface*> services_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_HEALTH_H_
