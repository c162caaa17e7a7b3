#include "core/certificates/decider.h"
#include "core/civil_time/date.h"
#include "core/proof/inquiry_world.h"
#include "core/proof/worlds.h"

namespace frikommune::proof {
namespace {

using catalog::Facts;
using catalog::Value;
using certificates::v1::DecideCertificateRequest;
using google::protobuf::Message;

// The world of medical certificates.
class CertificatesWorld final : public InquiryWorld {
 public:
  // Lists of documents are complete, so that counts of them are known.
  CertificatesWorld()
      : InquiryWorld(
            {{"frikommune.certificates.v1.CertificatesService/"
              "DecideCertificate",
              DecideCertificateRequest::descriptor()}},
            {"lae265_received", "lae285_received", "health_document_count",
             "lae125_would_help", "lae105_would_help", "lae115_would_help"}) {}

 protected:
  void WriteFound(const Facts& facts, Message& message) const override {
    auto& request = static_cast<DecideCertificateRequest&>(message);
    if (request.has_rehabilitation()) {
      WriteDocuments(facts, *request.mutable_rehabilitation());
      WriteHelpful(facts, *request.mutable_rehabilitation());
    } else if (request.has_sickness()) {
      WriteDocuments(facts, *request.mutable_sickness());
    } else {
      WriteDocuments(facts, *request.mutable_revalidation());
    }
  }

  absl::Status Answer(const catalog::Snapshot& snapshot, const Message& request,
                      decision::v1::Decision& out) const override {
    return certificates::Decider(snapshot).Decide(
        static_cast<const DecideCertificateRequest&>(request),
        decision::v1::VIEW_BASIC, out);
  }

 private:
  template <typename Case>
  static void WriteDocuments(const Facts& facts, Case& its) {
    const auto add = [&](certificates::v1::DocumentType type) {
      auto& document = *its.add_documents();
      document.set_type(type);
      document.set_date(
          civil_time::FormatDate(civil_time::Date::FromDays(Of(facts, "on"))));
    };
    if (Of(facts, "lae265_received") == 1)
      add(certificates::v1::DOCUMENT_TYPE_LAE265);
    const bool has_lae285 = Of(facts, "lae285_received") == 1;
    if (has_lae285) add(certificates::v1::DOCUMENT_TYPE_LAE285);
    const Value others = Of(facts, "health_document_count");
    for (Value i = has_lae285 ? 1 : 0; i < others; ++i) {
      add(certificates::v1::DOCUMENT_TYPE_OTHER);
    }
  }

  static void WriteHelpful(const Facts& facts,
                           certificates::v1::RehabilitationCase& its) {
    const auto add = [&](const char* fact,
                         certificates::v1::DocumentType type) {
      if (Of(facts, fact) == 1) its.add_helpful_certificates(type);
    };
    add("lae125_would_help", certificates::v1::DOCUMENT_TYPE_LAE125);
    add("lae105_would_help", certificates::v1::DOCUMENT_TYPE_LAE105);
    add("lae115_would_help", certificates::v1::DOCUMENT_TYPE_LAE115);
  }
};

}  // namespace

const CaseWorld& CertificatesCases() {
  static const auto* const kWorld = new CertificatesWorld;
  return *kWorld;
}

}  // namespace frikommune::proof
