#include "adapters/ledger/group_ledger.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"

namespace frikommune::ledger {

GroupLedger::GroupLedger(std::unique_ptr<LedgerStore> store, Options options,
                         LedgerMeter* meter)
    : store_(std::move(store)),
      options_(options),
      meter_(meter),
      writer_([this] { WriteUntilClosed(); }) {}

GroupLedger::~GroupLedger() {
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }
  writer_.join();
}

LedgerQueue GroupLedger::Queue() {
  absl::MutexLock lock(&mutex_);
  absl::Time oldest = writing_since_;
  if (!queue_.empty()) oldest = std::min(oldest, queue_.front().came);
  return {
      .depth = queued_drafts_,
      .limit = options_.queued_drafts_max,
      .oldest = std::max(absl::Now() - oldest, absl::ZeroDuration()),
  };
}

void GroupLedger::Append(std::vector<LedgerDraft> drafts, Done done) {
  const size_t count = drafts.size();
  {
    absl::MutexLock lock(&mutex_);
    if (queue_.empty() ||
        queued_drafts_ + count <= options_.queued_drafts_max) {
      queued_drafts_ += count;
      queue_.push_back({std::move(drafts), std::move(done), absl::Now()});
      return;
    }
  }
  LedgerReceipt refused;
  refused.status = absl::ResourceExhaustedError("the ledger's queue is full");
  std::move(done)(std::vector<LedgerReceipt>(count, refused));
}

void GroupLedger::WriteUntilClosed() {
  std::vector<Job> jobs;
  for (;;) {
    {
      absl::MutexLock lock(&mutex_);
      const auto has_work = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
        return closed_ || !queue_.empty();
      };
      mutex_.Await(absl::Condition(&has_work));
      if (queue_.empty()) return;
      jobs.swap(queue_);
      queued_drafts_ = 0;
      writing_since_ = jobs.front().came;
    }
    size_t first = 0;
    while (first < jobs.size()) {
      size_t last = first;
      size_t drafts = 0;
      do {
        drafts += jobs[last++].drafts.size();
      } while (last < jobs.size() &&
               drafts + jobs[last].drafts.size() <= options_.group_drafts_max);
      WriteGroup(absl::MakeSpan(jobs).subspan(first, last - first));
      first = last;
    }
    jobs.clear();
    absl::MutexLock lock(&mutex_);
    writing_since_ = absl::InfiniteFuture();
  }
}

void GroupLedger::WriteGroup(absl::Span<Job> jobs) {
  std::vector<const LedgerDraft*> drafts;
  for (const Job& job : jobs) {
    for (const LedgerDraft& draft : job.drafts) drafts.push_back(&draft);
  }
  if (meter_ != nullptr) meter_->WroteGroup(drafts.size());
  std::vector<LedgerReceipt> receipts;
  const absl::Status written = store_->Write(drafts, receipts);
  if (!written.ok()) {
    receipts.clear();
    if (drafts.size() > 1 && !absl::IsUnavailable(written)) {
      WriteSingly(drafts, receipts);
    } else {
      LedgerReceipt failed;
      failed.status = written;
      receipts.assign(drafts.size(), failed);
    }
  }
  auto next = receipts.begin();
  for (Job& job : jobs) {
    const auto end = next + static_cast<ptrdiff_t>(job.drafts.size());
    if (meter_ != nullptr) meter_->Appended(absl::Now() - job.came);
    std::move(job.done)(std::vector<LedgerReceipt>(
        std::make_move_iterator(next), std::make_move_iterator(end)));
    next = end;
  }
}

void GroupLedger::WriteSingly(absl::Span<const LedgerDraft* const> drafts,
                              std::vector<LedgerReceipt>& receipts) {
  std::vector<LedgerReceipt> one;
  for (const LedgerDraft* const draft : drafts) {
    one.clear();
    const absl::Status written = store_->Write({&draft, 1}, one);
    if (!written.ok()) {
      one.assign(1, {});
      one.front().status = written;
    }
    receipts.push_back(std::move(one.front()));
  }
}

absl::StatusOr<v1::Entry> GroupLedger::FindByRequestId(
    int municipality, absl::string_view request_id) {
  return store_->FindByRequestId(municipality, request_id);
}

absl::StatusOr<v1::Entry> GroupLedger::Latest(int municipality,
                                              absl::string_view subject) {
  return store_->Latest(municipality, subject);
}

absl::StatusOr<std::vector<v1::Entry>> GroupLedger::ListSubjects(
    int municipality, const SubjectFilter& filter, absl::string_view after,
    int limit) {
  return store_->ListSubjects(municipality, filter, after, limit);
}

absl::StatusOr<std::vector<v1::Entry>> GroupLedger::Read(int municipality,
                                                         int64_t after_position,
                                                         int limit) {
  return store_->Read(municipality, after_position, limit);
}

absl::Status GroupLedger::Scan(
    int municipality, int64_t after_position, int limit,
    absl::FunctionRef<void(const StoredEntry&)> take) {
  return store_->Scan(municipality, after_position, limit, take);
}

absl::StatusOr<int> GroupLedger::NextMunicipality(int after) {
  return store_->NextMunicipality(after);
}

absl::StatusOr<int64_t> GroupLedger::LastPosition(int municipality) {
  return store_->LastPosition(municipality);
}

absl::StatusOr<int64_t> GroupLedger::LastSubjectPosition(int municipality) {
  return store_->LastSubjectPosition(municipality);
}

}  // namespace frikommune::ledger
