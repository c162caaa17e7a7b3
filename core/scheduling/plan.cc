#include "core/inquiry/municipality.h"
#include "core/scheduling/case_check.h"
#include "core/scheduling/dates.h"
#include "core/scheduling/notes.h"
#include "core/scheduling/scheduling.h"
#include "core/scheduling/write_duty.h"

namespace frikommune::scheduling {

using decision::v1::View;

absl::Status Plan(Planner& planner, const v1::PlanContactCourseRequest& request,
                  const Telling& telling, HearDuty hear,
                  wire::MessageWriter& out) {
  using P = v1::ContactPlan;
  const catalog::Snapshot& snapshot = planner.facts().snapshot();
  const auto municipality =
      inquiry::MunicipalityOf(snapshot, request.municipality());
  if (!municipality.ok()) return municipality.status();
  const civil_time::Date as_of = DateIn(request.as_of());
  absl::Status checked = CheckCourse(request.course());
  if (!checked.ok()) return checked;
  const View view = request.view() != decision::v1::VIEW_UNSPECIFIED
                        ? request.view()
                        : telling.default_view;
  out.Text(P::kMunicipalityFieldNumber, request.municipality());
  out.Text(P::kCaseIdFieldNumber, request.course().case_id());
  out.Text(P::kAsOfFieldNumber, request.as_of());
  Notes notes(planner.facts());
  planner.Plan(
      request.course(), *municipality, as_of,
      [&](const PlannedItem& item, CaseFacts& facts) {
        hear(item);
        const decision::Flags flags = notes.Take(item.answer, facts.facts());
        out.Message(
            P::kDutiesFieldNumber,
            [&] { WriteDuty(item, view, flags, planner.texts(), facts, out); },
            view == decision::v1::VIEW_FULL ? wire::Expect::kLong
                                            : wire::Expect::kShort);
      });
  for (const absl::string_view code : planner.said()) {
    notes.Add(code, "course.meetings");
  }
  notes.AddOfCourse(as_of);
  notes.Write(P::kNotesFieldNumber, view, out);
  if (view == decision::v1::VIEW_FULL || !telling.digest_stands_beside) {
    out.Text(P::kCatalogDigestFieldNumber, snapshot.digest());
  }
  return absl::OkStatus();
}

absl::Status Plan(const catalog::Snapshot& snapshot,
                  const v1::PlanContactCourseRequest& request,
                  View default_view, v1::ContactPlan& out) {
  Planner planner(snapshot);
  wire::MessageWriter bytes(kAnswerBytes);
  absl::Status status = Plan(
      planner, request, {.default_view = default_view},
      [](const PlannedItem&) {}, bytes);
  if (status.ok()) wire::Read(bytes, out);
  return status;
}

}  // namespace frikommune::scheduling
