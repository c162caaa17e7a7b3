#include "services/ledger/ledger_reader.h"

#include <tuple>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "core/error/error.h"
#include "core/inquiry/municipality.h"
#include "core/ledger/chain_walk.h"
#include "core/ledger/request_digest.h"
#include "core/resource_id/resource_id.h"
#include "services/ledger/entry_page.h"
#include "services/ledger/position_token.h"

namespace frikommune::ledger {
namespace {

constexpr int kPageSizeDefault = 50;
constexpr size_t kListMarkBytes = 8;
// The most entries of one message to who follows.
constexpr int kSentAtOnceMax = 200;
// How many links a worker looks at before it does something else.
constexpr int kStepLinks = 1024;

// What a list's tokens are good for.
std::string MarkOf(const v1::ListEntriesRequest& request) {
  return absl::BytesToHexString(
      Sha256(absl::StrCat(request.municipality(), "\n",
                          Canonical(request.filter())))
          .substr(0, kListMarkBytes));
}

// What a municipality's cursors are good for.
std::string MarkOf(int municipality) { return absl::StrCat(municipality); }

absl::Status CheckTimes(const v1::EntryFilter& filter) {
  if (!filter.has_from_time() || !filter.has_to_time()) return {};
  const auto key = [](const google::protobuf::Timestamp& time) {
    return std::tuple(time.seconds(), time.nanos());
  };
  if (key(filter.from_time()) < key(filter.to_time())) return {};
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_DATE_ORDER, "filter.to_time",
                   "filter.to_time does not lie after filter.from_time");
}

}  // namespace

// A chain that is being verified, and who waits for it.
struct LedgerReader::Walk {
  explicit Walk(int its_municipality)
      : municipality(its_municipality), chain(its_municipality) {}

  const int municipality;
  ChainWalk chain;
  // Where the chain must come to.
  int64_t end = 0;
  v1::VerifyLedgerResponse* response = nullptr;
  std::function<bool()> is_cancelled;
  decisions::Done done;
};

absl::StatusOr<int> LedgerReader::Municipality(const std::string& name) const {
  const auto known = inquiry::MunicipalityOf(*means_.catalog.Get(), name);
  if (!known.ok()) return known.status();
  return *ParseMunicipality(name);
}

absl::Status LedgerReader::List(const v1::ListEntriesRequest& request,
                                v1::ListEntriesResponse& response) const {
  const auto municipality = Municipality(request.municipality());
  if (!municipality.ok()) return municipality.status();
  absl::Status times = CheckTimes(request.filter());
  if (!times.ok()) return times;
  const std::string mark = MarkOf(request);
  const auto after = ReadToken(mark, "page_token", request.page_token());
  if (!after.ok()) return after.status();
  const int size =
      request.page_size() == 0 ? kPageSizeDefault : request.page_size();
  const auto end = ReadPage(means_.ledger, *municipality, request.filter(),
                            *after, size, *response.mutable_entries());
  if (!end.ok()) return decisions::ToRefusal(end.status());
  if (!end->at_end) {
    response.set_next_page_token(WriteToken(mark, end->position));
  }
  return absl::OkStatus();
}

absl::Status LedgerReader::GetHead(const v1::GetLedgerHeadRequest& request,
                                   v1::GetLedgerHeadResponse& response) const {
  const auto municipality = Municipality(request.municipality());
  if (!municipality.ok()) return municipality.status();
  const auto last = means_.ledger.LastPosition(*municipality);
  if (!last.ok()) return decisions::ToRefusal(last.status());
  v1::LedgerHead& head = *response.mutable_head();
  head.set_position(*last);
  head.set_hash(HashBeforeFirst());
  if (*last > 0) {
    const auto entries = means_.ledger.Read(*municipality, *last - 1, 1);
    if (!entries.ok()) return decisions::ToRefusal(entries.status());
    if (entries->empty()) return absl::DataLossError("the last entry is gone");
    head.set_hash(entries->front().hash());
  }
  response.set_cursor(WriteToken(MarkOf(*municipality), *last));
  return absl::OkStatus();
}

