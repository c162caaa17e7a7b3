#include "services/catalog/page.h"

#include <gtest/gtest.h>

#include "core/error/error.h"

namespace frikommune::catalog {
namespace {

TEST(PageTest, GoesThroughAListOnce) {
  std::string token;
  int seen = 0, pages = 0;
  do {
    const auto page = PageOf("experiments-ab", 11, 4, token);
    ASSERT_TRUE(page.ok()) << page.status();
    EXPECT_EQ(page->first, seen);
    seen = page->last;
    token = page->next_token;
    ++pages;
  } while (!token.empty());
  EXPECT_EQ(seen, 11);
  EXPECT_EQ(pages, 3);
}

TEST(PageTest, TheLastFullPageHasNoNext) {
  EXPECT_EQ(PageOf("x", 4, 4, "")->next_token, "");
  EXPECT_NE(PageOf("x", 5, 4, "")->next_token, "");
  EXPECT_EQ(PageOf("x", 50, 0, "")->next_token, "");
  EXPECT_NE(PageOf("x", 51, 0, "")->next_token, "");
}

TEST(PageTest, AnEmptyListIsOneEmptyPage) {
  const auto page = PageOf("x", 0, 10, "");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->last, 0);
  EXPECT_EQ(page->next_token, "");
}

TEST(PageTest, RefusesATokenThatIsNotItsOwn) {
  const std::string good = PageOf("x", 9, 4, "")->next_token;
  ASSERT_TRUE(PageOf("x", 9, 4, good).ok());
  for (const std::string& bad :
       {std::string("4"), std::string("x"), std::string("x/"),
        std::string("x/0"), std::string("x/-4"), std::string("x/04"),
        std::string("x/ 4"), std::string("x/9"), std::string("x/99999999999"),
        std::string("y/4"), good + " "}) {
    EXPECT_EQ(ErrorInfoOf(PageOf("x", 9, 4, bad).status()),
              (ErrorInfo{decision::v1::ERROR_REASON_PAGE_TOKEN_INVALID,
                         "page_token"}))
        << bad;
  }
}

}  // namespace
}  // namespace frikommune::catalog
