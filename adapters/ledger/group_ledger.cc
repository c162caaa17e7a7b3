#include "adapters/ledger/group_ledger.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/time/clock.h"

namespace frikommune::ledger {

GroupLedger::GroupLedger(std::unique_ptr<LedgerStore> store, Options options,
                         LedgerMeter* meter)
    : store_(std::move(store)),
      options_(options),
      meter_(meter),
      answerer_([this] { AnswerUntilClosed(); }),
      writer_([this] { WriteUntilClosed(); }) {}

GroupLedger::~GroupLedger() {
  {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
  }
  writer_.join();
  {
    absl::MutexLock lock(&mutex_);
    all_written_ = true;
  }
  answerer_.join();
}

LedgerQueue GroupLedger::Queue() {
  absl::MutexLock lock(&mutex_);
  absl::Time oldest = writing_since_;
  if (!queue_.empty()) oldest = std::min(oldest, queue_.front().came);
  return {
      .depth = waiting_drafts_,
      .limit = options_.queued_drafts_max,
      .oldest = std::max(absl::Now() - oldest, absl::ZeroDuration()),
  };
}

void GroupLedger::Append(std::vector<LedgerDraft> drafts, Done done) {
  const size_t count = drafts.size();
  if (!TakePlaces(count)) {
    LedgerReceipt refused;
    refused.status = absl::ResourceExhaustedError("the ledger's queue is full");
    return std::move(done)(std::vector<LedgerReceipt>(count, refused));
  }
  std::vector<SealedDraft> sealed;
  sealed.reserve(count);
  for (LedgerDraft& draft : drafts) sealed.emplace_back(std::move(draft));
  drafts.clear();
  absl::MutexLock lock(&mutex_);
  queue_.push_back({std::move(sealed), std::move(done), absl::Now()});
}

bool GroupLedger::TakePlaces(size_t count) {
  absl::MutexLock lock(&mutex_);
  if (waiting_drafts_ > 0 &&
      waiting_drafts_ + count > options_.queued_drafts_max) {
    return false;
  }
  waiting_drafts_ += count;
  return true;
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
      writing_since_ = jobs.front().came;
    }
    for (auto first = jobs.begin(); first != jobs.end();) {
      auto last = first;
      size_t drafts = 0;
      do {
        drafts += last++->drafts.size();
      } while (last != jobs.end() &&
               drafts + last->drafts.size() <= options_.group_drafts_max);
      Group group;
      group.jobs.assign(std::make_move_iterator(first),
                        std::make_move_iterator(last));
      first = last;
      WriteGroup(group);
      HandOver(std::move(group), first != jobs.end());
    }
    jobs.clear();
    absl::MutexLock lock(&mutex_);
    writing_since_ = absl::InfiniteFuture();
  }
}

void GroupLedger::WriteGroup(Group& group) {
  std::vector<const SealedDraft*> drafts;
  for (const Job& job : group.jobs) {
    for (const SealedDraft& draft : job.drafts) drafts.push_back(&draft);
  }
  if (meter_ != nullptr) meter_->WroteGroup(drafts.size());
  const absl::Status written = store_->Write(drafts, group.receipts);
  if (written.ok()) return;
  group.receipts.clear();
  if (drafts.size() > 1 && !absl::IsUnavailable(written)) {
    WriteSingly(drafts, group.receipts);
  } else {
    LedgerReceipt failed;
    failed.status = written;
    group.receipts.assign(drafts.size(), failed);
  }
}

void GroupLedger::HandOver(Group group, bool more_to_write) {
  {
    absl::MutexLock lock(&mutex_);
    if (more_to_write || !queue_.empty()) {
      written_.push_back(std::move(group));
      return;
    }
  }
  Answer(std::move(group));
}

void GroupLedger::AnswerUntilClosed() {
  const auto has_work = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return all_written_ || !written_.empty();
  };
  for (;;) {
    Group group;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(&has_work));
      if (written_.empty()) return;
      group = std::move(written_.front());
      written_.pop_front();
    }
    Answer(std::move(group));
  }
}

void GroupLedger::Answer(Group group) {
  {
    absl::MutexLock lock(&mutex_);
    waiting_drafts_ -= group.receipts.size();
  }
  auto next = group.receipts.begin();
  for (Job& job : group.jobs) {
    const auto end = next + static_cast<ptrdiff_t>(job.drafts.size());
    if (meter_ != nullptr) meter_->Appended(absl::Now() - job.came);
    std::move(job.done)(std::vector<LedgerReceipt>(
        std::make_move_iterator(next), std::make_move_iterator(end)));
    next = end;
  }
}

void GroupLedger::WriteSingly(absl::Span<const SealedDraft* const> drafts,
                              std::vector<LedgerReceipt>& receipts) {
  std::vector<LedgerReceipt> one;
  for (const SealedDraft* const draft : drafts) {
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

absl::StatusOr<int64_t> GroupLedger::NotedEnd(int municipality) {
  return store_->NotedEnd(municipality);
}

}  // namespace frikommune::ledger
