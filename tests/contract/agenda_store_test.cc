#include "adapters/memory/agenda_store.h"

#include <latch>
#include <map>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "tests/contract/agenda_store_contract.h"

namespace frikommune {
namespace {

INSTANTIATE_TEST_SUITE_P(Memory, AgendaStoreContract,
                         testing::Values([]() -> std::unique_ptr<AgendaStore> {
                           return std::make_unique<MemoryAgendaStore>();
                         }));

// The control: a store that looks whether there is a place, and takes it in a
// step of its own. Each step by itself is safe for many threads. Nobody takes
// before everybody has looked, so that it need not be met by chance.
class TwoStepStore {
 public:
  explicit TwoStepStore(int places) : places_(places) {}

  absl::StatusOr<rehab::v1::AgendaItem> TakePlace(rehab::v1::AgendaItem item,
                                                  const std::string& day) {
    const int booked = Booked(day);
    looked_.arrive_and_wait();
    if (booked >= places_) return absl::FailedPreconditionError("full");
    absl::MutexLock lock(&mutex_);
    item.set_team_meeting(day);
    item.set_place(booked + 1);
    items_[day].push_back(item);
    return item;
  }

 private:
  int Booked(const std::string& day) {
    absl::MutexLock lock(&mutex_);
    return static_cast<int>(items_[day].size());
  }

  const int places_;
  std::latch looked_{BookingRace::kClients};
  absl::Mutex mutex_;
  std::map<std::string, std::vector<rehab::v1::AgendaItem>> items_
      ABSL_GUARDED_BY(mutex_);
};

// NoPlaceIsGivenTwiceWhoeverBooksAtOnce finds what it is there to find: in this
// store all 32 see the first place of the first day free, and all get it.
TEST(BookingRaceTest, FindsAStoreThatLooksAndTakesInTwoSteps) {
  const BookingRace race;
  TwoStepStore store(race.places());
  const auto items =
      race.Run([&store](const AgendaRequest&, const std::string& day,
                        const rehab::v1::AgendaItem& item) {
        return store.TakePlace(item, day);
      });
  EXPECT_EQ(BookingRace::GivenTwice(items), BookingRace::kClients - 1);
  EXPECT_GT(static_cast<int>(items.size()), race.places_of_all_days());
}

}  // namespace
}  // namespace frikommune
