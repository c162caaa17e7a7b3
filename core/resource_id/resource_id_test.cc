#include "core/resource_id/resource_id.h"

#include <gtest/gtest.h>

#include <limits>

namespace frikommune {
namespace {

constexpr uint64_t kLast = (uint64_t{1} << 48) - 1;

TEST(ResourceIdTest, IsWrittenInTwentySixDigits) {
  EXPECT_EQ(WriteId({}), "00000000000000000000000000");
  EXPECT_EQ(WriteId({kLast, 0xFFFF, std::numeric_limits<uint64_t>::max()}),
            "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
  EXPECT_EQ(WriteId({1, 0, 0}), "00000000010000000000000000");
  EXPECT_EQ(WriteId({0, 0, 31}), "0000000000000000000000000Z");
  // Bit 64 of the random part is the lowest of its 65th place.
  EXPECT_EQ(WriteId({0, 1, 0}), "0000000000000G000000000000");
}

TEST(ResourceIdTest, SortsAsItsNumbers) {
  const ResourceId ids[] = {
      {5, 0, 0},    {5, 0, 1},      {5, 0, uint64_t{1} << 63},
      {5, 1, 0},    {5, 0x8000, 0}, {6, 0, 0},
      {kLast, 0, 0}};
  for (size_t i = 1; i < std::size(ids); ++i) {
    EXPECT_LT(WriteId(ids[i - 1]), WriteId(ids[i])) << i;
    EXPECT_LT(ids[i - 1], ids[i]) << i;
  }
}

TEST(ResourceIdTest, KnowsAnId) {
  EXPECT_TRUE(IsId("01HF7YAT000000000000000000"));
  for (const char* bad :
       {"", "01HF7YAT00000000000000000", "01HF7YAT0000000000000000000",
        "01hf7yat000000000000000000", "01HF7YATI00000000000000000",
        "81HF7YAT000000000000000000", "01HF7YAT00000/000000000000"}) {
    EXPECT_FALSE(IsId(bad)) << bad;
  }
}

TEST(ResourceNameTest, IsTakenApartAndPutTogether) {
  const std::string name = WriteName(851, "decisions", WriteId({7, 7, 7}));
  const auto parts = ParseName(name);
  ASSERT_TRUE(parts.has_value());
  EXPECT_EQ(parts->municipality, 851);
  EXPECT_EQ(parts->collection, "decisions");
  EXPECT_EQ(WriteName(851, parts->collection, parts->id), name);
  const std::string id = WriteId({});
  for (const std::string& bad : std::initializer_list<std::string>{
           "", "municipalities/851", "municipalities/851/decisions/",
           "municipalities/0851/decisions/" + id,
           "municipalities//decisions/" + id, "municipalities/851//" + id,
           "municipalities/-1/decisions/" + id,
           "municipalities/851/decisions/" + id + "/x",
           "decisions/851/municipalities/" + id}) {
    EXPECT_FALSE(ParseName(bad).has_value()) << bad;
  }
}

TEST(MunicipalityTest, IsReadFromItsName) {
  EXPECT_EQ(ParseMunicipality("municipalities/851"), 851);
  for (const char* bad :
       {"", "851", "municipalities/", "municipalities/x", "municipality/851",
        "municipalities/851/x", "municipalities/+851", "municipalities/0"}) {
    EXPECT_FALSE(ParseMunicipality(bad).has_value()) << bad;
  }
}

}  // namespace
}  // namespace frikommune
