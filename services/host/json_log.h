#ifndef FRIKOMMUNE_SERVICES_HOST_JSON_LOG_H_
#define FRIKOMMUNE_SERVICES_HOST_JSON_LOG_H_

#include <memory>

#include "spdlog/formatter.h"

namespace frikommune::host {

// Writes each log line as one JSON object: time (UTC), level, message.
class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message,
              spdlog::memory_buf_t& out) override;
  std::unique_ptr<spdlog::formatter> clone() const override;
};

// From here on, logs go to stderr in that form. Once, at the start of main.
void LogJsonToStderr();

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_JSON_LOG_H_
