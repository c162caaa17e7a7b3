#include "cli/ledger/replay.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "cli/ledger/redecide.h"

namespace frikommune::cli {
namespace {

constexpr int kReadAtOnce = 1024;

// Entries of one municipality, one after the other in `bytes`.
struct Page {
  struct Place {
    int64_t position;
    size_t begin;
    size_t size;
    bool readable;
  };
  int municipality = 0;
  std::vector<Place> places;
  std::string bytes;
};

// Gives the entries of every chain, a page at a time. Thread-safe.
class Pages {
 public:
  explicit Pages(Ledger& ledger) : ledger_(ledger) {}

  // Puts the next entries into `page`. False after the last, or an error.
  bool Next(Page& page) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    while (status_.ok() && !ended_) {
      page.places.clear();
      page.bytes.clear();
      if (municipality_ != 0) Read(page);
      if (!page.places.empty()) return status_.ok();
      if (status_.ok()) GoOn();
    }
    return false;
  }

  absl::Status status() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return status_;
  }

 private:
  void Read(Page& page) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    page.municipality = municipality_;
    status_ = ledger_.Scan(
        municipality_, position_, kReadAtOnce,
        [&](const ledger::StoredEntry& stored) {
          const absl::string_view bytes = stored.bytes.value_or("");
          page.places.push_back({stored.position, page.bytes.size(),
                                 bytes.size(), stored.bytes.has_value()});
          page.bytes.append(bytes.data(), bytes.size());
        });
    if (!page.places.empty()) position_ = page.places.back().position;
  }

  // To the next municipality, if there is one.
  void GoOn() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    const auto next = ledger_.NextMunicipality(municipality_);
    status_ = next.status();
    position_ = 0;
    municipality_ = next.value_or(0);
    ended_ = municipality_ == 0;
  }

  Ledger& ledger_;
  absl::Mutex mutex_;
  int municipality_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t position_ ABSL_GUARDED_BY(mutex_) = 0;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

// What was found out.
struct Findings {
  int64_t entries = 0;
  int64_t decisions = 0;
  // By municipality and position.
  std::map<std::pair<int, int64_t>, std::string> differences;
};

void ReplayAll(Pages& pages, KeptCatalogs& catalogs, Findings& found) {
  Redecider redecider(catalogs);
  Page page;
  std::string difference;
  while (pages.Next(page)) {
    for (const Page::Place& place : page.places) {
      ++found.entries;
      if (!place.readable) {
        found.differences[{page.municipality, place.position}] =
            "the entry cannot be read";
        continue;
      }
      const Redecided came = redecider.Decide(
          absl::string_view(page.bytes).substr(place.begin, place.size),
          difference);
      if (came != Redecided::kNoDecision) ++found.decisions;
      if (came != Redecided::kDifferent) continue;
      found.differences[{page.municipality, place.position}] = difference;
    }
  }
}

}  // namespace

absl::StatusOr<int> RunLedgerReplay(Ledger& ledger, CatalogStore& catalogs,
                                    std::ostream& out) {
  const absl::Time start = absl::Now();
  Pages pages(ledger);
  KeptCatalogs kept(catalogs);
  std::vector<Findings> parts(
      std::max<size_t>(1, std::thread::hardware_concurrency()));
  std::vector<std::thread> threads;
  threads.reserve(parts.size());
  for (Findings& part : parts) {
    threads.emplace_back([&] { ReplayAll(pages, kept, part); });
  }
  for (std::thread& thread : threads) thread.join();
  if (absl::Status read = pages.status(); !read.ok()) return read;

  Findings all;
  for (Findings& part : parts) {
    all.entries += part.entries;
    all.decisions += part.decisions;
    all.differences.merge(part.differences);
  }
  for (const auto& [at, what] : all.differences) {
    out << "municipalities/" << at.first << " position " << at.second << ": "
        << what << "\n";
  }
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  out << absl::StrFormat(
      "%d entries, %d decisions, %d different, %.2f s, %.0f entries/s\n",
      all.entries, all.decisions, all.differences.size(), seconds,
      static_cast<double>(all.entries) / seconds);
  return all.differences.empty() ? 0 : 1;
}

}  // namespace frikommune::cli
