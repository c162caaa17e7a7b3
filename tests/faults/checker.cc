#include "tests/faults/checker.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/ledger/chain_walk.h"

namespace frikommune::faults {
namespace {

constexpr int kPage = 10'000;
constexpr size_t kExamplesMax = 10;

// What a ledger has of a request.
struct Kept {
  int times = 0;
  // The digest of the first answer.
  std::string answer;
};
using KeptByRequest = absl::flat_hash_map<std::string, Kept>;

void Note(int64_t& count, Verdict& verdict, const std::string& what) {
  ++count;
  if (verdict.examples.size() < kExamplesMax) verdict.examples.push_back(what);
}

// Walks a municipality's chain, and notes what is kept and where it breaks.
absl::Status WalkChain(Ledger& ledger, int municipality, KeptByRequest& kept,
                       Verdict& verdict) {
  ledger::ChainWalk walk(municipality);
  int64_t after = 0;
  for (int taken = kPage; taken == kPage;) {
    taken = 0;
    absl::Status scanned = ledger.Scan(
        municipality, after, kPage, [&](const ledger::StoredEntry& stored) {
          ++taken;
          after = stored.position;
          walk.Take(stored);
          ledger::v1::Entry entry;
          Read(stored, entry);
          Kept& one = kept[entry.index().case_id()];
          if (++one.times == 1) one.answer = DigestOf(entry.response());
        });
    if (!scanned.ok()) return scanned;
  }
  const auto last = ledger.NotedEnd(municipality);
  if (!last.ok()) return last.status();
  walk.End(*last);
  if (walk.broken().has_value()) {
    verdict.broken.push_back(
        absl::StrCat(municipality, " at ", walk.broken()->position(), ": ",
                     ledger::Describe(walk.broken()->fault())));
  } else if (walk.verified().position() != *last) {
    verdict.broken.push_back(absl::StrCat(municipality, " ends at ",
                                          walk.verified().position(),
                                          ", and its noted end is ", *last));
  }
  return absl::OkStatus();
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Verdict& verdict) {
  return out << "requests=" << verdict.requests
             << " acknowledged=" << verdict.acknowledged
             << " unknown=" << verdict.unknown << " (" << verdict.unknown_kept
             << " kept)"
             << " refused=" << verdict.refused << " lost=" << verdict.lost
             << " duplicated=" << verdict.duplicated
             << " changed=" << verdict.changed
             << " uninvited=" << verdict.uninvited << " broken=["
             << absl::StrJoin(verdict.broken, "; ") << "] examples=["
             << absl::StrJoin(verdict.examples, "; ") << "]";
}

absl::Status Checker::Add(const std::vector<Event>& history) {
  for (const Event& event : history) {
    if (event.sight == Sight::kInvoke) {
      Request& request = requests_[event.request];
      if (request.digest.empty()) request.digest = event.detail;
      if (request.digest == event.detail) continue;
      return absl::DataLossError(event.request + " is two requests");
    }
    const auto found = requests_.find(event.request);
    if (found == requests_.end()) {
      return absl::DataLossError(event.request + " was not sent");
    }
    Request& request = found->second;
    if (event.sight == Sight::kUnknown) request.unknown = true;
    if (event.sight != Sight::kOk) continue;
    if (request.answer.empty()) request.answer = event.detail;
    if (request.answer != event.detail) request.answered_differently = true;
  }
  return absl::OkStatus();
}

absl::StatusOr<Verdict> Checker::Compare(Ledger& ledger) const {
  Verdict verdict;
  KeptByRequest kept;
  for (int after = 0;;) {
    const auto municipality = ledger.NextMunicipality(after);
    if (!municipality.ok()) return municipality.status();
    if (*municipality == 0) break;
    after = *municipality;
    const absl::Status walked = WalkChain(ledger, after, kept, verdict);
    if (!walked.ok()) return walked;
  }
  for (const auto& [name, one] : kept) {
    if (!requests_.contains(name)) {
      Note(verdict.uninvited, verdict, name + " was asked by nobody");
    }
  }
  verdict.requests = static_cast<int64_t>(requests_.size());
  for (const auto& [name, request] : requests_) {
    const auto found = kept.find(name);
    const Kept one = found == kept.end() ? Kept() : found->second;
    if (one.times > 1) {
      Note(verdict.duplicated, verdict,
           absl::StrCat(name, " is kept ", one.times, " times"));
    }
    if (request.answer.empty()) {
      ++(request.unknown ? verdict.unknown : verdict.refused);
      if (request.unknown && one.times > 0) ++verdict.unknown_kept;
      if (one.times > 0 && !request.unknown) {
        Note(verdict.uninvited, verdict, name + " was refused and is kept");
      }
      continue;
    }
    ++verdict.acknowledged;
    if (one.times == 0) {
      Note(verdict.lost, verdict, name + " is lost");
    } else if (request.answered_differently || one.answer != request.answer) {
      Note(verdict.changed, verdict, name + " has another answer");
    }
  }
  return verdict;
}

}  // namespace frikommune::faults
