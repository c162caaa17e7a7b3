#ifndef FRIKOMMUNE_TESTS_CONTRACT_CATALOG_STORE_CONTRACT_H_
#define FRIKOMMUNE_TESTS_CONTRACT_CATALOG_STORE_CONTRACT_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "ports/catalog_store.h"

namespace frikommune {

// What every store of catalogs does. Run it on one with
// INSTANTIATE_TEST_SUITE_P and a function that makes an empty one.
class CatalogStoreContract
    : public testing::TestWithParam<
          std::function<std::unique_ptr<CatalogStore>()>> {
 protected:
  const std::unique_ptr<CatalogStore> store_ = GetParam()();
};

TEST_P(CatalogStoreContract, GivesBackWhatItWasGiven) {
  const std::string content("a\0b\xff", 4);
  ASSERT_TRUE(store_->Keep("d1", content).ok());
  ASSERT_TRUE(store_->Keep("d2", "").ok());
  EXPECT_EQ(*store_->Find("d1"), content);
  EXPECT_EQ(*store_->Find("d2"), "");
  EXPECT_TRUE(absl::IsNotFound(store_->Find("d3").status()));
}

TEST_P(CatalogStoreContract, KeepsTheFirst) {
  ASSERT_TRUE(store_->Keep("d1", "a").ok());
  ASSERT_TRUE(store_->Keep("d1", "b").ok());
  EXPECT_EQ(*store_->Find("d1"), "a");
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(CatalogStoreContract);

}  // namespace frikommune

#endif  // FRIKOMMUNE_TESTS_CONTRACT_CATALOG_STORE_CONTRACT_H_
