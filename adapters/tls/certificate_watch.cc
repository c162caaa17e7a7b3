#include "adapters/tls/certificate_watch.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "spdlog/spdlog.h"

namespace frikommune::tls {

absl::StatusOr<std::unique_ptr<CertificateWatch>> CertificateWatch::Open(
    std::string name, CertificateFiles files, Tell tell,
    absl::Duration interval) {
  auto pems = ReadPems(files);
  if (!pems.ok()) return pems.status();
  auto first = CheckPems(*std::move(pems), absl::Now());
  if (!first.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat(files.certificate, " ", files.authorities, ": ",
                     first.status().message()));
  }
  std::unique_ptr<CertificateWatch> watch(new CertificateWatch(
      std::move(name), std::move(files), std::move(tell), *std::move(first)));
  watch->looker_ =
      std::thread([watch = watch.get(), interval] { watch->Look(interval); });
  return watch;
}

CertificateWatch::CertificateWatch(std::string name, CertificateFiles files,
                                   Tell tell, Certificates first)
    : name_(std::move(name)),
      files_(std::move(files)),
      tell_(std::move(tell)),
      taken_(first.pems),
      current_(std::make_shared<const Certificates>(std::move(first))) {
  tell_(*current_);
}

CertificateWatch::~CertificateWatch() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  looker_.join();
}

std::shared_ptr<const Certificates> CertificateWatch::current() const {
  absl::MutexLock lock(&mutex_);
  return current_;
}

void CertificateWatch::Look(absl::Duration interval) {
  const auto ended = [this, interval] {
    absl::MutexLock lock(&mutex_);
    return mutex_.AwaitWithTimeout(absl::Condition(&ending_), interval);
  };
  while (!ended()) LookOnce();
}

void CertificateWatch::LookOnce() {
  auto pems = ReadPems(files_);
  if (pems.ok() && *pems == taken_) {
    complaint_.clear();
    return;
  }
  const auto found = pems.ok() ? CheckPems(*std::move(pems), absl::Now())
                               : absl::StatusOr<Certificates>(pems.status());
  if (!found.ok()) {
    // Once for each complaint, however often it is looked.
    const std::string complaint(found.status().message());
    if (complaint == std::exchange(complaint_, complaint)) return;
    spdlog::error("{} certificates: {}; the last good ones stay in force",
                  name_, complaint);
    return;
  }
  complaint_.clear();
  taken_ = found->pems;
  auto taken = std::make_shared<const Certificates>(*found);
  {
    absl::MutexLock lock(&mutex_);
    current_ = taken;
  }
  tell_(*taken);
  spdlog::info("{} certificates: new ones are in force", name_);
}

}  // namespace frikommune::tls
