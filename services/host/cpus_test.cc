#include "services/host/cpus.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace frikommune::host {
namespace {

double Cpus(int processors, const std::map<std::string, std::string>& files) {
  return CpusOf(processors, [&](const std::string& path) {
    const auto found = files.find(path);
    return found == files.end() ? std::nullopt
                                : std::optional<std::string>(found->second);
  });
}

TEST(CpusTest, WithoutGroupsItHasAllProcessors) {
  EXPECT_EQ(Cpus(64, {}), 64);
  EXPECT_EQ(Cpus(64, {{"/proc/self/cgroup", "nonsense\n::\n"}}), 64);
}

TEST(CpusTest, InAContainerTheGroupIsTheRoot) {
  const auto with = [](const std::string& max) {
    return Cpus(
        64, {{"/proc/self/cgroup", "0::/\n"}, {"/sys/fs/cgroup/cpu.max", max}});
  };
  EXPECT_EQ(with("150000 100000\n"), 1.5);
  EXPECT_EQ(with("max 100000\n"), 64);
  EXPECT_EQ(with("20000000 100000\n"), 64);
  EXPECT_EQ(with("0 100000\n"), 64);
  EXPECT_EQ(with("100000"), 64);
  EXPECT_EQ(with(""), 64);
}

TEST(CpusTest, AGroupIsLimitedByWhatItIsIn) {
  EXPECT_EQ(Cpus(64, {{"/proc/self/cgroup", "0::/pods/one\n"},
                      {"/sys/fs/cgroup/pods/cpu.max", "200000 100000\n"},
                      {"/sys/fs/cgroup/pods/one/cpu.max", "max 100000\n"}}),
            2);
  EXPECT_EQ(Cpus(64, {{"/proc/self/cgroup", "0::/pods/one\n"},
                      {"/sys/fs/cgroup/pods/cpu.max", "200000 100000\n"},
                      {"/sys/fs/cgroup/pods/one/cpu.max", "50000 100000\n"}}),
            0.5);
}

TEST(CpusTest, TheFirstVersionHasAFolderOfItsOwn) {
  const std::string groups =
      "11:memory:/pod\n4:cpu,cpuacct:/pod\n1:name=systemd:/pod\n0::/pod\n";
  const std::string at = "/sys/fs/cgroup/cpu,cpuacct";
  EXPECT_EQ(Cpus(64, {{"/proc/self/cgroup", groups},
                      {at + "/pod/cpu.cfs_quota_us", "250000\n"},
                      {at + "/pod/cpu.cfs_period_us", "100000\n"}}),
            2.5);
  // As it is seen from within a container: the host's name of the group, and
  // its files at the root.
  EXPECT_EQ(Cpus(64, {{"/proc/self/cgroup", groups},
                      {at + "/cpu.cfs_quota_us", "50000\n"},
                      {at + "/cpu.cfs_period_us", "100000\n"}}),
            0.5);
  EXPECT_EQ(Cpus(64, {{"/proc/self/cgroup", groups},
                      {at + "/cpu.cfs_quota_us", "-1\n"},
                      {at + "/cpu.cfs_period_us", "100000\n"}}),
            64);
}

TEST(CpusTest, ThisProcessHasSome) { EXPECT_GT(CpusOfThisProcess(), 0); }

TEST(CpusTest, TwoWorkersForEachWithinLimits) {
  EXPECT_EQ(WorkersFor(0.1), 2);
  EXPECT_EQ(WorkersFor(1), 2);
  EXPECT_EQ(WorkersFor(1.01), 3);
  EXPECT_EQ(WorkersFor(2), 4);
  EXPECT_EQ(WorkersFor(4), 8);
  EXPECT_EQ(WorkersFor(64), 8);
}

}  // namespace
}  // namespace frikommune::host
