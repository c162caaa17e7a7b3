#include "core/inquiry/inquiry.h"

#include "absl/strings/match.h"
#include "core/civil_time/date.h"
#include "core/decision/decide.h"
#include "core/decision/render.h"
#include "core/inquiry/check.h"
#include "core/inquiry/municipality.h"

namespace frikommune::inquiry {

using catalog::kUnknown;
using catalog::Slot;

Inquiry::Inquiry(const catalog::Snapshot& snapshot, absl::string_view area)
    : snapshot_(snapshot),
      area_(*snapshot.FindArea(area)),
      facts_(area_.layout),
      leader_standing_(SlotOf("leader_standing")) {
  for (const catalog::Fact& fact : area_.layout.vocabulary().facts()) {
    if (absl::StartsWith(fact.name, "policy."))
      policy_slots_.push_back(fact.slot);
  }
}

Slot Inquiry::SlotOf(absl::string_view fact) const {
  return area_.layout.vocabulary().Find(fact)->slot;
}

absl::Status Inquiry::Begin(const Given& given, const FactFields& fields) {
  const auto municipality = MunicipalityOf(snapshot_, given.municipality);
  if (!municipality.ok()) return municipality.status();
  const auto question = fields.Asked(given.request);
  if (!question.ok()) return question.status();
  absl::Status checked = CheckGiven(given);
  if (!checked.ok()) return checked;
  municipality_ = *municipality;
  question_ = *question;
  view_ = given.view;
  facts_.Forget();
  fields.Load(given.request, facts_);
  SetDay(given.decision_date);
  TakeSafeguards(given);
  PinPolicy();
  return absl::OkStatus();
}

void Inquiry::TakeSafeguards(const Given& given) {
  Set(area_.assessment_recorded, given.assessment != nullptr ? 1 : 0);
  auto standing = decision::v1::LEADER_STANDING_NONE;
  if (given.leader_review != nullptr) {
    standing = given.leader_review->verdict() == decision::v1::VERDICT_APPROVED
                   ? decision::v1::LEADER_STANDING_APPROVED
                   : decision::v1::LEADER_STANDING_REJECTED;
  }
  Set(leader_standing_, standing);
}

// What the request assumes of local policy stands in place of what is on file.
void Inquiry::PinPolicy() {
  assumes_policy_ = false;
  for (const Slot slot : policy_slots_) {
    if (facts_.Get(slot) == kUnknown) continue;
    facts_.Pin(slot);
    assumes_policy_ = true;
  }
}

void Inquiry::SetDay(const std::string& date) {
  const auto day = civil_time::ParseDate(date);
  Set(area_.on, day.ok() ? day->days() : kUnknown);
}

void Inquiry::Answer(decision::v1::View view, decision::v1::Decision& out) {
  wire::MessageWriter bytes(1024);
  Answer(view, bytes);
  wire::Read(bytes, out);
}

void Inquiry::Answer(decision::v1::View view, wire::MessageWriter& out) {
  const decision::Answer answer =
      decision::Decide(area_, *question_, municipality_, facts_);
  decision::Flags flags = decision::FlagsOf(answer, facts_);
  if (assumes_policy_) flags.push_back("ASSUMED_POLICY");
  decision::Render(snapshot_, area_, answer, view, flags, facts_, out);
}

}  // namespace frikommune::inquiry
