#ifndef FRIKOMMUNE_SERVICES_HOST_JSON_LOG_H_
#define FRIKOMMUNE_SERVICES_HOST_JSON_LOG_H_

#include <memory>

#include "services/host/call_lines.h"
#include "services/host/line_writer.h"
#include "spdlog/formatter.h"

namespace frikommune::host {

// Writes what a server has to say of itself as one JSON object on a line: time
// and severity as of a call (call_lines.h), and message.
class JsonFormatter final : public spdlog::formatter {
 public:
  void format(const spdlog::details::log_msg& message,
              spdlog::memory_buf_t& out) override;
  std::unique_ptr<spdlog::formatter> clone() const override;
};

// From here on, logs of at least that severity go to `lines` in that form;
// errors are written before who told them goes on. `lines` outlives the
// process. Once, at the start of main.
void LogJson(Severity least, LineWriter& lines);

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_JSON_LOG_H_
