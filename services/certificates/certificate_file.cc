#include "services/certificates/certificate_file.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/catalog/rule.h"
#include "core/civil_time/date.h"
#include "core/inquiry/municipality.h"
#include "core/ledger/request_digest.h"

namespace frikommune::certificates {
namespace {

using decision::v1::RecordedDecision;
using decisions::Call;
using ledger::v1::Entry;
using v1::CertificateStanding;

constexpr char kDocumentNames[] = "documents";
constexpr char kRegisterCall[] =
    "frikommune.certificates.v1.CertificatesService/RegisterDocument";
constexpr int kEntriesAtOnce = 256;

const std::string& RegisteredDocumentType() {
  return v1::RegisteredDocument::descriptor()->full_name();
}

// What the provisions on a certificate are called from:
// "certificates/lae265-".
std::string ProvisionsOn(v1::DocumentType document) {
  absl::string_view name = v1::DocumentType_Name(document);
  absl::ConsumePrefix(&name, "DOCUMENT_TYPE_");
  return absl::StrCat("certificates/", absl::AsciiStrToLower(name), "-");
}

CertificateStanding StandingBy(const RecordedDecision& decision) {
  const auto outcome = decision.decision().outcome();
  if (outcome == decision::v1::OUTCOME_ALREADY_OBTAINED) {
    return v1::CERTIFICATE_STANDING_OBTAINED;
  }
  switch (catalog::KindOf(outcome)) {
    case annotations::v1::OUTCOME_KIND_RELIEF_BY_LAW:
      return v1::CERTIFICATE_STANDING_NOT_REQUIRED;
    case annotations::v1::OUTCOME_KIND_PERMISSION:
      return decision.state() == decision::v1::DECISION_STATE_FINAL
                 ? v1::CERTIFICATE_STANDING_WAIVED
                 : v1::CERTIFICATE_STANDING_OPEN;
    default:
      return v1::CERTIFICATE_STANDING_OPEN;
  }
}

// What an entry says of the certificate; UNSPECIFIED if nothing.
absl::StatusOr<CertificateStanding> StandingBy(const Entry& entry,
                                               v1::DocumentType document) {
  if (entry.subject_type() == RegisteredDocumentType()) {
    v1::RegisteredDocument registered;
    if (!registered.ParseFromString(entry.subject_state())) {
      return absl::DataLossError("a kept document cannot be read");
    }
    return registered.document().type() == document
               ? v1::CERTIFICATE_STANDING_OBTAINED
               : v1::CERTIFICATE_STANDING_UNSPECIFIED;
  }
  if (entry.subject_type() != decisions::RecordedDecisionType() ||
      !absl::StartsWith(entry.index().provision(), ProvisionsOn(document)) ||
      entry.index().state() == decision::v1::DECISION_STATE_SUPERSEDED) {
    return v1::CERTIFICATE_STANDING_UNSPECIFIED;
  }
  const auto decision = decisions::DecisionIn(entry);
  if (!decision.ok()) return decision.status();
  return StandingBy(*decision);
}

// The time in an id, which is what names of different collections share.
absl::string_view IdOf(const Entry& entry) {
  return ParseName(entry.subject())->id;
}

}  // namespace

void CertificateFile::Register(const v1::RegisterDocumentRequest& request,
                               v1::RegisterDocumentResponse& response,
                               decisions::Done done) {
  const auto known =
      inquiry::MunicipalityOf(*means_.catalog.Get(), request.municipality());
  if (!known.ok()) return std::move(done)(known.status());
  const int municipality = *ParseMunicipality(request.municipality());
  v1::RegisteredDocument& document = *response.mutable_document();
  document.set_name(WriteName(municipality, kDocumentNames, means_.ids.Next()));
  document.set_case_id(request.case_id());
  *document.mutable_document() = request.document();

  const Call call = {
      .service = means_.service,
      .name = kRegisterCall,
      .municipality = municipality,
      .request_id = request.request_id().empty() ? means_.ids.Next()
                                                 : request.request_id(),
      .request_digest = ledger::DigestOfRequest(kRegisterCall, request),
      .request = ledger::Canonical(request),
      .time = means_.clock.Now()};
  std::vector<LedgerDraft> drafts;
  drafts.push_back(decisions::DraftOf(call, means_.ids));
  Entry& entry = drafts[0].entry;
  entry.set_subject(document.name());
  entry.set_subject_state(document.SerializeAsString());
  entry.set_subject_type(RegisteredDocumentType());
  entry.set_response(response.SerializeAsString());
  entry.mutable_index()->set_case_id(document.case_id());
  entry.mutable_index()->set_day(
      civil_time::ParseDate(request.document().date())->days());
  means_.ledger.Append(
      std::move(drafts),
      [&response, digest = call.request_digest, done = std::move(done)](
          const std::vector<LedgerReceipt>& receipts) mutable {
        const auto first = decisions::FirstAnswer(receipts[0], digest);
        if (first.ok() && !first->empty() &&
            !response.ParseFromString(*first)) {
          return std::move(done)(
              absl::DataLossError("a kept answer cannot be read"));
        }
        std::move(done)(first.status());
      });
}

void CertificateFile::FindStatus(const v1::GetCertificateStatusRequest& request,
                                 v1::GetCertificateStatusResponse& response,
                                 decisions::Done done) {
  decisions::OnWorker(means_.workers, std::move(done),
                      [this, &request, &response](decisions::Done end) {
                        std::move(end)(ReadStatus(request, response));
                      });
}

absl::Status CertificateFile::ReadStatus(
    const v1::GetCertificateStatusRequest& request,
    v1::GetCertificateStatusResponse& response) {
  const auto known =
      inquiry::MunicipalityOf(*means_.catalog.Get(), request.municipality());
  if (!known.ok()) return known.status();
  const int municipality = *ParseMunicipality(request.municipality());
  SubjectFilter filter;
  filter.service = means_.service;
  filter.case_id = request.case_id();
  response.set_standing(v1::CERTIFICATE_STANDING_UNKNOWN_CASE);
  std::string newest;
  std::string after;
  while (true) {
    const auto entries =
        means_.ledger.ListSubjects(municipality, filter, after, kEntriesAtOnce);
    if (!entries.ok()) return decisions::ToRefusal(entries.status());
    for (const Entry& entry : *entries) {
      after = entry.subject();
      const auto standing = StandingBy(entry, request.document());
      if (!standing.ok()) return standing.status();
      if (response.standing() == v1::CERTIFICATE_STANDING_UNKNOWN_CASE) {
        response.set_standing(v1::CERTIFICATE_STANDING_OPEN);
      }
      if (*standing == v1::CERTIFICATE_STANDING_UNSPECIFIED ||
          IdOf(entry) <= newest) {
        continue;
      }
      newest = std::string(IdOf(entry));
      response.set_standing(*standing);
      response.set_name(entry.subject());
    }
    if (static_cast<int>(entries->size()) < kEntriesAtOnce) break;
  }
  response.set_settled(
      response.standing() == v1::CERTIFICATE_STANDING_OBTAINED ||
      response.standing() == v1::CERTIFICATE_STANDING_WAIVED ||
      response.standing() == v1::CERTIFICATE_STANDING_NOT_REQUIRED);
  return absl::OkStatus();
}

}  // namespace frikommune::certificates
