#include "services/host/json_log.h"

#include <mutex>
#include <string>

#include "absl/time/time.h"
#include "nlohmann/json.hpp"
#include "spdlog/sinks/base_sink.h"
#include "spdlog/spdlog.h"

namespace frikommune::host {
namespace {

std::string Text(spdlog::string_view_t view) {
  return {view.data(), view.size()};
}

Severity SeverityOf(spdlog::level::level_enum level) {
  if (level >= spdlog::level::err) return Severity::kError;
  if (level == spdlog::level::warn) return Severity::kWarning;
  return level == spdlog::level::info ? Severity::kInfo : Severity::kDebug;
}

spdlog::level::level_enum LevelOf(Severity severity) {
  constexpr spdlog::level::level_enum kLevels[] = {
      spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
      spdlog::level::err};
  return kLevels[static_cast<size_t>(severity)];
}

// Gives lines to the writer of all of them.
class LineSink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit LineSink(LineWriter& lines) : lines_(lines) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    lines_.Write({line.data(), line.size()});
  }
  void flush_() override { lines_.Flush(); }

 private:
  LineWriter& lines_;
};

}  // namespace

void JsonFormatter::format(const spdlog::details::log_msg& message,
                           spdlog::memory_buf_t& out) {
  nlohmann::ordered_json line;
  std::string time;
  AppendTime(absl::FromChrono(message.time), time);
  line["time"] = time;
  line["severity"] = std::string(WordOf(SeverityOf(message.level)));
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

void LogJson(Severity least, LineWriter& lines) {
  auto logger = std::make_shared<spdlog::logger>(
      "frikommune", std::make_shared<LineSink>(lines));
  logger->set_formatter(std::make_unique<JsonFormatter>());
  logger->set_level(LevelOf(least));
  logger->flush_on(spdlog::level::err);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace frikommune::host
