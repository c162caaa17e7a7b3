#ifndef FRIKOMMUNE_ADAPTERS_SQL_AGENDA_STORE_H_
#define FRIKOMMUNE_ADAPTERS_SQL_AGENDA_STORE_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "adapters/sql/agenda_rows.h"
#include "adapters/sql/database.h"
#include "ports/agenda_store.h"

namespace frikommune::sql {

// Agendas in a database, of whatever engine.
//
// Every change claims its request first, so that of one that is sent twice at
// once the second waits for the first and gets its answer. Then it locks the
// days it touches in the order of their names, then the item: nobody waits in a
// circle.
class SqlAgendaStore final : public AgendaStore {
 public:
  explicit SqlAgendaStore(std::unique_ptr<Database> database)
      : database_(std::move(database)) {}

  absl::StatusOr<std::optional<AgendaChange>> Recall(
      const AgendaRequest& request) override;
  absl::StatusOr<AgendaChange> CreateTeamMeeting(
      const AgendaRequest& request,
      const rehab::v1::TeamMeeting& team_meeting) override;
  absl::StatusOr<AgendaChange> CancelTeamMeeting(
      const AgendaRequest& request, absl::string_view name,
      absl::string_view etag) override;
  absl::StatusOr<rehab::v1::TeamMeeting> GetTeamMeeting(
      int municipality, absl::string_view name) override;
  absl::StatusOr<std::vector<rehab::v1::TeamMeeting>> ListTeamMeetings(
      int municipality, const TeamMeetingFilter& filter,
      const AgendaPosition& after, int limit) override;
  absl::StatusOr<AgendaChange> TakePlace(
      const AgendaRequest& request, absl::string_view team_meeting,
      const rehab::v1::AgendaItem& item) override;
  absl::StatusOr<AgendaChange> MoveItem(
      const AgendaRequest& request, absl::string_view name,
      absl::string_view etag, absl::string_view team_meeting) override;
  absl::StatusOr<AgendaChange> WithdrawItem(const AgendaRequest& request,
                                            absl::string_view name,
                                            absl::string_view etag) override;
  absl::StatusOr<AgendaChange> Settle(const AgendaRequest& request,
                                      absl::string_view name,
                                      rehab::v1::AgendaItemState state,
                                      absl::string_view certificate) override;
  absl::StatusOr<rehab::v1::AgendaItem> GetItem(
      int municipality, absl::string_view name) override;
  absl::StatusOr<std::vector<rehab::v1::AgendaItem>> ListItems(
      int municipality, const AgendaItemFilter& filter,
      const AgendaPosition& after, int limit) override;

 private:
  // Changes rows, or refuses; then they are as they were.
  using Act = absl::FunctionRef<absl::Status(AgendaRows&, AgendaChange&)>;

  // Acts, unless the request is kept and `answered` says that this will do;
  // keeps what was done.
  absl::StatusOr<AgendaChange> Change(
      const AgendaRequest& request,
      absl::FunctionRef<bool(const AgendaChange&)> answered, Act act);
  absl::StatusOr<AgendaChange> Change(const AgendaRequest& request, Act act);
  // `read` may be run again from its beginning.
  absl::Status Read(int municipality,
                    absl::FunctionRef<absl::Status(AgendaRows&)> read);

  const std::unique_ptr<Database> database_;
};

}  // namespace frikommune::sql

#endif  // FRIKOMMUNE_ADAPTERS_SQL_AGENDA_STORE_H_
