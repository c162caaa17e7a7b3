#include "adapters/prometheus/process_metrics.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string>

namespace frikommune::metrics {
namespace {

TEST(ProcessMetricsTest, TellsWhatTheKernelKnows) {
  std::map<std::string, double> values;
  for (const auto& family : ProcessMetrics().Collect()) {
    const bool counter = family.type == prometheus::MetricType::Counter;
    values[family.name] =
        counter ? family.metric[0].counter.value : family.metric[0].gauge.value;
  }
  EXPECT_GE(values.at("process_cpu_seconds_total"), 0);
  EXPECT_GT(values.at("process_resident_memory_bytes"), 1 << 20);
  EXPECT_GE(values.at("process_open_fds"), 3);
  EXPECT_GE(values.at("process_max_fds"), values.at("process_open_fds"));
  EXPECT_GE(values.at("process_threads"), 1);
  const double now = static_cast<double>(
      std::chrono::duration_cast<std::chrono::seconds>(
          std::chrono::system_clock::now().time_since_epoch())
          .count());
  // This process started within the hour.
  EXPECT_NEAR(values.at("process_start_time_seconds"), now, 3600);
}

}  // namespace
}  // namespace frikommune::metrics
