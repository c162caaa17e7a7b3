#include "services/host/readiness.h"

#include <utility>

#include "absl/status/status.h"
#include "spdlog/spdlog.h"

namespace frikommune::host {

Readiness::Readiness(std::function<void(bool)> say) : say_(std::move(say)) {
  say_(false);
}

void Readiness::Started() {
  absl::MutexLock lock(&mutex_);
  started_ = true;
  Tell();
}

void Readiness::StoreIs(absl::Status status) {
  absl::MutexLock lock(&mutex_);
  if (store_.ok() != status.ok()) {
    if (status.ok()) {
      spdlog::info("the store is back");
    } else {
      spdlog::error("the store is away: {}", status.ToString());
    }
  }
  store_ = std::move(status);
  Tell();
}

void Readiness::Leave() {
  absl::MutexLock lock(&mutex_);
  leaving_ = true;
  Tell();
}

std::string Readiness::WhyNot() const {
  absl::MutexLock lock(&mutex_);
  return Reason();
}

std::string Readiness::Reason() const {
  if (leaving_) return "it is leaving";
  if (!started_) return "it is starting";
  if (!store_.ok()) return "the store is away";
  return "";
}

void Readiness::Tell() {
  const bool ready = Reason().empty();
  if (ready == told_) return;
  told_ = ready;
  say_(ready);
}

}  // namespace frikommune::host
