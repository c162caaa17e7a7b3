// How fast the engine decides: without messages on the wire, on one core.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "adapters/files/catalog_files.h"
#include "core/areas/areas.h"
#include "core/scheduling/dates.h"
#include "core/scheduling/planner.h"

namespace frikommune {
namespace {

using scheduling::v1::ContactCourse;
using scheduling::v1::Meeting;

// The catalog in the folder that FRIKOMMUNE_CATALOG names, with `more` further
// experiments that change the same provisions in the same municipalities'
// neighbours.
std::shared_ptr<const catalog::Snapshot> Load(int more) {
  const char* folder = std::getenv("FRIKOMMUNE_CATALOG");
  auto files = files::ReadCatalogFiles(folder != nullptr ? folder : "catalog");
  std::vector<catalog::Problem> problems;
  if (!files.ok()) {
    std::cerr << files.status().message() << "\n";
    std::exit(1);
  }
  catalog::Catalog parsed = catalog::ParseCatalog(*files, problems);
  const catalog::v1::Experiment original = *parsed.experiments.front();
  for (int i = 0; i < more; ++i) {
    auto copy = std::make_unique<catalog::v1::Experiment>(original);
    copy->set_id(absl::StrCat("X", 100 + i));
    // Copies take part nowhere: two open options of one provision would be an
    // overlap that the proof refuses.
    for (auto& participation : *copy->mutable_participations()) {
      participation.set_standing(catalog::v1::STANDING_DOES_NOT_PARTICIPATE);
      participation.set_status(catalog::v1::PARTICIPATION_STATUS_CONFIRMED);
    }
    for (auto& dispensation : *copy->mutable_dispensations()) {
      dispensation.clear_tallies();
      dispensation.clear_beside();
    }
    parsed.experiments.push_back(std::move(copy));
  }
  auto snapshot =
      catalog::Snapshot::Build(std::move(parsed), areas::AllAreas(), problems);
  if (snapshot == nullptr) {
    std::cerr << catalog::ToStatus(problems).message() << "\n";
    std::exit(1);
  }
  return snapshot;
}

const catalog::Snapshot& Shared(int more) {
  static const auto* const kPlain =
      new std::shared_ptr<const catalog::Snapshot>(Load(0));
  static const auto* const kCrowded =
      new std::shared_ptr<const catalog::Snapshot>(Load(100));
  return more == 0 ? **kPlain : **kCrowded;
}

// Courses of insured unemployed at every stage, in every municipality: each
// with a third of its meetings held and the facts a case system has.
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
    for (int held = 0; held < up_to(3); ++held) {
      Meeting& meeting = *course.add_meetings();
      meeting.set_kind(scheduling::v1::MEETING_KIND_JOB_MEETING);
      meeting.set_ordinal(held + 1);
      meeting.set_date(
          civil_time::FormatDate(civil_time::AddDays(start, 25 * held + 20)));
      meeting.set_counted(true);
      meeting.set_state(scheduling::v1::MEETING_STATE_HELD);
    }
  }
  return courses;
}

// One million courses is this many thousand.
constexpr int kCourses = 1000;

void PlanCourses(benchmark::State& state) {
  const catalog::Snapshot& snapshot = Shared(static_cast<int>(state.range(0)));
  const auto courses = Courses(kCourses);
  scheduling::Planner planner(snapshot);
  size_t at = 0;
  int64_t duties = 0;
  int64_t reasons = 0;
  for (auto _ : state) {
    const ContactCourse& course = courses[at++ % kCourses];
    const auto start = scheduling::DateIn(course.unemployment_start());
    planner.Plan(
        course, static_cast<int>(at % 11), civil_time::AddDays(start, 60),
        [&](const scheduling::PlannedItem& item, scheduling::CaseFacts&) {
          ++duties;
          reasons += (item.answer.rule != nullptr) +
                     (item.answer.ordinary_rule != nullptr);
        });
  }
  benchmark::DoNotOptimize(reasons);
  state.SetItemsProcessed(state.iterations());
  state.counters["duties_per_course"] =
      static_cast<double>(duties) / static_cast<double>(state.iterations());
}
BENCHMARK(PlanCourses)->Arg(0)->Arg(100);

// The hot path: one provision, facts at hand, both laws and the gates.
void Decide(benchmark::State& state) {
  const catalog::Snapshot& snapshot = Shared(static_cast<int>(state.range(0)));
  const auto courses = Courses(kCourses);
  scheduling::CaseFacts facts(snapshot);
  const catalog::Area& area = facts.area();
  const catalog::Question& question = *area.Find("scheduling/joint-meeting-2");
  std::vector<catalog::Facts> sheets;
  for (const ContactCourse& course : courses) {
    const auto start = scheduling::DateIn(course.unemployment_start());
    facts.Begin(course, 0, start);
    facts.SetDay(civil_time::AddDays(start, 190).days(), nullptr);
    facts.facts().Set(area.date_set, 1);
    sheets.push_back(facts.facts());
  }
  size_t at = 0;
  for (auto _ : state) {
    catalog::Facts& sheet = sheets[at % kCourses];
    benchmark::DoNotOptimize(
        decision::Decide(area, question, static_cast<int>(at % 11), sheet));
    ++at;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(Decide)->Arg(0)->Arg(100);

}  // namespace
}  // namespace frikommune

BENCHMARK_MAIN();
