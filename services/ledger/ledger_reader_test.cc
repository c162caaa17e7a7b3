#include "services/ledger/ledger_reader.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "adapters/files/catalog_files.h"
#include "adapters/memory/ledger.h"
#include "core/error/error.h"

namespace frikommune::ledger {
namespace {

using decision::v1::ERROR_REASON_DATE_ORDER;
using decision::v1::ERROR_REASON_MUNICIPALITY_UNKNOWN;
using decision::v1::ERROR_REASON_PAGE_TOKEN_INVALID;

constexpr char kHome[] = "municipalities/851";

const CatalogInForce::Held& TheCatalog() {
  static const auto* const kCatalog =
      new auto(files::LoadCatalog(FRIKOMMUNE_SOURCE_DIR "/catalog"));
  return **kCatalog;
}

class LedgerReaderTest : public testing::Test {
 protected:
  // Keeps an entry, a second after the one before.
  void Keep(int municipality, const std::string& service = "certificates",
            const std::string& case_id = "case") {
    std::vector<LedgerDraft> drafts(1);
    v1::Entry& entry = drafts[0].entry;
    const std::string id = absl::StrCat(++kept_);
    entry.set_name(
        absl::StrCat("municipalities/", municipality, "/entries/", id));
    entry.set_municipality(municipality);
    entry.mutable_time()->set_seconds(kept_);
    entry.set_service(service);
    entry.set_request_id(id);
    entry.set_subject("subject-" + id);
    entry.mutable_index()->set_case_id(case_id);
    ledger_.Append(std::move(drafts), [](const auto&) {});
  }

  // The positions on all pages.
  std::vector<int64_t> List(v1::ListEntriesRequest request) {
    std::vector<int64_t> positions;
    request.set_municipality(kHome);
    do {
      v1::ListEntriesResponse response;
      const absl::Status status = reader_.List(request, response);
      EXPECT_TRUE(status.ok()) << status;
      EXPECT_LE(response.entries_size(), 50);
      for (const auto& entry : response.entries()) {
        positions.push_back(entry.position());
      }
      request.set_page_token(response.next_page_token());
    } while (!request.page_token().empty());
    return positions;
  }

  v1::VerifyLedgerResponse Verify() {
    v1::VerifyLedgerRequest request;
    request.set_municipality(kHome);
    v1::VerifyLedgerResponse response;
    absl::Notification done;
    reader_.Verify(
        request, response, [] { return false; },
        [&](const absl::Status& status) {
          EXPECT_TRUE(status.ok()) << status;
          done.Notify();
        });
    done.WaitForNotification();
    return response;
  }

