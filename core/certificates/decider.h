#ifndef FRIKOMMUNE_CORE_CERTIFICATES_DECIDER_H_
#define FRIKOMMUNE_CORE_CERTIFICATES_DECIDER_H_

#include "absl/status/status.h"
#include "core/catalog/snapshot.h"
#include "core/inquiry/fact_fields.h"
#include "core/inquiry/inquiry.h"
#include "frikommune/certificates/v1/certificates_service.pb.h"
#include "frikommune/decision/v1/decision.pb.h"

namespace frikommune::certificates {

// Decides whether a certificate must be obtained. Keeps nothing of a request
// but its own scratch sheet, so that a batch does not allocate one each.
//
// Not safe to share between threads. The snapshot must outlive it.
class Decider {
 public:
  explicit Decider(const catalog::Snapshot& snapshot);

  // Decides a request that has passed the checks of core/request, and writes
  // the answer over `out`, in `default_view` unless the request says otherwise.
  //
  // Errors by MakeError, with the field: those of inquiry::Inquiry::Begin, and
  // INVALID_ARGUMENT
  //   DOCUMENT_AFTER_DECISION  a document is dated after the decision
  //   VALUE_OUT_OF_RANGE       there are more than 200 documents, or a helpful
  //                            certificate is not LÆ125, LÆ105 or LÆ115
  absl::Status Decide(const v1::DecideCertificateRequest& request,
                      decision::v1::View default_view,
                      decision::v1::Decision& out);

  // The same, writing the fields of the answer as they are encoded: for who
  // does not look into it.
  absl::Status Decide(const v1::DecideCertificateRequest& request,
                      decision::v1::View default_view,
                      wire::MessageWriter& out);

 private:
  struct Slots {
    catalog::Slot lae265_received, lae285_received, health_document_count,
        lae125_would_help, lae105_would_help, lae115_would_help;
  };

  // Takes up a request, with all its facts.
  absl::Status Begin(const v1::DecideCertificateRequest& request);

  // Finds the facts that follow from the documents.
  void CountDocuments(const v1::DecideCertificateRequest& request);

  // Counts what was ordered in place of the certificate, where it is
  // registered, instead of what the row orders.
  void CountSubstitute(const v1::DecideCertificateRequest& request,
                       decision::v1::View view, decision::v1::Decision& out);

  const catalog::Snapshot& snapshot_;
  const inquiry::FactFields fields_;
  inquiry::Inquiry inquiry_;
  const Slots slots_;
};

}  // namespace frikommune::certificates

#endif  // FRIKOMMUNE_CORE_CERTIFICATES_DECIDER_H_
