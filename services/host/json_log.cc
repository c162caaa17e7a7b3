#include "services/host/json_log.h"

#include <string>

#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "spdlog/sinks/stdout_sinks.h"
#include "spdlog/spdlog.h"

namespace frikommune::host {
namespace {

std::string Text(spdlog::string_view_t view) {
  return {view.data(), view.size()};
}

}  // namespace

void JsonFormatter::format(const spdlog::details::log_msg& message,
                           spdlog::memory_buf_t& out) {
  nlohmann::ordered_json line;
  line["time"] =
      absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::FromChrono(message.time),
                       absl::UTCTimeZone());
  line["level"] = Text(spdlog::level::to_string_view(message.level));
  line["message"] = Text(message.payload);
  // What is not UTF-8 is replaced: a log line is written whatever it holds.
  const std::string text = line.dump(
      -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  out.append(text.data(), text.data() + text.size());
  out.push_back('\n');
}

std::unique_ptr<spdlog::formatter> JsonFormatter::clone() const {
  return std::make_unique<JsonFormatter>();
}

void LogJsonToStderr() {
  auto logger = spdlog::stderr_logger_mt("frikommune");
  logger->set_formatter(std::make_unique<JsonFormatter>());
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace frikommune::host
