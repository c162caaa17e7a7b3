#ifndef FRIKOMMUNE_SERVICES_DECISIONS_ENTRY_DRAFTS_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_ENTRY_DRAFTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "frikommune/decision/v1/record.pb.h"
#include "ports/ids.h"
#include "ports/ledger.h"

namespace frikommune::decisions {

// The collections of what is kept.
inline constexpr char kDecisionNames[] = "decisions";
inline constexpr char kEntryNames[] = "entries";

// The full name of RecordedDecision, as entries have it.
const std::string& RecordedDecisionType();

// A call that something is kept of.
struct Call {
  // "certificates".
  std::string service;
  // "frikommune.certificates.v1.CertificatesService/DecideCertificate".
  std::string name;
  int municipality = 0;
  std::string request_id;
  std::string request_digest = {};
  // The request, encoded.
  std::string request = {};
  absl::Time time;
};

void WriteTime(absl::Time time, google::protobuf::Timestamp& out);

// The draft of an entry of `call`, without a subject and a response. Its name
// is new.
LedgerDraft DraftOf(Call call, Ids& ids);

// The same, of a decision as the call leaves it, whose time of change and etag
// are set here: the etag is the id of the entry.
LedgerDraft DraftOf(Call call, Ids& ids,
                    decision::v1::RecordedDecision& decision);

// The name of the entry of a decision that has this etag.
std::string EntryOfEtag(int municipality, absl::string_view etag);

// The decision in an entry. DATA_LOSS if it cannot be read.
absl::StatusOr<decision::v1::RecordedDecision> DecisionIn(
    const ledger::v1::Entry& entry);

// A decision as an answer is encoded: every response that answers with one has
// it in field 1, so that the bytes are those of each of them.
std::string EncodeAnswer(const decision::v1::RecordedDecision& decision);
bool DecodeAnswer(absl::string_view answer,
                  decision::v1::RecordedDecision& decision);

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_ENTRY_DRAFTS_H_