  MemoryLedger ledger_;
  int kept_ = 0;
  work::WorkerPool workers_{1, 10};
  const CatalogInForce catalog_{TheCatalog()};
  const LedgerReader reader_{{catalog_, ledger_, workers_}};
};

TEST_F(LedgerReaderTest, ListsEveryEntryOnce) {
  EXPECT_TRUE(List({}).empty());
  for (int i = 0; i < 7; ++i) Keep(851);
  Keep(840);
  const std::vector<int64_t> all = {1, 2, 3, 4, 5, 6, 7};
  for (int size = 0; size <= 8; ++size) {
    v1::ListEntriesRequest request;
    request.set_page_size(size);
    EXPECT_EQ(List(request), all) << size;
  }
}

TEST_F(LedgerReaderTest, TheLastFullPageHasNoNext) {
  for (int i = 0; i < 4; ++i) Keep(851);
  v1::ListEntriesRequest request;
  request.set_municipality(kHome);
  request.set_page_size(4);
  v1::ListEntriesResponse response;
  ASSERT_TRUE(reader_.List(request, response).ok());
  EXPECT_EQ(response.entries_size(), 4);
  EXPECT_EQ(response.next_page_token(), "");
}

TEST_F(LedgerReaderTest, FiltersByEachField) {
  Keep(851);
  Keep(851, "rehab");
  Keep(851, "rehab", "other");
  using Positions = std::vector<int64_t>;
  v1::ListEntriesRequest request;
  request.mutable_filter()->set_service("rehab");
  EXPECT_EQ(List(request), (Positions{2, 3}));
  request.mutable_filter()->set_case_id("other");
  EXPECT_EQ(List(request), Positions{3});
  request.Clear();
  request.mutable_filter()->set_subject("subject-2");
  EXPECT_EQ(List(request), Positions{2});
  request.Clear();
  request.mutable_filter()->mutable_from_time()->set_seconds(2);
  EXPECT_EQ(List(request), (Positions{2, 3}));
  request.mutable_filter()->mutable_to_time()->set_seconds(3);
  EXPECT_EQ(List(request), Positions{2});
}

TEST_F(LedgerReaderTest, LooksForFewAmongManyInParts) {
  for (int i = 0; i < 9000; ++i) Keep(851);
  Keep(851, "rehab");
  v1::ListEntriesRequest request;
  request.mutable_filter()->set_service("rehab");
  EXPECT_EQ(List(request), std::vector<int64_t>{9001});
  request.set_municipality(kHome);
  v1::ListEntriesResponse response;
  ASSERT_TRUE(reader_.List(request, response).ok());
  EXPECT_EQ(response.entries_size(), 0);
  EXPECT_NE(response.next_page_token(), "");
}

TEST_F(LedgerReaderTest, RefusesTokensOfAnotherList) {
  for (int i = 0; i < 3; ++i) Keep(851);
  v1::ListEntriesRequest request;
  request.set_municipality(kHome);
  request.set_page_size(1);
  v1::ListEntriesResponse response;
  ASSERT_TRUE(reader_.List(request, response).ok());
  request.set_page_token(response.next_page_token());
  EXPECT_TRUE(reader_.List(request, response).ok());
  request.set_municipality("municipalities/840");
  const ErrorInfo refused = {ERROR_REASON_PAGE_TOKEN_INVALID, "page_token"};
  EXPECT_EQ(ErrorInfoOf(reader_.List(request, response)), refused);
  request.set_municipality(kHome);
  request.mutable_filter()->set_service("rehab");
  EXPECT_EQ(ErrorInfoOf(reader_.List(request, response)), refused);
}

TEST_F(LedgerReaderTest, RefusesWhatIsNotInTheNetworkAndTimesInDisorder) {
  v1::ListEntriesRequest request;
  v1::ListEntriesResponse response;
  request.set_municipality("municipalities/101");
  EXPECT_EQ(ErrorInfoOf(reader_.List(request, response)),
            (ErrorInfo{ERROR_REASON_MUNICIPALITY_UNKNOWN, "municipality"}));
  request.set_municipality(kHome);
  request.mutable_filter()->mutable_from_time()->set_seconds(2);
  request.mutable_filter()->mutable_to_time()->set_seconds(2);
  EXPECT_EQ(ErrorInfoOf(reader_.List(request, response)),
            (ErrorInfo{ERROR_REASON_DATE_ORDER, "filter.to_time"}));
}

TEST_F(LedgerReaderTest, AFollowerGetsWhatComesAfterItsCursor) {
  for (int i = 0; i < 500; ++i) Keep(851);
  v1::WatchEntriesRequest request;
  request.set_municipality(kHome);
  int64_t expected = 0;
  // Each time from the cursor alone, as after a disconnect.
  for (int page = 0; page < 4; ++page) {
    auto follower = reader_.Follow(request);
    ASSERT_TRUE(follower.ok()) << follower.status();
    v1::WatchEntriesResponse response;
    ASSERT_TRUE(reader_.ReadNext(*follower, response).ok());
    for (const auto& entry : response.entries()) {
      EXPECT_EQ(entry.position(), ++expected);
    }
    request.set_cursor(response.cursor());
    if (page == 2) Keep(851);
  }
  EXPECT_EQ(expected, 501);
}

TEST_F(LedgerReaderTest, RefusesCursorsThatAreNotOfThisLedger) {
  Keep(851);
  v1::GetLedgerHeadRequest head_request;
  head_request.set_municipality(kHome);
  v1::GetLedgerHeadResponse head;
  ASSERT_TRUE(reader_.GetHead(head_request, head).ok());
  v1::WatchEntriesRequest request;
  request.set_municipality(kHome);
  request.set_cursor(head.cursor());
  EXPECT_TRUE(reader_.Follow(request).ok());
  const ErrorInfo refused = {ERROR_REASON_PAGE_TOKEN_INVALID, "cursor"};
  for (const char* bad : {"840/1", "851/2", "851/-1", "851/01", "851", "1"}) {
    request.set_cursor(bad);
    EXPECT_EQ(ErrorInfoOf(reader_.Follow(request).status()), refused) << bad;
  }
}

TEST_F(LedgerReaderTest, TheHeadIsTheLastEntry) {
  v1::GetLedgerHeadRequest request;
  request.set_municipality(kHome);
  v1::GetLedgerHeadResponse response;
  ASSERT_TRUE(reader_.GetHead(request, response).ok());
  EXPECT_EQ(response.head().position(), 0);
  EXPECT_EQ(response.head().hash(), HashBeforeFirst());
  Keep(851);
  Keep(851);
  ASSERT_TRUE(reader_.GetHead(request, response).ok());
  EXPECT_EQ(response.head().position(), 2);
  EXPECT_EQ(response.head().hash(), ledger_.Read(851, 1, 1)->at(0).hash());
}

TEST_F(LedgerReaderTest, AWholeChainVerifiesToItsHead) {
  for (int i = 0; i < 2048; ++i) Keep(851);
  const auto verified = Verify();
  EXPECT_EQ(verified.verified().position(), 2048);
  EXPECT_EQ(verified.verified().hash(),
            ledger_.Read(851, 2047, 1)->at(0).hash());
  EXPECT_FALSE(verified.has_broken_link());
}

}  // namespace
}  // namespace frikommune::ledger
