#include "cli/text_table.h"

#include "gmock/gmock.h"

namespace frikommune::cli {
namespace {

using testing::ElementsAre;

TEST(WrapTest, BreaksAtTheSpaceThatStillFits) {
  EXPECT_THAT(Wrap("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(Wrap("one two three", 6), ElementsAre("one", "two", "three"));
}

TEST(WrapTest, CountsDanishLettersAsOne) {
  EXPECT_THAT(Wrap("Læsø Morsø", 10), ElementsAre("Læsø Morsø"));
  EXPECT_THAT(Wrap("Læsø Morsø", 9), ElementsAre("Læsø", "Morsø"));
}

TEST(WrapTest, BreaksAWordLongerThanALineBetweenCharacters) {
  EXPECT_THAT(Wrap("æøåæø", 2), ElementsAre("æø", "åæ", "ø"));
}

TEST(WrapTest, KeepsLineBreaksAndEmptyText) {
  EXPECT_THAT(Wrap("a\nb", 5), ElementsAre("a", "b"));
  EXPECT_THAT(Wrap("", 5), ElementsAre(""));
}

TEST(TextTableTest, SetsCellsBesideEachOther) {
  const TextTable table({{"Case", 6}, {"Answer", 6}});
  EXPECT_EQ(table.Head(),
            "-------+-------\nCase   | Answer\n-------+-------\n");
  EXPECT_EQ(table.Row({"a long case", "yes"}),
            "a long | yes\ncase   |\n-------+-------\n");
}

}  // namespace
}  // namespace frikommune::cli