absl::StatusOr<Follower> LedgerReader::Follow(
    const v1::WatchEntriesRequest& request) const {
  const auto municipality = Municipality(request.municipality());
  if (!municipality.ok()) return municipality.status();
  const auto position =
      ReadToken(MarkOf(*municipality), "cursor", request.cursor());
  if (!position.ok()) return position.status();
  const auto last = means_.ledger.LastPosition(*municipality);
  if (!last.ok()) return decisions::ToRefusal(last.status());
  if (*position > *last) {
    return RefuseToken("cursor", "lies after the end of this ledger");
  }
  return Follower{*municipality, *position};
}

absl::Status LedgerReader::ReadNext(Follower& follower,
                                    v1::WatchEntriesResponse& response) const {
  const auto end =
      ReadPage(means_.ledger, follower.municipality, v1::EntryFilter(),
               follower.position, kSentAtOnceMax, *response.mutable_entries());
  if (!end.ok()) return decisions::ToRefusal(end.status());
  follower.position = end->position;
  response.set_cursor(
      WriteToken(MarkOf(follower.municipality), follower.position));
  return absl::OkStatus();
}

void LedgerReader::Verify(const v1::VerifyLedgerRequest& request,
                          v1::VerifyLedgerResponse& response,
                          std::function<bool()> is_cancelled,
                          decisions::Done done) const {
  decisions::OnWorker(
      means_.workers, std::move(done),
      [this, &request, &response,
       is_cancelled = std::move(is_cancelled)](decisions::Done end) mutable {
        auto walk = Begin(request);
        if (!walk.ok()) return std::move(end)(walk.status());
        (*walk)->response = &response;
        (*walk)->is_cancelled = std::move(is_cancelled);
        (*walk)->done = std::move(end);
        Step(*walk);
      });
}

absl::StatusOr<std::shared_ptr<LedgerReader::Walk>> LedgerReader::Begin(
    const v1::VerifyLedgerRequest& request) const {
  const auto municipality = Municipality(request.municipality());
  if (!municipality.ok()) return municipality.status();
  // Before the walk, for more is kept while it goes on.
  const auto end = means_.ledger.NotedEnd(*municipality);
  if (!end.ok()) return decisions::ToRefusal(end.status());
  auto walk = std::make_shared<Walk>(*municipality);
  walk->end = *end;
  return walk;
}

void LedgerReader::Step(const std::shared_ptr<Walk>& walk) const {
  const auto ended = WalkOn(*walk);
  if (!ended.ok()) return std::move(walk->done)(ended.status());
  if (!*ended) {
    return decisions::OnWorker(means_.workers, std::move(walk->done),
                               [this, walk](decisions::Done done) {
                                 walk->done = std::move(done);
                                 Step(walk);
                               });
  }
  *walk->response->mutable_verified() = walk->chain.verified();
  if (walk->chain.broken().has_value()) {
    *walk->response->mutable_broken_link() = *walk->chain.broken();
  }
  std::move(walk->done)(absl::OkStatus());
}

absl::StatusOr<bool> LedgerReader::WalkOn(Walk& walk) const {
  if (walk.is_cancelled()) {
    return absl::CancelledError("given up by the caller");
  }
  int links = 0;
  bool whole = true;
  const absl::Status read =
      means_.ledger.Scan(walk.municipality, walk.chain.verified().position(),
                         kStepLinks, [&](const StoredEntry& stored) {
                           ++links;
                           whole = walk.chain.Take(stored);
                         });
  if (!read.ok()) return decisions::ToRefusal(read);
  if (whole && links == kStepLinks) return false;
  walk.chain.End(walk.end);
  return true;
}

}  // namespace frikommune::ledger
