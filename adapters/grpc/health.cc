#include "adapters/grpc/health.h"

#include <algorithm>

#include "grpcpp/health_check_service_interface.h"

namespace frikommune::rpc {
namespace {

void Say(bool ready, grpc::HealthCheckServiceInterface& service) {
  service.SetServingStatus("", ready);
  service.SetServingStatus("readiness", ready);
}

}  // namespace

void Health::Add(grpc::HealthCheckServiceInterface* service) {
  absl::MutexLock lock(&mutex_);
  services_.push_back(service);
  Say(ready_, *service);
  service->SetServingStatus("liveness", true);
}

void Health::Remove(grpc::HealthCheckServiceInterface* service) {
  absl::MutexLock lock(&mutex_);
  services_.erase(std::remove(services_.begin(), services_.end(), service),
                  services_.end());
}

void Health::SetReady(bool ready) {
  absl::MutexLock lock(&mutex_);
  ready_ = ready;
  for (auto* service : services_) Say(ready, *service);
}

}  // namespace frikommune::rpc
