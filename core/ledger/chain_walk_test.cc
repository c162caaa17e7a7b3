#include "core/ledger/chain_walk.h"

#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_cat.h"

namespace frikommune::ledger {
namespace {

// A row of a store.
struct Row {
  int64_t position = 0;
  std::string request_id;
  std::string subject;
  std::string bytes;
  std::string previous_hash;
  std::string hash;

  StoredEntry Stored() const {
    return {position, request_id, subject, bytes, previous_hash, hash};
  }
};

Row RowOf(const v1::Entry& entry) {
  v1::Entry content = entry;
  content.clear_position();
  content.clear_previous_hash();
  content.clear_hash();
  return {entry.position(),      entry.request_id(),
          entry.subject(),       content.SerializeAsString(),
          entry.previous_hash(), entry.hash()};
}

v1::Entry EntryAfter(const v1::LedgerHead& head) {
  v1::Entry entry;
  entry.set_name(
      absl::StrCat("municipalities/851/entries/", head.position() + 1));
  entry.set_municipality(851);
  entry.mutable_time()->set_seconds(1546300800);
  entry.set_request_id(absl::StrCat("r", head.position() + 1));
  entry.set_subject("s");
  entry.set_response("v");
  entry.mutable_index()->set_day(-1);
  Link(head.position(), head.hash(), entry);
  return entry;
}

std::vector<Row> ChainOf(int count) {
  std::vector<Row> rows;
  v1::LedgerHead head;
  head.set_hash(HashBeforeFirst());
  for (int i = 0; i < count; ++i) {
    const v1::Entry entry = EntryAfter(head);
    head.set_position(entry.position());
    head.set_hash(entry.hash());
    rows.push_back(RowOf(entry));
  }
  return rows;
}

// "3 CHANGED name", or "" for a chain that is whole.
std::string FirstFaultOf(const std::vector<Row>& rows, int64_t end) {
  ChainWalk walk(851);
  for (const Row& row : rows) walk.Take(row.Stored());
  walk.End(end);
  if (!walk.broken().has_value()) return "";
  return absl::StrCat(walk.broken()->position(), " ",
                      v1::LinkFault_Name(walk.broken()->fault()), " ",
                      walk.broken()->name());
}

TEST(ChainWalkTest, AWholeChainIsFoundWhole) {
  EXPECT_EQ(FirstFaultOf({}, 0), "");
  const std::vector<Row> rows = ChainOf(5);
  EXPECT_EQ(FirstFaultOf(rows, 5), "");
  ChainWalk walk(851);
  for (const Row& row : rows) EXPECT_TRUE(walk.Take(row.Stored()));
  EXPECT_EQ(walk.verified().position(), 5);
  EXPECT_EQ(walk.verified().hash(), rows.back().hash);
}

TEST(ChainWalkTest, EveryBitOfAnEntryIsGuarded) {
  const std::vector<Row> rows = ChainOf(3);
  for (std::string Row::*const part :
       {&Row::bytes, &Row::previous_hash, &Row::hash}) {
    for (size_t i = 0; i < (rows[1].*part).size() * 8; ++i) {
      std::vector<Row> changed = rows;
      char& byte = (changed[1].*part)[i / 8];
      byte = static_cast<char>(byte ^ (1 << (i % 8)));
      EXPECT_EQ(FirstFaultOf(changed, 3).substr(0, 2), "2 ") << i;
    }
  }
}

TEST(ChainWalkTest, BytesThatTellOfAPlaceAreNotWhatWasKept) {
  std::vector<Row> rows = ChainOf(2);
  v1::Entry place;
  place.set_position(2);
  v1::Entry content;
  ASSERT_TRUE(content.ParseFromString(rows[1].bytes));
  content.MergeFrom(place);
  rows[1].bytes = content.SerializeAsString();
  EXPECT_EQ(FirstFaultOf(rows, 2),
            "2 LINK_FAULT_CHANGED municipalities/851/entries/2");
}

TEST(ChainWalkTest, WhatTheStoreCannotReadWasChanged) {
  const std::vector<Row> rows = ChainOf(1);
  StoredEntry stored = rows[0].Stored();
  stored.bytes.reset();
  ChainWalk walk(851);
  EXPECT_FALSE(walk.Take(stored));
  EXPECT_EQ(walk.broken()->fault(), v1::LINK_FAULT_CHANGED);
  EXPECT_EQ(walk.broken()->position(), 1);
}

TEST(ChainWalkTest, WhatIsMissingIsNamed) {
  std::vector<Row> rows = ChainOf(4);
  EXPECT_EQ(FirstFaultOf({rows[1], rows[2]}, 3), "1 LINK_FAULT_MISSING ");
  EXPECT_EQ(FirstFaultOf({rows[0], rows[1], rows[3]}, 4),
            "3 LINK_FAULT_MISSING ");
  // The last one, where something else tells that it was there.
  EXPECT_EQ(FirstFaultOf({rows[0], rows[1], rows[2]}, 4),
            "4 LINK_FAULT_MISSING ");
}

TEST(ChainWalkTest, WhatWasSwappedIsNamed) {
  const std::vector<Row> rows = ChainOf(4);
  std::vector<Row> swapped = rows;
  std::swap(swapped[1].position, swapped[2].position);
  std::swap(swapped[1], swapped[2]);
  EXPECT_EQ(FirstFaultOf(swapped, 4),
            "2 LINK_FAULT_MISPLACED municipalities/851/entries/3");
  swapped = rows;
  std::swap(swapped[1].bytes, swapped[2].bytes);
  EXPECT_EQ(FirstFaultOf(swapped, 4),
            "2 LINK_FAULT_CHANGED municipalities/851/entries/3");
  swapped = rows;
  std::swap(swapped[1].request_id, swapped[2].request_id);
  EXPECT_EQ(FirstFaultOf(swapped, 4),
            "2 LINK_FAULT_MISPLACED municipalities/851/entries/2");
}

TEST(ChainWalkTest, AnEntryThatWasMadeAnewDoesNotFit) {
  std::vector<Row> rows = ChainOf(3);
  v1::Entry entry;
  ASSERT_TRUE(Read(rows[1].Stored(), entry));
  entry.set_response("w");
  Link(1, entry.previous_hash(), entry);
  rows[1] = RowOf(entry);
  EXPECT_EQ(FirstFaultOf(rows, 3),
            "3 LINK_FAULT_UNLINKED municipalities/851/entries/3");
  rows[1].bytes = "no entry";
  EXPECT_EQ(FirstFaultOf(rows, 3), "2 LINK_FAULT_UNREADABLE ");
}

}  // namespace
}  // namespace frikommune::ledger
