#ifndef FRIKOMMUNE_ADAPTERS_SQL_AGENDA_ROWS_H_
#define FRIKOMMUNE_ADAPTERS_SQL_AGENDA_ROWS_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/sql/database.h"
#include "ports/agenda_store.h"

namespace frikommune::sql {

// A day or an item whose row is locked to the end of the transaction, as it
// stands, and the etag that it gets if it is changed.
template <typename Message>
struct Locked {
  Message message;
  std::string next_etag;
};

// The rows of one municipality's agendas (docs/adr/0009), in the transaction of
// a session. Whatever is claimed is decided by a key, in one statement.
class AgendaRows {
 public:
  using Day = rehab::v1::TeamMeeting;
  using Item = rehab::v1::AgendaItem;

  // The request, with what it did if it is kept.
  struct KeptRequest {
    std::string digest;
    std::optional<AgendaChange> change;
  };

  AgendaRows(Session& session, int municipality)
      : session_(session), municipality_(municipality) {}

  absl::StatusOr<std::optional<KeptRequest>> FindRequest(const std::string& id);
  // Locks the request's row, and makes it if it is not there; then it has no
  // change, and KeepChange must follow.
  absl::StatusOr<KeptRequest> ClaimRequest(const AgendaRequest& request);
  absl::Status KeepChange(const AgendaRequest& request,
                          const AgendaChange& change);

  absl::StatusOr<std::optional<Day>> FindDay(absl::string_view name);
  absl::StatusOr<std::optional<Locked<Day>>> LockDay(absl::string_view name);
  // The day gets its first etag.
  absl::Status InsertDay(Day& day);
  absl::Status UpdateDay(const Day& day);
  absl::StatusOr<std::vector<Day>> ListDays(const TeamMeetingFilter& filter,
                                            const AgendaPosition& after,
                                            int limit);

  absl::StatusOr<std::optional<Item>> FindItem(absl::string_view name);
  absl::StatusOr<std::optional<Locked<Item>>> LockItem(absl::string_view name);
  // The item gets its first etag.
  absl::Status InsertItem(Item& item);
  absl::Status UpdateItem(const Item& item);
  absl::StatusOr<std::vector<Item>> ListItems(const AgendaItemFilter& filter,
                                              const AgendaPosition& after,
                                              int limit);

  // The names of the items on a day, in the order of their places.
  absl::StatusOr<std::vector<std::string>> ItemsOn(const Day& day);
  // The lowest place of a day that is free: one above its capacity if none is.
  absl::StatusOr<int> LowestFreePlace(const Day& day);
  // ABORTED if the place is another item's.
  absl::Status ClaimPlace(const Day& day, int place, const Item& item);
  absl::Status FreePlace(const Item& item);

  // Whether the case had no item.
  absl::StatusOr<bool> ClaimCase(const Item& item);
  absl::Status FreeCase(const Item& item);

 private:
  absl::Status Run(const std::string& statement,
                   absl::Span<const Value> values);

  Session& session_;
  const int64_t municipality_;
};

}  // namespace frikommune::sql

#endif  // FRIKOMMUNE_ADAPTERS_SQL_AGENDA_ROWS_H_
