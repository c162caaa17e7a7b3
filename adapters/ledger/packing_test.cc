#include "adapters/ledger/packing.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/random/random.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace frikommune::ledger {
namespace {

std::string RandomBytes(size_t size) {
  absl::BitGen random;
  std::string bytes(size, '\0');
  for (char& byte : bytes)
    byte = static_cast<char>(absl::Uniform(random, 0, 256));
  return bytes;
}

TEST(PackingTest, WhatIsPackedComesOutAsItWas) {
  for (const std::string& bytes :
       {std::string(), std::string("x"), std::string(100000, 'x'),
        RandomBytes(1), RandomBytes(5000)}) {
    const std::string packed = Pack(bytes);
    EXPECT_EQ(Unpack(packed), bytes) << bytes.size();
  }
}

TEST(PackingTest, EntriesBecomeFarShorter) {
  std::string bytes;
  for (int i = 0; i < 3; ++i) {
    absl::StrAppend(&bytes, "municipalities/851/decisions/", i,
                    "frikommune.decision.v1.RecordedDecision",
                    "The preparatory part of the rehabilitation plan must hold "
                    "your doctor's assessment after a consultation.");
  }
  EXPECT_LT(Pack(bytes).size() * 4, bytes.size());
}

TEST(PackingTest, EveryBitIsGuarded) {
  const std::string packed = Pack("municipalities/851/decisions/01HF");
  for (size_t i = 0; i < packed.size() * 8; ++i) {
    std::string changed = packed;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
    EXPECT_EQ(Unpack(changed), std::nullopt) << i;
  }
  for (size_t size = 0; size < packed.size(); ++size) {
    EXPECT_EQ(Unpack(packed.substr(0, size)), std::nullopt) << size;
  }
  EXPECT_EQ(Unpack(packed + "x"), std::nullopt);
}

// An entry that was kept by an earlier program is read by this one.
TEST(PackingTest, WhatWasPackedOnceCanBeUnpackedForEver) {
  const std::string packed = absl::HexStringToBytes(
      "41d024a3b3e5d4f828b52ffd2101398d00001848462c03fcd12b065c26a167f2"
      "4cdb5c");
  EXPECT_EQ(Unpack(packed),
            "municipalities/851/decisions/01HF, frikommune.decision.v1");
}

}  // namespace
}  // namespace frikommune::ledger
