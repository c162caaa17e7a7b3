#include "services/rehab/agenda_page.h"

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "core/civil_time/date.h"
#include "core/error/error.h"
#include "core/ledger/request_digest.h"
#include "core/resource_id/resource_id.h"

namespace frikommune::rehab {
namespace {

// So many bytes of a digest tell lists apart well enough: a token gives no
// access that its caller does not have.
constexpr size_t kMarkBytes = 8;

std::string MarkOf(absl::string_view list) {
  return absl::BytesToHexString(ledger::Sha256(list).substr(0, kMarkBytes));
}

// Reads "MARK~DATE~PLACE~NAME".
bool Read(absl::string_view list, absl::string_view token,
          AgendaPosition& position) {
  const std::vector<absl::string_view> parts = absl::StrSplit(token, '~');
  if (parts.size() != 4 || parts[0] != MarkOf(list)) return false;
  position.date = std::string(parts[1]);
  position.name = std::string(parts[3]);
  return (position.date.empty() || civil_time::ParseDate(parts[1]).ok()) &&
         absl::SimpleAtoi(parts[2], &position.place) && position.place >= 0 &&
         ParseName(position.name).has_value() &&
         token == TokenAfter(list, position);
}

}  // namespace

int PageSizeOf(int asked) {
  return asked <= 0 ? kPageSizeDefault : std::min(asked, kPageSizeMax);
}

std::string TokenAfter(absl::string_view list, const AgendaPosition& position) {
  return absl::StrCat(MarkOf(list), "~", position.date, "~", position.place,
                      "~", position.name);
}

absl::StatusOr<AgendaPosition> PositionOf(absl::string_view list,
                                          absl::string_view token) {
  AgendaPosition position;
  if (token.empty() || Read(list, token, position)) return position;
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_PAGE_TOKEN_INVALID, "page_token",
                   "page_token is not of this list; begin again without one");
}

}  // namespace frikommune::rehab
