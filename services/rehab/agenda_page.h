#ifndef FRIKOMMUNE_SERVICES_REHAB_AGENDA_PAGE_H_
#define FRIKOMMUNE_SERVICES_REHAB_AGENDA_PAGE_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "ports/agenda_store.h"

namespace frikommune::rehab {

// How many items a page has where the caller does not say, and at most.
constexpr int kPageSizeDefault = 50;
constexpr int kPageSizeMax = 1000;

// The number of items of a page, where 0 was asked for or any other number.
int PageSizeOf(int asked);

// The lists of the agenda change while they are read. A page begins after the
// last thing of the page before, wherever that has gone: nothing that stays is
// passed over, and nothing comes twice unless it was moved.
//
// `list` is what is listed, with its filter: a token is good for that alone.

// The token of the page after a position.
std::string TokenAfter(absl::string_view list, const AgendaPosition& position);

// The position that a token of TokenAfter stands for; the beginning if it is
// empty. INVALID_ARGUMENT, reason PAGE_TOKEN_INVALID, if it was not made here
// for `list`.
absl::StatusOr<AgendaPosition> PositionOf(absl::string_view list,
                                          absl::string_view token);

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_SERVICES_REHAB_AGENDA_PAGE_H_
