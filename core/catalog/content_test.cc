#include "core/catalog/content.h"

#include <gtest/gtest.h>

#include <utility>

namespace frikommune::catalog {
namespace {

Catalog Small() {
  Catalog catalog;
  catalog.network.add_municipalities()->set_code(851);
  catalog.provisions.push_back(std::make_unique<v1::Provision>());
  catalog.provisions.back()->set_id("a/b");
  catalog.experiments.push_back(std::make_unique<v1::Experiment>());
  catalog.experiments.back()->set_id("E02");
  return catalog;
}

TEST(ContentTest, ACatalogIsTheSameAfterwards) {
  const Catalog catalog = Small();
  const std::string content = ContentOf(catalog);
  const auto again = CatalogIn(content, DigestOf(catalog));
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(ContentOf(*again), content);
  EXPECT_EQ(again->experiments[0]->id(), "E02");
}

TEST(ContentTest, AnotherCatalogIsNoneOfThatDigest) {
  const Catalog catalog = Small();
  Catalog other = Small();
  other.provisions[0]->set_id("a/c");
  for (const std::string& content : {ContentOf(other), std::string("x")}) {
    EXPECT_TRUE(
        absl::IsDataLoss(CatalogIn(content, DigestOf(catalog)).status()));
  }
}

}  // namespace
}  // namespace frikommune::catalog
