#ifndef FRIKOMMUNE_SERVICES_CATALOG_PAGE_H_
#define FRIKOMMUNE_SERVICES_CATALOG_PAGE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace frikommune::catalog {

// A part of a list: the items [first, last).
struct Page {
  int first = 0;
  int last = 0;
  // Asks for the page after; empty if there is none.
  std::string next_token;
};

// How many items a page has where the caller does not say.
constexpr int kPageSizeDefault = 50;

// The page of a list of `count` items that `token` asks for; the first one if
// it is empty. `list` names the list and the catalog it stands in: a token is
// good for that one alone, since in another the items are others.
//
// INVALID_ARGUMENT, reason PAGE_TOKEN_INVALID, if the token was not made here
// for `list`. `page_size` is 0 or more; 0 means kPageSizeDefault.
absl::StatusOr<Page> PageOf(absl::string_view list, int count, int page_size,
                            absl::string_view token);

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_SERVICES_CATALOG_PAGE_H_
