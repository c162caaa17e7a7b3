#include "services/catalog/page.h"

#include <algorithm>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "core/error/error.h"

namespace frikommune::catalog {
namespace {

// The first item that a token asks for; -1 if it was not made for `list`.
int FirstOf(absl::string_view list, int count, absl::string_view token) {
  int first = 0;
  const bool ours = absl::ConsumePrefix(&token, list) &&
                    absl::ConsumePrefix(&token, "/") &&
                    absl::SimpleAtoi(token, &first) && first > 0 &&
                    first < count && token == absl::StrCat(first);
  return ours ? first : -1;
}

}  // namespace

absl::StatusOr<Page> PageOf(absl::string_view list, int count, int page_size,
                            absl::string_view token) {
  Page page;
  if (!token.empty()) page.first = FirstOf(list, count, token);
  if (page.first < 0) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     decision::v1::ERROR_REASON_PAGE_TOKEN_INVALID,
                     "page_token",
                     "page_token is not of this list and this catalog; begin "
                     "again without one");
  }
  const int size = page_size == 0 ? kPageSizeDefault : page_size;
  page.last = page.first + std::min(size, count - page.first);
  if (page.last < count) page.next_token = absl::StrCat(list, "/", page.last);
  return page;
}

}  // namespace frikommune::catalog
