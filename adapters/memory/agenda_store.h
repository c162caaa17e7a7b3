#ifndef FRIKOMMUNE_ADAPTERS_MEMORY_AGENDA_STORE_H_
#define FRIKOMMUNE_ADAPTERS_MEMORY_AGENDA_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/synchronization/mutex.h"
#include "ports/agenda_store.h"

namespace frikommune {

// An agenda store that lasts as long as its process. Tests derive from it what
// fails.
class MemoryAgendaStore : public AgendaStore {
 public:
  absl::StatusOr<std::optional<AgendaChange>> Recall(
      const AgendaRequest& request) override ABSL_LOCKS_EXCLUDED(mutex_);

  absl::StatusOr<AgendaChange> CreateTeamMeeting(
      const AgendaRequest& request,
      const rehab::v1::TeamMeeting& team_meeting) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<AgendaChange> CancelTeamMeeting(
      const AgendaRequest& request, absl::string_view name,
      absl::string_view etag) override ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<rehab::v1::TeamMeeting> GetTeamMeeting(
      int municipality, absl::string_view name) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<std::vector<rehab::v1::TeamMeeting>> ListTeamMeetings(
      int municipality, const TeamMeetingFilter& filter,
      const AgendaPosition& after, int limit) override
      ABSL_LOCKS_EXCLUDED(mutex_);

  absl::StatusOr<AgendaChange> TakePlace(
      const AgendaRequest& request, absl::string_view team_meeting,
      const rehab::v1::AgendaItem& item) override ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<AgendaChange> MoveItem(const AgendaRequest& request,
                                        absl::string_view name,
                                        absl::string_view etag,
                                        absl::string_view team_meeting) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<AgendaChange> WithdrawItem(const AgendaRequest& request,
                                            absl::string_view name,
                                            absl::string_view etag) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<AgendaChange> Settle(const AgendaRequest& request,
                                      absl::string_view name,
                                      rehab::v1::AgendaItemState state,
                                      absl::string_view certificate) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<rehab::v1::AgendaItem> GetItem(int municipality,
                                                absl::string_view name) override
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<std::vector<rehab::v1::AgendaItem>> ListItems(
      int municipality, const AgendaItemFilter& filter,
      const AgendaPosition& after, int limit) override
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  struct Day {
    rehab::v1::TeamMeeting meeting;
    // The names of the items, by place.
    absl::btree_map<int, std::string> places;
  };
  struct KeptRequest {
    std::string digest;
    AgendaChange change;
  };
  // What one municipality has.
  struct Book {
    absl::flat_hash_map<std::string, KeptRequest> requests;
    absl::btree_map<std::string, Day> days;
    absl::btree_map<std::string, rehab::v1::AgendaItem> items;
    // The item of a case that is not withdrawn.
    absl::flat_hash_map<std::string, std::string> item_of_case;
    int changes = 0;

    Day* FindDay(absl::string_view name);
    rehab::v1::AgendaItem* FindItem(absl::string_view name);
    std::string NextEtag();
    // Puts an item on a day that has a place, or takes it from its own.
    void PutOn(Day& day, rehab::v1::AgendaItem& item);
    void TakeOff(rehab::v1::AgendaItem& item);
  };
  // Changes a book, or refuses and leaves it as it was.
  using Act = absl::FunctionRef<absl::Status(Book&, AgendaChange&)>;

  // Acts, unless the request is kept; keeps it.
  absl::StatusOr<AgendaChange> Change(const AgendaRequest& request, Act act)
      ABSL_LOCKS_EXCLUDED(mutex_);
  static absl::StatusOr<std::optional<AgendaChange>> Find(
      const Book& book, const AgendaRequest& request);

  absl::Mutex mutex_;
  absl::flat_hash_map<int, Book> books_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_ADAPTERS_MEMORY_AGENDA_STORE_H_
