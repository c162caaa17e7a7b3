#include "bench/cases.h"

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "adapters/files/catalog_files.h"
#include "core/areas/areas.h"
#include "core/scheduling/dates.h"

namespace frikommune::bench {
namespace {

using scheduling::v1::ContactCourse;
using scheduling::v1::Meeting;

std::unique_ptr<catalog::v1::Experiment> WithoutParticipants(
    const catalog::v1::Experiment& original, const std::string& id) {
  auto copy = std::make_unique<catalog::v1::Experiment>(original);
  copy->set_id(id);
  for (auto& participation : *copy->mutable_participations()) {
    participation.set_standing(catalog::v1::STANDING_DOES_NOT_PARTICIPATE);
    participation.set_status(catalog::v1::PARTICIPATION_STATUS_CONFIRMED);
  }
  // Tallies are facts, and a fact is defined once.
  for (auto& dispensation : *copy->mutable_dispensations()) {
    dispensation.clear_tallies();
  }
  return copy;
}

void AddMeeting(scheduling::v1::MeetingKind kind, int ordinal, const char* date,
                ContactCourse& course) {
  Meeting& meeting = *course.add_meetings();
  meeting.set_kind(kind);
  meeting.set_ordinal(ordinal);
  meeting.set_date(date);
  meeting.set_state(scheduling::v1::MEETING_STATE_HELD);
  meeting.set_form(scheduling::v1::MEETING_FORM_PERSONAL);
  meeting.set_conductor(scheduling::v1::CONDUCTOR_ROLE_CASEWORKER);
  meeting.set_journalled(true);
  meeting.set_cv_and_joblog_discussed(true);
  meeting.set_content_individually_adapted(true);
  meeting.set_counted(true);
}

}  // namespace

std::shared_ptr<const catalog::Snapshot> LoadSnapshot(int more) {
  const char* folder = std::getenv("FRIKOMMUNE_CATALOG");
  auto files = files::ReadCatalogFiles(folder != nullptr ? folder : "catalog");
  if (!files.ok()) {
    std::cerr << files.status().message() << "\n";
    std::exit(1);
  }
  std::vector<catalog::Problem> problems;
  catalog::Catalog parsed = catalog::ParseCatalog(*files, problems);
  for (int i = 0; i < more; ++i) {
    parsed.experiments.push_back(WithoutParticipants(
        *parsed.experiments.front(), absl::StrCat("X", 100 + i)));
  }
  auto snapshot =
      catalog::Snapshot::Build(std::move(parsed), areas::AllAreas(), problems);
  if (snapshot == nullptr) {
    std::cerr << catalog::ToStatus(problems).message() << "\n";
    std::exit(1);
  }
  return snapshot;
}

std::vector<ContactCourse> Courses(int count) {
  std::mt19937 random(20190107);
  const auto up_to = [&random](int most) {
    return static_cast<int>(random() % static_cast<unsigned>(most + 1));
  };
  std::vector<ContactCourse> courses;
  for (int i = 0; i < count; ++i) {
    ContactCourse& course = courses.emplace_back();
    course.set_case_id(absl::StrCat("case-", i));
    course.set_target_group(decision::v1::TARGET_GROUP_INSURED_UNEMPLOYED);
    const auto start = civil_time::Date::FromDays(17167 + up_to(1500));
    course.set_unemployment_start(civil_time::FormatDate(start));
    course.set_weekly_ordinary_hours(up_to(30));
    course.set_seasonal(up_to(9) == 0);
    course.set_wants_personal_attendance(up_to(4) == 0);
    course.set_risk(static_cast<scheduling::v1::Risk>(1 + up_to(2)));
    course.mutable_exit()->set_kind(scheduling::v1::EXIT_KIND_NONE);
    const int held = up_to(3);
    for (int ordinal = 1; ordinal <= held; ++ordinal) {
      AddMeeting(
          scheduling::v1::MEETING_KIND_JOB_MEETING, ordinal,
          civil_time::FormatDate(civil_time::AddDays(start, 25 * ordinal - 5))
              .c_str(),
          course);
    }
  }
  return courses;
}

civil_time::Date DayIn(const ContactCourse& course) {
  return civil_time::AddDays(scheduling::DateIn(course.unemployment_start()),
                             60);
}

scheduling::v1::PlanContactCourseRequest PlanRequest() {
  scheduling::v1::PlanContactCourseRequest request;
  request.set_municipality("municipalities/851");
  request.set_as_of("2019-05-02");
  ContactCourse& course = *request.mutable_course();
  course.set_case_id("7d1c6f3a-0b52-4f0e-9d8e-5a4b7c1e2f90");
  course.set_target_group(decision::v1::TARGET_GROUP_INSURED_UNEMPLOYED);
  course.set_unemployment_start("2019-01-07");
  course.set_risk(scheduling::v1::RISK_MEDIUM);
  course.set_weekly_ordinary_hours(0);
  course.set_seasonal(false);
  course.set_wants_personal_attendance(false);
  course.mutable_exit()->set_kind(scheduling::v1::EXIT_KIND_NONE);
  AddMeeting(scheduling::v1::MEETING_KIND_JOB_MEETING, 1, "2019-01-30", course);
  AddMeeting(scheduling::v1::MEETING_KIND_JOINT_MEETING, 1, "2019-02-25",
             course);
  AddMeeting(scheduling::v1::MEETING_KIND_JOB_MEETING, 2, "2019-03-28", course);
  AddMeeting(scheduling::v1::MEETING_KIND_JOINT_MEETING, 2, "2019-06-03",
             course);
  course.mutable_meetings(3)->set_state(scheduling::v1::MEETING_STATE_PLANNED);
  return request;
}

scheduling::v1::AssessMeetingRequest AssessRequest() {
  scheduling::v1::AssessMeetingRequest request;
  request.set_municipality("municipalities/851");
  *request.mutable_course() = PlanRequest().course();
  *request.mutable_meeting() = request.course().meetings(3);
  request.mutable_course()->mutable_meetings()->RemoveLast();
  return request;
}

scheduling::v1::BatchPlanContactCoursesRequest BatchRequest(int count) {
  scheduling::v1::BatchPlanContactCoursesRequest batch;
  for (const ContactCourse& course : Courses(count)) {
    const size_t at = static_cast<size_t>(batch.requests_size());
    auto& request = *batch.add_requests();
    request.set_municipality(absl::StrCat(
        "municipalities/", kMunicipalities[at % std::size(kMunicipalities)]));
    request.set_as_of(civil_time::FormatDate(DayIn(course)));
    *request.mutable_course() = course;
  }
  return batch;
}

}  // namespace frikommune::bench
