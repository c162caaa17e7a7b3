#include "services/host/cpus.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace frikommune::host {
namespace {

constexpr char kRoot[] = "/sys/fs/cgroup";
constexpr double kNoLimit = 1e9;
constexpr int kWorkersMin = 2;
constexpr int kWorkersMax = 8;

// Quota and period in microseconds; no limit for what is no such pair.
double Quotient(absl::string_view quota, absl::string_view period) {
  double of = 0, in = 0;
  const bool numbers =
      absl::SimpleAtod(absl::StripAsciiWhitespace(quota), &of) &&
      absl::SimpleAtod(absl::StripAsciiWhitespace(period), &in);
  return numbers && of > 0 && in > 0 ? of / in : kNoLimit;
}

double LimitOfFolder(const std::string& folder, const ReadFile& read) {
  if (const auto max = read(folder + "/cpu.max")) {
    const std::vector<std::string> parts =
        absl::StrSplit(absl::StripAsciiWhitespace(*max), ' ');
    return parts.size() == 2 ? Quotient(parts[0], parts[1]) : kNoLimit;
  }
  const auto quota = read(folder + "/cpu.cfs_quota_us");
  const auto period = read(folder + "/cpu.cfs_period_us");
  return quota && period ? Quotient(*quota, *period) : kNoLimit;
}

// The least of the limits of a group and all that it is in: "/a/b", "/a", "".
double LimitOfGroup(const std::string& mount, std::string group,
                    const ReadFile& read) {
  double least = LimitOfFolder(mount, read);
  while (group.size() > 1) {
    least = std::min(least, LimitOfFolder(mount + group, read));
    group.resize(group.rfind('/'));
  }
  return least;
}

std::optional<std::string> ReadWhole(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

double CpusOf(int processors, const ReadFile& read) {
  double least = processors;
  // Lines of the form "4:cpu,cpuacct:/group", or "0::/group".
  const std::string groups = read("/proc/self/cgroup").value_or("");
  for (const absl::string_view line : absl::StrSplit(groups, '\n')) {
    const std::vector<std::string> parts =
        absl::StrSplit(line, absl::MaxSplits(':', 2));
    if (parts.size() != 3 || !absl::StartsWith(parts[2], "/")) continue;
    const std::vector<std::string> kinds = absl::StrSplit(parts[1], ',');
    std::string mount = kRoot;
    if (absl::c_linear_search(kinds, "cpu")) {
      absl::StrAppend(&mount, "/", parts[1]);
    } else if (!parts[1].empty()) {
      continue;
    }
    least = std::min(least, LimitOfGroup(mount, parts[2], read));
  }
  return least;
}

double CpusOfThisProcess() {
  cpu_set_t may_use;
  CPU_ZERO(&may_use);
  const bool known = sched_getaffinity(0, sizeof may_use, &may_use) == 0;
  return CpusOf(known ? CPU_COUNT(&may_use) : 1, ReadWhole);
}

int WorkersFor(double cpus) {
  const int wanted = static_cast<int>(std::ceil(2 * cpus));
  return std::clamp(wanted, kWorkersMin, kWorkersMax);
}

}  // namespace frikommune::host
