// How fast the engine decides: without messages on the wire, on one core. What
// an argument says is how many further experiments are in the catalog.
#include <benchmark/benchmark.h>

#include "bench/allocations.h"
#include "bench/cases.h"
#include "bench/deciding_cases.h"
#include "core/certificates/decider.h"
#include "core/decision/decide.h"
#include "core/rehab/decider.h"
#include "core/scheduling/planner.h"

namespace frikommune::bench {
namespace {

constexpr int kCourses = 1000;

const catalog::Snapshot& SnapshotWith(int64_t more) {
  static const auto* const kPlain = new auto(LoadSnapshot(0));
  static const auto* const kCrowded = new auto(LoadSnapshot(100));
  return more == 0 ? **kPlain : **kCrowded;
}

double Each(int64_t total, const benchmark::State& state) {
  return static_cast<double>(total) / static_cast<double>(state.iterations());
}

// Every duty of a course under both laws, with the rules that are the reasons.
void PlanCourse(benchmark::State& state) {
  const auto courses = Courses(kCourses);
  scheduling::Planner planner(SnapshotWith(state.range(0)));
  size_t at = 0;
  int64_t duties = 0;
  int64_t reasons = 0;
  for (auto _ : state) {
    const auto& course = courses[at % kCourses];
    planner.Plan(
        course, static_cast<int>(at % std::size(kMunicipalities)),
        DayIn(course),
        [&](const scheduling::PlannedItem& item, scheduling::CaseFacts&) {
          ++duties;
          reasons += (item.answer.rule != nullptr) +
                     (item.answer.ordinary_rule != nullptr);
        });
    ++at;
  }
  state.counters["duties"] = Each(duties, state);
  state.counters["reasons"] = Each(reasons, state);
}
BENCHMARK(PlanCourse)->Arg(0)->Arg(100);

// The hot path: one provision, facts at hand, both laws and the gates.
void Decide(benchmark::State& state) {
  const catalog::Snapshot& snapshot = SnapshotWith(state.range(0));
  scheduling::CaseFacts facts(snapshot);
  const catalog::Area& area = facts.area();
  const catalog::Question& question = *area.Find("scheduling/joint-meeting-2");
  const auto courses = Courses(kCourses);
  std::vector<catalog::Facts> sheets;
  for (const auto& course : courses) {
    const auto day = civil_time::AddDays(DayIn(course), 130);
    facts.Begin(course, 0, day);
    facts.SetDay(day.days(), nullptr);
    facts.facts().Set(area.date_set, 1);
    sheets.push_back(facts.facts());
  }
  size_t at = 0;
  const int64_t before = Allocations();
  for (auto _ : state) {
    benchmark::DoNotOptimize(decision::Decide(
        area, question, static_cast<int>(at % std::size(kMunicipalities)),
        sheets[at % kCourses]));
    ++at;
  }
  state.counters["allocations"] = Each(Allocations() - before, state);
}
BENCHMARK(Decide)->Arg(0)->Arg(100);

// A whole answer: the facts of a request taken, decided under both laws and
// told in the BASIC view with its reasons, a thousand to a batch.
template <typename Decider, typename Batch>
void Answer(benchmark::State& state, const Batch& batch) {
  constexpr size_t kBatchBytes = size_t{512} << 10;
  Decider decider(SnapshotWith(0));
  wire::MessageWriter out(kBatchBytes);
  int at = 0;
  int64_t uses = 0;
  // A decider that has worked before does not allocate.
  const auto decide = [&] {
    if (at == batch.requests_size()) {
      at = 0;
      out = wire::MessageWriter(kBatchBytes);
    }
    const auto answer =
        decider.Write(batch.requests(at++), decision::v1::VIEW_BASIC, out);
    if (!answer.ok()) return state.SkipWithError("a request is refused");
    uses += answer->counts_as_use;
  };
  for (int i = 0; i < kCourses; ++i) decide();
  uses = 0;
  const int64_t before = Allocations();
  for (auto _ : state) decide();
  state.counters["allocations"] = Each(Allocations() - before, state);
  state.counters["uses"] = Each(uses, state);
}

void DecideCertificate(benchmark::State& state) {
  Answer<certificates::Decider>(state, CertificateBatch(kCourses));
}
BENCHMARK(DecideCertificate);

void RouteCase(benchmark::State& state) {
  Answer<rehab::Decider>(state, RouteBatch(kCourses));
}
BENCHMARK(RouteCase);

}  // namespace
}  // namespace frikommune::bench

BENCHMARK_MAIN();
