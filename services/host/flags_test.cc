#include "services/host/flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace frikommune::host {
namespace {

using testing::HasSubstr;

const char* NothingSet(const std::string&) { return nullptr; }

Command Read(std::vector<const char*> arguments,
             const Environment& environment = NothingSet) {
  arguments.insert(arguments.begin(), "server");
  return ReadCommand({"server", "Answers.", "1.2.3"},
                     static_cast<int>(arguments.size()), arguments.data(),
                     environment);
}

TEST(FlagsTest, HasDefaults) {
  const Command command = Read({});
  EXPECT_FALSE(command.exit_code.has_value());
  EXPECT_EQ(command.flags.catalog, "catalog");
  EXPECT_EQ(command.flags.listen, "127.0.0.1:0");
}

TEST(FlagsTest, ReadsEachFlag) {
  const Command command =
      Read({"--catalog", "law", "--listen=0.0.0.0:50051", "--metrics-listen",
            "0.0.0.0:9090", "--drain-seconds=2.5", "--grace-seconds", "30"});
  EXPECT_FALSE(command.exit_code.has_value());
  EXPECT_EQ(command.flags.catalog, "law");
  EXPECT_EQ(command.flags.listen, "0.0.0.0:50051");
  EXPECT_EQ(command.flags.metrics_listen, "0.0.0.0:9090");
  EXPECT_EQ(command.flags.drain_seconds, 2.5);
  EXPECT_EQ(command.flags.grace_seconds, 30);
}

// A connection is renewed at latest after 1.1 times its age, so half leaves the
// network as much time to notice.
TEST(FlagsTest, ConnectionsAreRenewedWithinTheDrain) {
  EXPECT_EQ(Read({}).flags.max_connection_age_seconds, 300);
  EXPECT_EQ(Read({"--drain-seconds=10"}).flags.max_connection_age_seconds, 5);
  EXPECT_EQ(Read({"--drain-seconds=600"}).flags.max_connection_age_seconds,
            300);
  const Command set =
      Read({"--drain-seconds=10", "--max-connection-age-seconds=60"});
  EXPECT_EQ(set.flags.max_connection_age_seconds, 60);
  EXPECT_THAT(Read({"--drain-seconds=10"}).configuration,
              HasSubstr("max-connection-age-seconds=5\n"));
  EXPECT_THAT(set.configuration, HasSubstr("max-connection-age-seconds=60\n"));
}

TEST(FlagsTest, PrintsWhatItComesTo) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(Read({"--print-config", "--grace-seconds=7"}).exit_code, 0);
  const std::string printed = testing::internal::GetCapturedStdout();
  EXPECT_THAT(printed, HasSubstr("grace-seconds=7\n"));
  EXPECT_THAT(printed, HasSubstr("keepalive-seconds=60\n"));
}

// A file with flags, which is gone with it.
class ConfigFile {
 public:
  explicit ConfigFile(const std::string& text)
      : path_(absl::StrCat(testing::TempDir(), "flags-", getpid(), ".toml")) {
    std::ofstream(path_) << text;
  }
  ~ConfigFile() { std::remove(path_.c_str()); }
  std::string flag() const { return "--config=" + path_; }

 private:
  const std::string path_;
};

TEST(FlagsTest, TheCommandLineComesBeforeTheEnvironmentAndThatBeforeTheFile) {
  const ConfigFile file(
      "# A comment.\nlisten=\"0.0.0.0:1\"\ngrace-seconds=11\n"
      "drain-seconds = 12\n");
  const Environment environment = [](const std::string& name) -> const char* {
    if (name == "FRIKOMMUNE_DRAIN_SECONDS") return "22";
    if (name == "FRIKOMMUNE_GRACE_SECONDS") return "21";
    return nullptr;
  };
  const Command command =
      Read({file.flag().c_str(), "--drain-seconds=32"}, environment);
  EXPECT_FALSE(command.exit_code.has_value());
  EXPECT_EQ(command.flags.drain_seconds, 32);
  EXPECT_EQ(command.flags.grace_seconds, 21);
  EXPECT_EQ(command.flags.listen, "0.0.0.0:1");
  // The file may be named by the environment, too.
  EXPECT_EQ(Read({},
                 [&file](const std::string& name) -> const char* {
                   static std::string path;
                   path = file.flag().substr(sizeof "--config");
                   return name == "FRIKOMMUNE_CONFIG" ? path.c_str() : nullptr;
                 })
                .flags.grace_seconds,
            11);
}

