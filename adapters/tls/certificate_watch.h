#ifndef FRIKOMMUNE_ADAPTERS_TLS_CERTIFICATE_WATCH_H_
#define FRIKOMMUNE_ADAPTERS_TLS_CERTIFICATE_WATCH_H_

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "adapters/tls/certificates.h"

namespace frikommune::tls {

// The certificates in files that are exchanged while the process runs: it looks
// again and again, and keeps the last that were good. Says in the log what it
// took and what it did not. Thread-safe.
class CertificateWatch {
 public:
  // Is told of the certificates that are in force, at first and at each change,
  // one call at a time. It does not wait.
  using Tell = std::function<void(const Certificates&)>;

  // `name` says in the log whose they are, "server". Errors as of ReadPems and
  // CheckPems: nothing bad is begun with.
  static absl::StatusOr<std::unique_ptr<CertificateWatch>> Open(
      std::string name, CertificateFiles files, Tell tell,
      absl::Duration interval = absl::Seconds(1));
  ~CertificateWatch();
  CertificateWatch(const CertificateWatch&) = delete;
  CertificateWatch& operator=(const CertificateWatch&) = delete;

  // What is in force. Another pointer is another content.
  std::shared_ptr<const Certificates> current() const
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  CertificateWatch(std::string name, CertificateFiles files, Tell tell,
                   Certificates first);

  void Look(absl::Duration interval) ABSL_LOCKS_EXCLUDED(mutex_);
  // Takes what is in the files, if it is new and good.
  void LookOnce() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::string name_;
  const CertificateFiles files_;
  const Tell tell_;
  // Of the thread that looks: what it took, and what it complained of since.
  Pems taken_;
  std::string complaint_;
  mutable absl::Mutex mutex_;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<const Certificates> current_ ABSL_GUARDED_BY(mutex_);
  std::thread looker_;
};

}  // namespace frikommune::tls

#endif  // FRIKOMMUNE_ADAPTERS_TLS_CERTIFICATE_WATCH_H_
