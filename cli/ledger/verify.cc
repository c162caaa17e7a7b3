#include "cli/ledger/verify.h"

#include <ostream>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "core/ledger/chain_walk.h"

namespace frikommune::cli {
namespace {

constexpr int kReadAtOnce = 4096;

absl::Status Walk(Ledger& ledger, int municipality, ledger::ChainWalk& walk) {
  // Before the walk, for more may be kept while it goes on.
  const auto end = ledger.NotedEnd(municipality);
  if (!end.ok()) return end.status();
  int got = kReadAtOnce;
  while (got == kReadAtOnce && !walk.broken().has_value()) {
    got = 0;
    absl::Status read =
        ledger.Scan(municipality, walk.verified().position(), kReadAtOnce,
                    [&](const ledger::StoredEntry& stored) {
                      ++got;
                      walk.Take(stored);
                    });
    if (!read.ok()) return read;
  }
  walk.End(*end);
  return absl::OkStatus();
}

void WriteLine(int municipality, const ledger::ChainWalk& walk,
               std::ostream& out) {
  out << "municipalities/" << municipality << ": ";
  if (!walk.broken().has_value()) {
    out << walk.verified().position() << " entries, head "
        << absl::BytesToHexString(walk.verified().hash()) << "\n";
    return;
  }
  const ledger::v1::BrokenLink& broken = *walk.broken();
  out << "broken at position " << broken.position();
  if (!broken.name().empty()) out << ", " << broken.name();
  out << ": " << ledger::Describe(broken.fault()) << "\n";
}

}  // namespace

absl::StatusOr<int> RunLedgerVerify(Ledger& ledger, std::ostream& out) {
  const absl::Time start = absl::Now();
  int64_t entries = 0;
  int broken = 0;
  int municipality = 0;
  for (;;) {
    const auto next = ledger.NextMunicipality(municipality);
    if (!next.ok()) return next.status();
    if (*next == 0) break;
    municipality = *next;
    ledger::ChainWalk walk(municipality);
    const absl::Status walked = Walk(ledger, municipality, walk);
    if (!walked.ok()) return walked;
    WriteLine(municipality, walk, out);
    entries += walk.verified().position();
    if (walk.broken().has_value()) ++broken;
  }
  out << entries << " entries, "
      << absl::StrFormat("%.2f s\n",
                         absl::ToDoubleSeconds(absl::Now() - start));
  out << (broken == 0 ? "whole\n" : "not whole\n");
  return broken == 0 ? 0 : 1;
}

}  // namespace frikommune::cli
