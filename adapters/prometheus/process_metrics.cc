#include "adapters/prometheus/process_metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace frikommune::metrics {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

void Tell(std::vector<MetricFamily>& families, const char* name,
          const char* help, MetricType type, double value) {
  MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = type;
  auto& metric = family.metric.emplace_back();
  (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) =
      value;
  families.push_back(std::move(family));
}

std::string Contents(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// The fields of /proc/self/stat from the third on: the second, the program's
// name, may hold spaces.
std::vector<std::string> StatFields() {
  const std::string stat = Contents("/proc/self/stat");
  const size_t name_end = stat.rfind(") ");
  if (name_end == std::string::npos) return {};
  return absl::StrSplit(stat.substr(name_end + 2), ' ');
}

double Number(const std::string& text) {
  double number = 0;
  return absl::SimpleAtod(text, &number) ? number : 0;
}

// Seconds since 1970 at which the machine started; 0 if not known.
double BootTime() {
  for (const absl::string_view line :
       absl::StrSplit(Contents("/proc/stat"), '\n')) {
    absl::string_view rest = line;
    if (absl::ConsumePrefix(&rest, "btime ")) return Number(std::string(rest));
  }
  return 0;
}

void TellOpenFiles(std::vector<MetricFamily>& families) {
  std::error_code error;
  std::filesystem::directory_iterator files("/proc/self/fd", error);
  if (error) return;
  Tell(families, "process_open_fds", "Open file descriptors.",
       MetricType::Gauge,
       static_cast<double>(std::distance(begin(files), end(files))));
}

}  // namespace

std::vector<MetricFamily> ProcessMetrics::Collect() const {
  // Places in proc(5), less the three that are numbered before.
  constexpr int kUserTime = 11, kSystemTime = 12, kThreads = 17, kStart = 19,
                kResidentPages = 21;
  std::vector<MetricFamily> families;
  const std::vector<std::string> stat = StatFields();
  if (stat.size() > kResidentPages) {
    const double ticks = static_cast<double>(sysconf(_SC_CLK_TCK));
    const double page = static_cast<double>(sysconf(_SC_PAGESIZE));
    Tell(families, "process_cpu_seconds_total",
         "User and system CPU time spent.", MetricType::Counter,
         (Number(stat[kUserTime]) + Number(stat[kSystemTime])) / ticks);
    Tell(families, "process_resident_memory_bytes", "Resident memory.",
         MetricType::Gauge, Number(stat[kResidentPages]) * page);
    Tell(families, "process_start_time_seconds",
         "When the process started, in seconds since 1970.", MetricType::Gauge,
         BootTime() + Number(stat[kStart]) / ticks);
    Tell(families, "process_threads", "Threads.", MetricType::Gauge,
         Number(stat[kThreads]));
  }
  TellOpenFiles(families);
  if (rlimit limit; getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    Tell(families, "process_max_fds", "The most file descriptors allowed.",
         MetricType::Gauge, static_cast<double>(limit.rlim_cur));
  }
  return families;
}

}  // namespace frikommune::metrics
