#include "services/ledger/entry_page.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace frikommune::ledger {
namespace {

// The store is asked for so many at once.
constexpr int kAskedForMax = 256;

bool IsBefore(const google::protobuf::Timestamp& a,
              const google::protobuf::Timestamp& b) {
  return std::tuple(a.seconds(), a.nanos()) <
         std::tuple(b.seconds(), b.nanos());
}

bool WantsAll(const v1::EntryFilter& filter) {
  return filter.ByteSizeLong() == 0;
}

bool Matches(const v1::EntryFilter& filter, const v1::Entry& entry) {
  const auto text = [](const std::string& wanted, const std::string& has) {
    return wanted.empty() || wanted == has;
  };
  return text(filter.service(), entry.service()) &&
         text(filter.case_id(), entry.index().case_id()) &&
         (!filter.has_from_time() ||
          !IsBefore(entry.time(), filter.from_time())) &&
         (!filter.has_to_time() || IsBefore(entry.time(), filter.to_time()));
}

// A page while it is filled.
class Filler {
 public:
  Filler(const v1::EntryFilter& filter, int entries_max,
         google::protobuf::RepeatedPtrField<v1::Entry>& out)
      : filter_(filter), entries_max_(entries_max), out_(out) {}

  int Left() const { return entries_max_ - out_.size(); }

  // False if the page is full, and the entry is not on it.
  bool Take(const StoredEntry& stored) {
    if (Left() <= 0 || bytes_ >= kPageBytesMax) return false;
    if (!filter_.subject().empty() && filter_.subject() != stored.subject) {
      return true;
    }
    v1::Entry& entry = *out_.Add();
    const bool read = Read(stored, entry);
    if (!read) status_ = absl::DataLossError("a stored entry cannot be read");
    if (!read || !Matches(filter_, entry)) {
      out_.RemoveLast();
    } else {
      bytes_ += stored.bytes->size();
    }
    return true;
  }

  const absl::Status& status() const { return status_; }

 private:
  const v1::EntryFilter& filter_;
  const int entries_max_;
  google::protobuf::RepeatedPtrField<v1::Entry>& out_;
  size_t bytes_ = 0;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<PageEnd> ReadPage(
    Ledger& ledger, int municipality, const v1::EntryFilter& filter,
    int64_t after, int entries_max,
    google::protobuf::RepeatedPtrField<v1::Entry>& out) {
  PageEnd end = {.position = after};
  Filler page(filter, entries_max, out);
  for (int looked_at = 0; looked_at < kLookedAtMax;) {
    // One more than wanted, to know whether there is more.
    const int asked_for = WantsAll(filter)
                              ? std::min(kAskedForMax, page.Left() + 1)
                              : kAskedForMax;
    int got = 0;
    bool full = false;
    absl::Status read = ledger.Scan(municipality, end.position, asked_for,
                                    [&](const StoredEntry& stored) {
                                      ++got;
                                      full = full || !page.Take(stored);
                                      if (!full) end.position = stored.position;
                                    });
    read.Update(page.status());
    if (!read.ok()) return read;
    end.at_end = !full && got < asked_for;
    if (full || end.at_end) return end;
    looked_at += got;
  }
  return end;
}

}  // namespace frikommune::ledger
