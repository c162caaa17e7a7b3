#include "services/catalog/explain.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/civil_time/date.h"
#include "core/decision/decide.h"
#include "core/error/error.h"

namespace frikommune::catalog {
namespace {

// The index of the municipality of that name, "municipalities/851".
absl::StatusOr<int> IndexOf(const Snapshot& snapshot, absl::string_view name) {
  int code = 0;
  absl::string_view number = name;
  if (!absl::ConsumePrefix(&number, "municipalities/") ||
      !absl::SimpleAtoi(number, &code) || number != absl::StrCat(code)) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     decision::v1::ERROR_REASON_NAME_INVALID, "municipality",
                     "municipality is written municipalities/851");
  }
  const int index = snapshot.MunicipalityIndex(code);
  if (index < 0) {
    return MakeError(
        absl::StatusCode::kNotFound,
        decision::v1::ERROR_REASON_MUNICIPALITY_UNKNOWN, "municipality",
        absl::StrCat("municipality ", code, " is not in the network"));
  }
  return index;
}

// The version of ordinary law on a day; null if none is on file.
const LawVersion* VersionOn(const Question& question, Value day) {
  const LawVersion* found = nullptr;
  for (const LawVersion& version : question.versions) {
    if (version.from <= day) found = &version;
  }
  return found;
}

void TellGate(const Snapshot& snapshot, decision::v1::Gate gate,
              decision::v1::Reason& reason) {
  reason.set_row(absl::StrCat(
      "gate/", absl::StripPrefix(decision::v1::Gate_Name(gate), "GATE_")));
  const v1::GateText* text = snapshot.TextOf(gate);
  if (text == nullptr) return;
  *reason.mutable_text() = text->because();
  for (const auto& citation : text->cite()) {
    auto& cited = *reason.add_citations();
    cited = citation;
    cited.set_title(snapshot.TitleOf(citation.source()));
  }
}

// A dispensation with its rows in the order in which the municipality reads
// them.
v1::Dispensation AsRead(const Dispensation& dispensation) {
  v1::Dispensation read = *dispensation.source;
  if (dispensation.order == nullptr) return read;
  read.clear_rows();
  for (const Rule& rule : dispensation.table.rules) {
    if (const auto* row = dynamic_cast<const v1::Row*>(rule.source))
      *read.add_rows() = *row;
  }
  return read;
}

void TellOptions(const Snapshot& snapshot, const Epoch& epoch,
                 v1::ExplainProvisionResponse& response) {
  for (const OptionState& state : epoch.options) {
    auto& option = *response.add_options();
    option.set_experiment(state.dispensation->experiment->id());
    option.set_option(state.dispensation->option->id());
    *option.mutable_dispensation() = AsRead(*state.dispensation);
    if (state.closed != decision::v1::GATE_UNSPECIFIED) {
      TellGate(snapshot, state.closed, *option.mutable_closed_because());
    }
  }
}

}  // namespace

absl::Status Explain(const Snapshot& snapshot,
                     const v1::ExplainProvisionRequest& request,
                     v1::ExplainProvisionResponse& response) {
  const Area* area = nullptr;
  const Question* question = snapshot.FindQuestion(request.provision(), &area);
  if (question == nullptr) {
    return MakeError(absl::StatusCode::kNotFound,
                     decision::v1::ERROR_REASON_NOT_IN_CATALOG, "provision",
                     "provision is not in the catalog");
  }
  const auto date = civil_time::ParseDate(request.date());
  if (!date.ok()) return date.status();
  const Value day = date->days();

  *response.mutable_title() = question->source->title();
  *response.mutable_question() = question->source->question();
  response.set_catalog_digest(snapshot.digest());
  int municipality = -1;
  if (!request.municipality().empty()) {
    const auto index = IndexOf(snapshot, request.municipality());
    if (!index.ok()) return index.status();
    municipality = *index;
  }
  if (day < snapshot.first_day() || day > snapshot.last_day()) {
    return absl::OkStatus();
  }
  if (const LawVersion* version = VersionOn(*question, day)) {
    *response.mutable_ordinary_law() = *version->source;
  }
  if (municipality < 0) return absl::OkStatus();
  if (const Epoch* epoch = decision::EpochOn(*question, municipality, day)) {
    TellOptions(snapshot, *epoch, response);
  }
  return absl::OkStatus();
}

}  // namespace frikommune::catalog
