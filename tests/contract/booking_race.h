#ifndef FRIKOMMUNE_TESTS_CONTRACT_BOOKING_RACE_H_
#define FRIKOMMUNE_TESTS_CONTRACT_BOOKING_RACE_H_

#include <functional>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/barrier.h"
#include "ports/agenda_store.h"

namespace frikommune {

// Many who want the few places of a few days at once, each a case of its own:
// everyone tries every day until one takes the case.
class BookingRace {
 public:
  static constexpr int kClients = 32;

  using Take = std::function<absl::StatusOr<rehab::v1::AgendaItem>(
      const AgendaRequest&, const std::string& day,
      const rehab::v1::AgendaItem&)>;

  // The days that must be there, by name and date, and the places of each.
  const std::vector<std::pair<std::string, std::string>>& days() const {
    return days_;
  }
  int places() const { return 4; }
  int places_of_all_days() const {
    return places() * static_cast<int>(days_.size());
  }

  // The items that got a place.
  std::vector<rehab::v1::AgendaItem> Run(const Take& take) const;

  // How many items have a place that another one has as well.
  static int GivenTwice(const std::vector<rehab::v1::AgendaItem>& items);

 private:
  const std::vector<std::pair<std::string, std::string>> days_ = {
      {"d1", "2019-03-12"},
      {"d2", "2019-03-19"},
      {"d3", "2019-03-26"},
      {"d4", "2019-04-02"},
      {"d5", "2019-04-09"}};
};

inline std::vector<rehab::v1::AgendaItem> BookingRace::Run(
    const Take& take) const {
  std::vector<std::vector<rehab::v1::AgendaItem>> got(kClients);
  auto* const start = new absl::Barrier(kClients);
  std::vector<std::thread> clients;
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&, client] {
      if (start->Block()) delete start;
      rehab::v1::AgendaItem item;
      item.set_name(absl::StrCat("item-", client));
      item.mutable_waiting_case()->set_case_id(absl::StrCat("case-", client));
      for (const auto& [day, date] : days_) {
        const AgendaRequest request{
            851, absl::StrCat("race-", client, "-", day), "digest"};
        auto taken = take(request, day, item);
        if (!taken.ok()) continue;
        got[static_cast<size_t>(client)].push_back(*std::move(taken));
        return;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  std::vector<rehab::v1::AgendaItem> items;
  for (auto& of_one : got) {
    items.insert(items.end(), of_one.begin(), of_one.end());
  }
  return items;
}

inline int BookingRace::GivenTwice(
    const std::vector<rehab::v1::AgendaItem>& items) {
  std::map<std::pair<std::string, int>, int> given;
  int twice = 0;
  for (const auto& item : items) {
    if (++given[{item.team_meeting(), item.place()}] > 1) ++twice;
  }
  return twice;
}

}  // namespace frikommune

#endif  // FRIKOMMUNE_TESTS_CONTRACT_BOOKING_RACE_H_
