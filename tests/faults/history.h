#ifndef FRIKOMMUNE_TESTS_FAULTS_HISTORY_H_
#define FRIKOMMUNE_TESTS_FAULTS_HISTORY_H_

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace frikommune::faults {

// What a client saw of a request.
enum class Sight {
  // It was sent, for the first time or again.
  kInvoke,
  // It was answered.
  kOk,
  // It was refused for good: it has no effect.
  kFail,
  // Nobody said what became of it: a timeout, a lost connection.
  kUnknown,
};

// One line of a history.
struct Event {
  // Of the monotonic clock, in nanoseconds.
  int64_t time = 0;
  Sight sight = Sight::kInvoke;
  // The request's own name, which its case carries too.
  std::string request;
  // The digest of the request or of its answer; of the others the status code.
  std::string detail;

  friend bool operator==(const Event&, const Event&) = default;
};

// The digest of bytes, as histories have it: long enough that no two of a run
// are alike.
std::string DigestOf(absl::string_view bytes);

// Writes what one client sees into a file of its own, a line for each event.
// One thread uses it.
class HistoryWriter {
 public:
  explicit HistoryWriter(const std::string& path) : out_(path) {}

  void Write(Sight sight, absl::string_view request, absl::string_view detail);

 private:
  std::ofstream out_;
};

// DATA_LOSS if a line cannot be read.
absl::StatusOr<std::vector<Event>> ReadHistory(const std::string& path);

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_HISTORY_H_
