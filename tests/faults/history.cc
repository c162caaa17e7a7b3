#include "tests/faults/history.h"

#include <chrono>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/ledger/request_digest.h"

namespace frikommune::faults {
namespace {

constexpr size_t kDigestBytes = 8;
constexpr absl::string_view kSights[] = {"invoke", "ok", "fail", "unknown"};

bool ReadSight(absl::string_view text, Sight& sight) {
  for (size_t i = 0; i < std::size(kSights); ++i) {
    if (text != kSights[i]) continue;
    sight = static_cast<Sight>(i);
    return true;
  }
  return false;
}

}  // namespace

std::string DigestOf(absl::string_view bytes) {
  return absl::BytesToHexString(ledger::Sha256(bytes).substr(0, kDigestBytes));
}

void HistoryWriter::Write(Sight sight, absl::string_view request,
                          absl::string_view detail) {
  const std::chrono::nanoseconds now =
      std::chrono::steady_clock::now().time_since_epoch();
  out_ << now.count() << ' ' << kSights[static_cast<size_t>(sight)] << ' '
       << request << ' ' << detail << '\n';
}

absl::StatusOr<std::vector<Event>> ReadHistory(const std::string& path) {
  std::ifstream in(path);
  if (!in) return absl::NotFoundError("there is no history " + path);
  std::vector<Event> events;
  for (std::string line; std::getline(in, line);) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
    Event event;
    if (words.size() != 4 || !absl::SimpleAtoi(words[0], &event.time) ||
        !ReadSight(words[1], event.sight)) {
      return absl::DataLossError(absl::StrCat(path, ": ", line));
    }
    event.request = std::string(words[2]);
    event.detail = std::string(words[3]);
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace frikommune::faults
