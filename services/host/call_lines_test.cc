#include "services/host/call_lines.h"

#include <unistd.h>

#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

namespace frikommune::host {
namespace {

constexpr char kTrace[] = "0af7651916cd43dd8448eb211c80319c";
constexpr char kSpan[] = "b7ad6b7169203331";
constexpr char kUuid[] = "123e4567-e89b-42d3-a456-426614174000";

class CallLinesTest : public testing::Test {
 protected:
  CallLinesTest() { EXPECT_EQ(pipe(pipe_), 0); }
  ~CallLinesTest() override { close(pipe_[0]); }

  // The lines of these calls.
  std::vector<nlohmann::json> Lines(const std::vector<AnsweredCall>& calls,
                                    const CallLines::Options& options = {}) {
    {
      LineWriter writer(pipe_[1]);
      close(pipe_[1]);
      CallLines lines({{"unary", "a.v1.A", "Get"},
                       {"unary", "grpc.health.v1.Health", "Check"}},
                      options, writer);
      for (const AnsweredCall& call : calls) lines.Answered(call);
    }
    std::string all;
    char buffer[4096];
    ssize_t got = 0;
    while ((got = read(pipe_[0], buffer, sizeof buffer)) > 0) {
      all.append(buffer, static_cast<size_t>(got));
    }
    std::vector<nlohmann::json> read;
    for (const absl::string_view line :
         absl::StrSplit(all, '\n', absl::SkipEmpty())) {
      read.push_back(nlohmann::json::parse(line));
    }
    return read;
  }

  static CallTrace Trace() { return {kTrace, kSpan}; }

  static AnsweredCall Call(absl::StatusCode code = absl::StatusCode::kOk,
                           absl::Duration took = absl::Microseconds(1234)) {
    return {.method = 0,
            .code = code,
            .took = took,
            .request_id = kUuid,
            .catalog_digest = "abc",
            .trace = &CallLinesTest::Trace};
  }

  int pipe_[2] = {-1, -1};
};

TEST_F(CallLinesTest, SaysThisOfACall) {
  const auto lines = Lines({Call()});
  ASSERT_EQ(lines.size(), 1);
  const nlohmann::json& line = lines[0];
  EXPECT_EQ(line["time"].get<std::string>().size(),
            std::string("2026-01-31T12:00:00.123456789Z").size());
  EXPECT_EQ(line["severity"], "INFO");
  EXPECT_EQ(line["trace_id"], kTrace);
  EXPECT_EQ(line["span_id"], kSpan);
  EXPECT_EQ(line["grpc.method"], "a.v1.A/Get");
  EXPECT_EQ(line["grpc.code"], "OK");
  EXPECT_EQ(line["duration_ms"], 1.234);
  EXPECT_EQ(line["request_id"], kUuid);
  EXPECT_EQ(line["catalog_digest"], "abc");
  EXPECT_EQ(line.size(), 9);
}

TEST_F(CallLinesTest, AnIdInWhichSomethingCanBeSaidIsLeftOut) {
  std::vector<AnsweredCall> calls;
  for (const char* const id :
       {"", "anna", "010190-1234", "a\"b", "a\nb",
        "123e4567-e89b-42d3-a456-42661417400",
        "123e4567-e89b-42d3-a456-42661417400\"", "81J0000000000000000000000A",
        "01J000000000000000000000I0"}) {
    calls.push_back(Call());
    calls.back().request_id = id;
  }
  for (const auto& line : Lines(calls))
    EXPECT_FALSE(line.contains("request_id"));
}

TEST_F(CallLinesTest, AUlidIsAnIdToo) {
  AnsweredCall call = Call();
  call.request_id = "01J0000000000000000000000A";
  EXPECT_EQ(Lines({call})[0]["request_id"], std::string(call.request_id));
}

TEST_F(CallLinesTest, WhatWentWrongOrSlowlyIsAlwaysWritten) {
  const absl::Duration slow = absl::Milliseconds(250);
  const auto lines =
      Lines({Call(), Call(absl::StatusCode::kInvalidArgument),
             Call(absl::StatusCode::kOk, slow),
             Call(absl::StatusCode::kOk, slow - absl::Microseconds(1))},
            {.ok_share = 0});
  ASSERT_EQ(lines.size(), 2);
  EXPECT_EQ(lines[0]["grpc.code"], "InvalidArgument");
  EXPECT_EQ(lines[1]["duration_ms"], 250);
}

TEST_F(CallLinesTest, AShareOfTheRestIsWritten) {
  const auto lines =
      Lines(std::vector<AnsweredCall>(600, Call()), {.ok_share = 0.25});
  EXPECT_GT(lines.size(), 80);
  EXPECT_LT(lines.size(), 220);
}

TEST_F(CallLinesTest, ALevelLeavesOutWhatIsLess) {
  const auto lines = Lines({Call(), Call(absl::StatusCode::kUnavailable),
                            Call(absl::StatusCode::kInternal)},
                           {.least = Severity::kError});
  ASSERT_EQ(lines.size(), 1);
  EXPECT_EQ(lines[0]["severity"], "ERROR");
}

TEST_F(CallLinesTest, ProbesThatGoWellAreNotWritten) {
  AnsweredCall probe = Call();
  probe.method = 1;
  AnsweredCall unknown = Call(absl::StatusCode::kUnimplemented);
  unknown.method = kUnknownRpc;
  const auto lines = Lines({probe, unknown});
  ASSERT_EQ(lines.size(), 1);
  EXPECT_EQ(lines[0]["grpc.method"], "unknown");
}

TEST_F(CallLinesTest, TimesAreWrittenWithNanoseconds) {
  std::string line;
  AppendTime(absl::FromUnixNanos(1514764800000000001), line);
  EXPECT_EQ(line, "2018-01-01T00:00:00.000000001Z");
}

}  // namespace
}  // namespace frikommune::host
