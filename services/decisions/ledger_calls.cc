#include "services/decisions/ledger_calls.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "core/error/error.h"

namespace frikommune::decisions {
namespace {

absl::StatusOr<std::string> AnswerOf(const ledger::v1::Entry& entry,
                                     absl::string_view request_digest) {
  if (entry.request_digest() == request_digest) return entry.response();
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_REQUEST_ID_REUSED, "request_id",
                   "request_id was used for another request");
}

}  // namespace

absl::Status Overloaded() {
  return MakeError(absl::StatusCode::kResourceExhausted,
                   decision::v1::ERROR_REASON_OVERLOADED, "",
                   "the server has more to do than it can; come again");
}

absl::Status ToRefusal(const absl::Status& status) {
  if (status.code() == absl::StatusCode::kResourceExhausted) {
    const bool is_full =
        ErrorInfoOf(status).reason == decision::v1::ERROR_REASON_STORE_FULL;
    return is_full ? status : Overloaded();
  }
  if (status.code() == absl::StatusCode::kUnavailable) {
    return MakeError(
        absl::StatusCode::kUnavailable,
        decision::v1::ERROR_REASON_STORE_UNAVAILABLE, "",
        "the store cannot be reached; send the same request again");
  }
  return status;
}

void OnWorker(work::WorkerPool& workers, Done done,
              absl::AnyInvocable<void(Done) &&> work) {
  // Shared, for a task that is not taken in leaves `done` to be called here.
  auto shared = std::make_shared<Done>(std::move(done));
  const bool taken = workers.TryRun([shared, work = std::move(work)]() mutable {
    std::move(work)(std::move(*shared));
  });
  if (!taken) std::move (*shared)(Overloaded());
}

absl::StatusOr<ResourceName> NameIn(absl::string_view field,
                                    absl::string_view name,
                                    absl::string_view collection) {
  const auto parts = ParseName(name);
  if (parts.has_value() && parts->collection == collection) return *parts;
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_NAME_INVALID, field,
                   absl::StrCat(field, " is written municipalities/851/",
                                collection, "/{id}"));
}

absl::StatusOr<ledger::v1::Entry> LatestOf(Ledger& ledger,
                                           absl::string_view field,
                                           absl::string_view subject,
                                           absl::string_view subject_type) {
  const auto name = ParseName(subject);
  const int municipality = name.has_value() ? name->municipality : 0;
  auto entry = ledger.Latest(municipality, subject);
  if (entry.ok() && entry->subject_type() == subject_type) return entry;
  if (entry.ok() || absl::IsNotFound(entry.status())) {
    return MakeError(absl::StatusCode::kNotFound,
                     decision::v1::ERROR_REASON_RESOURCE_UNKNOWN, field,
                     absl::StrCat("nothing is kept under the name in ", field));
  }
  return ToRefusal(entry.status());
}

absl::StatusOr<std::string> FirstAnswer(const LedgerReceipt& receipt,
                                        absl::string_view request_digest) {
  if (!receipt.status.ok()) return ToRefusal(receipt.status);
  if (!receipt.repeated) return std::string();
  return AnswerOf(*receipt.entry, request_digest);
}

std::optional<RequestTaken> HowTaken(const LedgerReceipt& receipt,
                                     absl::string_view request_digest) {
  if (!receipt.status.ok()) return std::nullopt;
  if (!receipt.repeated) return RequestTaken::kNew;
  return receipt.entry->request_digest() == request_digest
             ? RequestTaken::kReplay
             : RequestTaken::kConflict;
}

absl::StatusOr<std::string> EarlierAnswer(Ledger& ledger, int municipality,
                                          absl::string_view request_id,
                                          absl::string_view request_digest,
                                          EffectMeter& effects) {
  if (request_id.empty()) return absl::NotFoundError("no request id");
  const auto entry = ledger.FindByRequestId(municipality, request_id);
  if (!entry.ok()) return entry.status();
  auto answer = AnswerOf(*entry, request_digest);
  effects.Took(answer.ok() ? RequestTaken::kReplay : RequestTaken::kConflict);
  return answer;
}

}  // namespace frikommune::decisions
