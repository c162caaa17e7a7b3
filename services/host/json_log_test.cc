#include "services/host/json_log.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "nlohmann/json.hpp"

namespace frikommune::host {
namespace {

nlohmann::json Line(const std::string& message) {
  const std::chrono::system_clock::time_point time(
      std::chrono::milliseconds(1514764800123));
  spdlog::memory_buf_t out;
  JsonFormatter().format(
      spdlog::details::log_msg(time, {}, "x", spdlog::level::err, message),
      out);
  EXPECT_EQ(out.data()[out.size() - 1], '\n');
  return nlohmann::json::parse(std::string(out.data(), out.size()));
}

TEST(JsonLogTest, IsOneObjectALine) {
  const auto line = Line("a \"quoted\"\nline");
  EXPECT_EQ(line["time"], "2018-01-01T00:00:00.123000000Z");
  EXPECT_EQ(line["severity"], "ERROR");
  EXPECT_EQ(line["message"], "a \"quoted\"\nline");
}

TEST(JsonLogTest, WritesWhatIsNoText) {
  EXPECT_EQ(Line("a\xff"
                 "b")["message"],
            "a\uFFFDb");
}

}  // namespace
}  // namespace frikommune::host
