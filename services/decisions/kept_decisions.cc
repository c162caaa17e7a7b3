#include "services/decisions/kept_decisions.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/civil_time/date.h"
#include "core/error/error.h"
#include "core/inquiry/municipality.h"
#include "core/ledger/request_digest.h"
#include "core/letter/letter.h"

namespace frikommune::decisions {
namespace {

using decision::v1::DecisionFilter;
using decision::v1::RecordedDecision;

constexpr int kPageSizeDefault = 50;
constexpr size_t kListMarkBytes = 8;

// A day that is stated; checked to be one.
std::optional<int> DayIn(const std::string& date) {
  const auto day = civil_time::ParseDate(date);
  return day.ok() ? std::optional<int>(day->days()) : std::nullopt;
}

absl::StatusOr<SubjectFilter> FilterOf(const Means& means,
                                       const DecisionFilter& wanted) {
  SubjectFilter filter;
  filter.service = means.service;
  filter.subject_type = RecordedDecisionType();
  filter.case_id = wanted.case_id();
  filter.provision = wanted.provision();
  filter.experiment = wanted.experiment();
  if (wanted.outcome() != 0) filter.outcome = wanted.outcome();
  if (wanted.state() != 0) filter.state = wanted.state();
  filter.from_day = DayIn(wanted.from_date());
  filter.to_day = DayIn(wanted.to_date());
  if (filter.from_day.has_value() && filter.to_day.has_value() &&
      *filter.to_day < *filter.from_day) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     decision::v1::ERROR_REASON_DATE_ORDER, "filter.to_date",
                     "filter.to_date lies before filter.from_date");
  }
  return filter;
}

// What a list's tokens begin with: a token is good for that list alone.
std::string MarkOf(const AskedList& asked) {
  return absl::BytesToHexString(
      ledger::Sha256(absl::StrCat(asked.municipality, "\n",
                                  ledger::Canonical(*asked.filter)))
          .substr(0, kListMarkBytes));
}

// The subject that a page begins after; empty for the first.
absl::StatusOr<std::string> BeginOf(const AskedList& asked, int municipality) {
  absl::string_view token = asked.page_token;
  if (token.empty()) return std::string();
  if (absl::ConsumePrefix(&token, MarkOf(asked)) &&
      absl::ConsumePrefix(&token, "/") && IsId(token)) {
    return WriteName(municipality, kDecisionNames, token);
  }
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token",
                   "page_token is not of this list; begin again without one");
}

}  // namespace

void KeptDecisions::Get(absl::string_view name, RecordedDecision& out,
                        Done done) {
  OnWorker(means_.workers, std::move(done), [this, name, &out](Done end) {
    auto decision = Read(name);
    if (!decision.ok()) return std::move(end)(decision.status());
    out = *std::move(decision);
    std::move(end)(absl::OkStatus());
  });
}

void KeptDecisions::List(
    const AskedList& asked,
    google::protobuf::RepeatedPtrField<RecordedDecision>& out,
    std::string& next_page_token, Done done) {
  OnWorker(means_.workers, std::move(done),
           [this, asked, &out, &next_page_token](Done end) {
             std::move(end)(ReadPage(asked, out, next_page_token));
           });
}

void KeptDecisions::RenderReasons(absl::string_view name,
                                  decision::v1::Text& out, Done done) {
  OnWorker(means_.workers, std::move(done), [this, name, &out](Done end) {
    const auto decision = Read(name);
    if (decision.ok()) out = letter::Reasons(means_.snapshot, *decision);
    std::move(end)(decision.status());
  });
}

absl::StatusOr<RecordedDecision> KeptDecisions::Read(absl::string_view name) {
  const auto parts = NameIn("name", name, kDecisionNames);
  if (!parts.ok()) return parts.status();
  const auto entry =
      LatestOf(means_.ledger, "name", name, RecordedDecisionType());
  if (!entry.ok()) return entry.status();
  return DecisionIn(*entry);
}

absl::Status KeptDecisions::ReadPage(
    const AskedList& asked,
    google::protobuf::RepeatedPtrField<RecordedDecision>& out,
    std::string& next_page_token) {
  const auto known =
      inquiry::MunicipalityOf(means_.snapshot, std::string(asked.municipality));
  if (!known.ok()) return known.status();
  const int municipality = *ParseMunicipality(asked.municipality);
  const auto filter = FilterOf(means_, *asked.filter);
  if (!filter.ok()) return filter.status();
  const auto begin = BeginOf(asked, municipality);
  if (!begin.ok()) return begin.status();
  const int size = asked.page_size == 0 ? kPageSizeDefault : asked.page_size;
  // One more, to know whether there is another page.
  const auto entries =
      means_.ledger.ListSubjects(municipality, *filter, *begin, size + 1);
  if (!entries.ok()) return ToRefusal(entries.status());
  for (const ledger::v1::Entry& entry : *entries) {
    if (out.size() == size) {
      next_page_token =
          absl::StrCat(MarkOf(asked), "/", ParseName(out[size - 1].name())->id);
      break;
    }
    auto decision = DecisionIn(entry);
    if (!decision.ok()) return decision.status();
    *out.Add() = *std::move(decision);
  }
  return absl::OkStatus();
}

}  // namespace frikommune::decisions
