#ifndef FRIKOMMUNE_PORTS_CERTIFICATE_SOURCE_H_
#define FRIKOMMUNE_PORTS_CERTIFICATE_SOURCE_H_

#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "frikommune/certificates/v1/certificates_service.pb.h"

namespace frikommune {

// Where LÆ265 stands in a case.
struct CertificateAnswer {
  certificates::v1::CertificateStanding standing =
      certificates::v1::CERTIFICATE_STANDING_UNSPECIFIED;
  // The decision or the document that says so; empty if there is none.
  std::string name;

  friend bool operator==(const CertificateAnswer&,
                         const CertificateAnswer&) = default;
};

// Whether LÆ265 need not be waited for: it is obtained, waived by a final
// decision, or not required. Anything else, and what is not known, is no.
constexpr bool IsSettled(certificates::v1::CertificateStanding standing) {
  return standing == certificates::v1::CERTIFICATE_STANDING_OBTAINED ||
         standing == certificates::v1::CERTIFICATE_STANDING_WAIVED ||
         standing == certificates::v1::CERTIFICATE_STANDING_NOT_REQUIRED;
}

// Tells whether LÆ265 is settled in a case. Safe to call from many threads at
// once.
class CertificateSource {
 public:
  // UNAVAILABLE, reason CERTIFICATES_UNAVAILABLE, if it could not be asked, for
  // whatever reason: nothing is then known. No other error.
  using Done = absl::AnyInvocable<void(absl::StatusOr<CertificateAnswer>) &&>;

  virtual ~CertificateSource() = default;

  // Asks. Does not wait. `done` is called once, from any thread, also before
  // this returns, and must not wait.
  virtual void Ask(int municipality, absl::string_view case_id, Done done) = 0;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_CERTIFICATE_SOURCE_H_
