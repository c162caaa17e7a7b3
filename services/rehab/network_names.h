#ifndef FRIKOMMUNE_SERVICES_REHAB_NETWORK_NAMES_H_
#define FRIKOMMUNE_SERVICES_REHAB_NETWORK_NAMES_H_

#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace frikommune::rehab {

// The collections of the agenda.
constexpr char kTeamMeetings[] = "teamMeetings";
constexpr char kAgendaItems[] = "agendaItems";

// Reads the names of a request. `field` is where the name stands. Immutable
// and thread-safe.
//
// INVALID_ARGUMENT, reason NAME_INVALID, if it is not written as its field
// states; NOT_FOUND, reason MUNICIPALITY_UNKNOWN, if the municipality is not in
// the network.
class NetworkNames {
 public:
  explicit NetworkNames(absl::flat_hash_set<int> municipalities)
      : municipalities_(std::move(municipalities)) {}

  // The municipality of "municipalities/851".
  absl::StatusOr<int> Municipality(absl::string_view name,
                                   absl::string_view field) const;

  // The municipality of "municipalities/851/teamMeetings/01HF...".
  absl::StatusOr<int> MunicipalityOf(absl::string_view name,
                                     absl::string_view collection,
                                     absl::string_view field) const;

  // Whether a name is one of the municipality's. Another's is NOT_FOUND, reason
  // RESOURCE_UNKNOWN, whether it is there or not.
  static absl::Status CheckIsOf(int municipality, absl::string_view name,
                                absl::string_view collection,
                                absl::string_view field);

 private:
  absl::StatusOr<int> InNetwork(int municipality,
                                absl::string_view field) const;

  const absl::flat_hash_set<int> municipalities_;
};

}  // namespace frikommune::rehab

#endif  // FRIKOMMUNE_SERVICES_REHAB_NETWORK_NAMES_H_
