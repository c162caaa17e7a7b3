// How fast waiting cases are planned on the days of the team.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/agenda/plan.h"
#include "core/civil_time/date.h"

namespace frikommune::rehab {
namespace {

// The shapes of the waiting list.
enum Shape {
  // More places than cases; deadlines of four weeks.
  kRoomy = 0,
  // As many places as cases; deadlines of every length.
  kTight = 1,
  // Three cases for two places.
  kOverfull = 2,
  // All can wait until the last day, and each that comes could be met about
  // earlier than those before it.
  kCrowdedEnd = 3,
};

struct WaitingList {
  std::vector<v1::TeamMeeting> meetings;
  v1::PlanAgendaRequest request;
};

WaitingList Make(int cases, int days, Shape shape) {
  std::mt19937 random(17);
  const auto upto = [&random](int last) {
    return static_cast<int>(random() % static_cast<unsigned>(last + 1));
  };
  const auto date = [](int day) {
    return civil_time::FormatDate(civil_time::Date::FromDays(17897 + 7 * day));
  };
  const int even = (cases + days - 1) / days;
  const int capacity = shape == kRoomy      ? even * 5 / 4
                       : shape == kOverfull ? even * 2 / 3
                                            : even;
  WaitingList list;
  for (int i = 0; i < days; ++i) {
    v1::TeamMeeting& meeting = list.meetings.emplace_back();
    meeting.set_name(absl::StrCat("municipalities/851/teamMeetings/", i));
    meeting.set_date(date(i));
    meeting.set_capacity(capacity);
    meeting.set_state(v1::TEAM_MEETING_STATE_OPEN);
    if (i % 3 == 0) meeting.add_members()->set_role(v1::TEAM_ROLE_EDUCATION);
  }
  for (int i = 0; i < cases; ++i) {
    v1::WaitingCase& waiting = *list.request.add_cases();
    waiting.set_case_id(absl::StrCat("case-", i));
    const int length = shape == kRoomy ? 4 : upto(days / 4);
    const int first =
        shape == kCrowdedEnd ? days - 1 - i * days / cases : upto(days - 1);
    waiting.set_earliest(date(first));
    waiting.set_deadline(date(
        shape == kCrowdedEnd ? days - 1 : std::min(first + length, days - 1)));
    waiting.set_needs_education_member(upto(4) == 0);
  }
  return list;
}

void BM_PlanAgenda(benchmark::State& state) {
  const WaitingList list =
      Make(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)),
           static_cast<Shape>(state.range(2)));
  int missed = 0;
  for (auto _ : state) {
    v1::PlanAgendaResponse response;
    PlanAgenda(list.meetings, list.request.cases(), "2019-01-01", response);
    missed = response.missed_count();
    benchmark::DoNotOptimize(response);
  }
  state.counters["missed"] = missed;
}
BENCHMARK(BM_PlanAgenda)
    ->ArgNames({"cases", "days", "shape"})
    ->ArgsProduct({{5000}, {200}, {kRoomy, kTight, kOverfull, kCrowdedEnd}})
    ->Args({10000, 200, kTight})
    ->Args({10000, 1000, kTight})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace frikommune::rehab

BENCHMARK_MAIN();