TEST(FlagsTest, WhatIsPrintedCanBeRead) {
  const Command set = Read({"--listen=0.0.0.0:7", "--log-level=warn",
                            "--max-connection-idle-seconds=1.5"});
  const ConfigFile file(set.configuration);
  EXPECT_EQ(Read({file.flag().c_str()}).configuration, set.configuration);
}

TEST(FlagsTest, WhatIsWrongInTheEnvironmentOrTheFileIsRefused) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(Read({},
                 [](const std::string& name) {
                   return name == "FRIKOMMUNE_LISTEN" ? "50051" : nullptr;
                 })
                .exit_code,
            2);
  for (const char* bad : {"listne=\"0.0.0.0:1\"\n", "grace-seconds=x\n"}) {
    const ConfigFile file(bad);
    EXPECT_EQ(Read({file.flag().c_str()}).exit_code, 2) << bad;
  }
  EXPECT_EQ(Read({"--config=no-such-file"}).exit_code, 2);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("listne"));
}

TEST(FlagsTest, AServersOwnAddressIsNeeded) {
  std::string address;
  const auto read = [&address](std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "server");
    return ReadCommand({"server",
                        "Answers.",
                        "1.2.3",
                        {{"--other", "Another server.", &address}}},
                       static_cast<int>(arguments.size()), arguments.data(),
                       NothingSet);
  };
  testing::internal::CaptureStderr();
  EXPECT_EQ(read({}).exit_code, 2);
  EXPECT_EQ(read({"--other=nowhere"}).exit_code, 2);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("--other"));
  EXPECT_FALSE(read({"--other=127.0.0.1:1"}).exit_code.has_value());
  EXPECT_EQ(address, "127.0.0.1:1");
}

TEST(FlagsTest, AServerThatKeepsStateIsToldWhere) {
  const auto read = [](std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "server");
    return ReadCommand({.name = "frikommune-server",
                        .about = "Answers.",
                        .version = "1.2.3",
                        .keeps_state = true},
                       static_cast<int>(arguments.size()), arguments.data(),
                       NothingSet);
  };
  EXPECT_EQ(read({}).flags.store, "sqlite:var/server.db");
  for (const char* good :
       {"memory", "sqlite:a", "postgres:host=/run dbname=frikommune"}) {
    const std::string flag = absl::StrCat("--store=", good);
    EXPECT_EQ(read({flag.c_str()}).flags.store, good);
  }
  testing::internal::CaptureStderr();
  for (const char* bad : {"--store=", "--store=sqlite:", "--store=postgres:",
                          "--store=sqlite", "--store=mysql:a", "--store=a"}) {
    EXPECT_EQ(read({bad}).exit_code, 2) << bad;
  }
  // One that keeps nothing has no such flag.
  EXPECT_EQ(Read({"--store=memory"}).exit_code, 2);
  testing::internal::GetCapturedStderr();
  EXPECT_EQ(Read({}).flags.store, "");
}

TEST(FlagsTest, ExplainsItself) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(Read({"--help"}).exit_code, 0);
  const std::string help = testing::internal::GetCapturedStdout();
  EXPECT_THAT(help, HasSubstr("--catalog"));
  EXPECT_THAT(help, HasSubstr("ready grpc=HOST:PORT"));
  testing::internal::CaptureStdout();
  EXPECT_EQ(Read({"--version"}).exit_code, 0);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "server 1.2.3\n");
}

TEST(FlagsTest, RefusesWhatItCannotRead) {
  for (const char* bad :
       {"--nonsense", "--listen=50051", "--listen=:1", "--listen=a:",
        "--listen=a:b", "--drain-seconds=-1", "--drain-seconds=601",
        "--max-connection-age-seconds=0", "--keepalive-seconds=0",
        "--max-concurrent-streams=0", "--grace-seconds=x", "stray"}) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(Read({bad}).exit_code, 2) << bad;
    EXPECT_NE(testing::internal::GetCapturedStderr(), "") << bad;
  }
}

}  // namespace
}  // namespace frikommune::host
