#include "services/host/census_taker.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "frikommune/decision/v1/record.pb.h"

namespace frikommune::host {
namespace {

constexpr int kPage = 500;
constexpr int kPagesMax = 20;

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) +
         absl::Nanoseconds(time.nanos());
}

absl::Status CountReviews(const Counted& counted, int municipality,
                          StoreCensus::Reviews& reviews) {
  const SubjectFilter filter = {
      .service = counted.service,
      .state = decision::v1::DECISION_STATE_NEEDS_LEADER_REVIEW};
  std::string after;
  for (int page = 0; page < kPagesMax; ++page) {
    const auto entries =
        counted.ledger.ListSubjects(municipality, filter, after, kPage);
    if (!entries.ok()) return entries.status();
    for (const ledger::v1::Entry& entry : *entries) {
      ++reviews.pending;
      const absl::Time since = TimeOf(entry.time());
      reviews.oldest = std::min(reviews.oldest.value_or(since), since);
      after = entry.subject();
    }
    if (entries->size() < kPage) break;
  }
  return absl::OkStatus();
}

// The days and the items of a municipality from a day on.
class AgendaCount {
 public:
  AgendaCount(AgendaStore& store, int municipality, std::string today)
      : store_(store), municipality_(municipality), today_(std::move(today)) {}

  absl::Status AddTo(StoreCensus::Agenda& agenda) {
    if (absl::Status read = ReadDays(); !read.ok()) return read;
    if (absl::Status read = ReadItems(); !read.ok()) return read;
    agenda.missed_deadlines += missed_;
    for (const auto& [name, capacity] : capacities_) {
      const std::multiset<int>& places = taken_[name];
      const int taken = static_cast<int>(places.size());
      const std::set<int> apart(places.begin(), places.end());
      agenda.taken_places += taken;
      agenda.free_places += std::max(capacity - taken, 0);
      if (taken > capacity || apart.size() < places.size()) {
        ++agenda.overbooked_days;
      }
    }
    return absl::OkStatus();
  }

 private:
  absl::Status ReadDays() {
    AgendaPosition after;
    for (int page = 0; page < kPagesMax; ++page) {
      const auto days = store_.ListTeamMeetings(
          municipality_, {.from_date = today_, .to_date = ""}, after, kPage);
      if (!days.ok()) return days.status();
      for (const rehab::v1::TeamMeeting& day : *days) {
        after = {.date = day.date(), .name = day.name()};
        if (day.state() == rehab::v1::TEAM_MEETING_STATE_OPEN) {
          capacities_[day.name()] = day.capacity();
        }
      }
      if (days->size() < kPage) break;
    }
    return absl::OkStatus();
  }

  absl::Status ReadItems() {
    const absl::CivilDay first = [this] {
      absl::CivilDay day;
      absl::ParseCivilTime(today_, &day);
      return day;
    }();
    // After all that stands on the day before.
    AgendaPosition after = {.date = absl::FormatCivilTime(first - 1),
                            .place = std::numeric_limits<int>::max(),
                            .name = ""};
    for (int page = 0; page < kPagesMax; ++page) {
      const auto items = store_.ListItems(municipality_, {}, after, kPage);
      if (!items.ok()) return items.status();
      for (const rehab::v1::AgendaItem& item : *items) {
        after = {
            .date = item.date(), .place = item.place(), .name = item.name()};
        if (item.team_meeting().empty() ||
            item.state() == rehab::v1::AGENDA_ITEM_STATE_WITHDRAWN) {
          continue;
        }
        taken_[item.team_meeting()].insert(item.place());
        const std::string& deadline = item.waiting_case().deadline();
        if (!deadline.empty() && item.date() > deadline) ++missed_;
      }
      if (items->size() < kPage) break;
    }
    return absl::OkStatus();
  }

  AgendaStore& store_;
  const int municipality_;
  const std::string today_;
  std::map<std::string, int> capacities_;
  std::map<std::string, std::multiset<int>> taken_;
  int missed_ = 0;
};

}  // namespace

absl::StatusOr<StoreCensus> TakeCensus(const Counted& counted,
                                       const std::string& today) {
  StoreCensus census;
  if (counted.agenda != nullptr) census.agenda = StoreCensus::Agenda();
  for (const int municipality : counted.municipalities) {
    absl::Status read =
        CountReviews(counted, municipality, census.reviews[municipality]);
    if (read.ok() && counted.agenda != nullptr) {
      read = AgendaCount(*counted.agenda, municipality, today)
                 .AddTo(*census.agenda);
    }
    if (!read.ok()) return read;
  }
  return census;
}

CensusTaker::CensusTaker(Counted counted, absl::Duration pause, Tell tell)
    : counted_(std::move(counted)),
      pause_(pause),
      tell_(std::move(tell)),
      thread_([this] { CountUntilEnd(); }) {}

CensusTaker::~CensusTaker() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  thread_.join();
}

void CensusTaker::CountUntilEnd() {
  for (;;) {
    const std::string today = absl::FormatCivilTime(
        absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()));
    if (auto census = TakeCensus(counted_, today); census.ok()) {
      tell_(*std::move(census));
    }
    absl::MutexLock lock(&mutex_);
    if (mutex_.AwaitWithTimeout(absl::Condition(&ending_), pause_)) return;
  }
}

}  // namespace frikommune::host
