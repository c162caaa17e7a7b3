#ifndef FRIKOMMUNE_PORTS_STORE_CENSUS_H_
#define FRIKOMMUNE_PORTS_STORE_CENSUS_H_

#include <map>
#include <optional>

#include "absl/time/time.h"

namespace frikommune {

// What stands in a store at a moment, for its operators: numbers only.
struct StoreCensus {
  // The agendas of meeting days that have not passed.
  struct Agenda {
    int free_places = 0;
    int taken_places = 0;
    // Days with more items than places, or two items in one place: never so.
    int overbooked_days = 0;
    // Items on a day after their case's last day.
    int missed_deadlines = 0;

    friend bool operator==(const Agenda&, const Agenda&) = default;
  };

  // Decisions of a municipality that wait for a leader's review.
  struct Reviews {
    int pending = 0;
    // Since when the oldest has waited; nothing if none does.
    std::optional<absl::Time> oldest;
  };

  std::optional<Agenda> agenda;
  // By the codes of the municipalities.
  std::map<int, Reviews> reviews;
};

}  // namespace frikommune

#endif  // FRIKOMMUNE_PORTS_STORE_CENSUS_H_
