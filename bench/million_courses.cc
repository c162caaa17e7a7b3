// Plans one million contact courses, both laws and reasons, on one core. Prints
// the CPU seconds that it took, and by how much the process grew from the
// hundred-thousandth course to the last.
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>

#include "bench/cases.h"
#include "core/scheduling/planner.h"

namespace frikommune::bench {
namespace {

constexpr int kCourses = 1'000'000;
constexpr int kWarm = 100'000;
constexpr int kDifferent = 1000;
constexpr int kMunicipalities = 11;

double CpuSeconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) +
         static_cast<double>(now.tv_nsec) / 1e9;
}

int64_t ResidentKib() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word && word != "VmRSS:") {
  }
  int64_t kib = -1;
  status >> kib;
  return kib;
}

int Run() {
  const auto snapshot = LoadSnapshot(0);
  const auto courses = Courses(kDifferent);
  scheduling::Planner planner(*snapshot);
  int64_t reasons = 0;
  int64_t kib_when_warm = 0;
  const double begun = CpuSeconds();
  for (int i = 0; i < kCourses; ++i) {
    if (i == kWarm) kib_when_warm = ResidentKib();
    // With each time round, a course lies in the next municipality.
    const auto& course = courses[static_cast<size_t>(i % kDifferent)];
    planner.Plan(
        course, (i + i / kDifferent) % kMunicipalities, DayIn(course),
        [&](const scheduling::PlannedItem& item, scheduling::CaseFacts&) {
          reasons += (item.answer.rule != nullptr) +
                     (item.answer.ordinary_rule != nullptr);
        });
  }
  const double took = CpuSeconds() - begun;
  std::cout << "{\"cpu_seconds\": " << took
            << ", \"growth_kib\": " << ResidentKib() - kib_when_warm
            << ", \"reasons\": " << reasons << "}\n";
  return reasons > kCourses ? 0 : 1;
}

}  // namespace
}  // namespace frikommune::bench

int main() { return frikommune::bench::Run(); }
