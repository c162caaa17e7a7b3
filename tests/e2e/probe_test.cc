#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "tests/e2e/server_process.h"
#include "tests/e2e/three_servers.h"

namespace frikommune::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Probed {
  int exit_code;
  std::string said;
};

Probed Probe(const std::string& flags) {
  FILE* const run = popen(
      absl::StrCat(FRIKOMMUNE_BIN_DIR "/frikommune probe ", flags, " 2>&1")
          .c_str(),
      "r");
  std::string said;
  std::array<char, 4096> buffer;
  size_t got = 0;
  while ((got = fread(buffer.data(), 1, buffer.size(), run)) > 0) {
    said.append(buffer.data(), got);
  }
  const int status = pclose(run);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, said};
}

std::string All(const ServerProcess& server) {
  return absl::StrCat("--target ", server.grpc_address(), " --admin ",
                      server.admin_address(), " --metrics ",
                      server.metrics_address());
}

TEST(ProbeTest, EachServerIsFoundWell) {
  const ThreeServers servers;
  ASSERT_TRUE(servers.ready());
  for (const ServerProcess* server :
       {&servers.scheduling, &servers.certificates, &servers.rehab}) {
    const Probed probed = Probe(All(*server));
    EXPECT_EQ(probed.exit_code, 0);
    EXPECT_THAT(probed.said, HasSubstr("ok      health"));
    EXPECT_THAT(probed.said, HasSubstr("ok      decision"));
    EXPECT_THAT(probed.said, HasSubstr("ok      metrics"));
    EXPECT_THAT(probed.said, Not(HasSubstr("failed")));
  }
}

TEST(ProbeTest, WhatIsWrongIsFound) {
  const ServerProcess server;
  ASSERT_TRUE(server.ready());
  const std::string soon = " --timeout-seconds=0.2";
  Probed probed = Probe(absl::StrCat("--admin 127.0.0.1:1 --metrics ",
                                     server.metrics_address(), soon));
  EXPECT_EQ(probed.exit_code, 1);
  EXPECT_THAT(probed.said, HasSubstr("failed  health"));
  EXPECT_THAT(probed.said, HasSubstr("ok      metrics"));
  // A port that answers, but nothing of the law.
  probed = Probe(absl::StrCat("--target ", server.admin_address(), soon));
  EXPECT_EQ(probed.exit_code, 1);
  EXPECT_THAT(probed.said, HasSubstr("none of the services"));
  probed = Probe(absl::StrCat("--metrics 127.0.0.1:1", soon));
  EXPECT_EQ(probed.exit_code, 1);
  EXPECT_EQ(Probe("").exit_code, 2);
}

}  // namespace
}  // namespace frikommune::e2e
