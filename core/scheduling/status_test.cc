#include "core/scheduling/status.h"

#include "gmock/gmock.h"

namespace frikommune::scheduling {
namespace {

using catalog::kNone;
using decision::v1::Outcome;

// A duty that may be done from day 100 to day 141, best from day 120.
decision::Stretches Days() {
  return {{100, 141, decision::v1::OUTCOME_ALLOWED_BY_LAW, nullptr}};
}
DutyView Duty() {
  DutyView duty;
  duty.earliest = 100;
  duty.latest = 141;
  return duty;
}

TEST(StatusByDaysTest, IsDueFromTheFirstDayToTheLast) {
  EXPECT_EQ(StatusByDays(Days(), Duty(), 99, false), v1::DUTY_STATUS_UPCOMING);
  EXPECT_EQ(StatusByDays(Days(), Duty(), 100, false), v1::DUTY_STATUS_DUE);
  EXPECT_EQ(StatusByDays(Days(), Duty(), 141, false), v1::DUTY_STATUS_DUE);
  EXPECT_EQ(StatusByDays(Days(), Duty(), 142, false), v1::DUTY_STATUS_OVERDUE);
}

TEST(StatusByDaysTest, ABestTimeIsWaitedFor) {
  DutyView duty = Duty();
  duty.target_from = 120;
  EXPECT_EQ(StatusByDays(Days(), duty, 119, false), v1::DUTY_STATUS_UPCOMING);
  EXPECT_EQ(StatusByDays(Days(), duty, 120, false), v1::DUTY_STATUS_DUE);
}

TEST(StatusByDaysTest, OneThatWaitsIsUpcomingUntilItIsOverdue) {
  EXPECT_EQ(StatusByDays(Days(), Duty(), 130, true), v1::DUTY_STATUS_UPCOMING);
  EXPECT_EQ(StatusByDays(Days(), Duty(), 142, true), v1::DUTY_STATUS_OVERDUE);
}

TEST(StatusByDaysTest, WithoutALastDayNothingIsRequired) {
  DutyView duty = Duty();
  duty.latest = kNone;
  EXPECT_EQ(StatusByDays(Days(), duty, 500, false),
            v1::DUTY_STATUS_NOT_REQUIRED);
  EXPECT_EQ(StatusByDays({}, duty, 500, false), v1::DUTY_STATUS_UNSPECIFIED);
}

// What an outcome with a deadline on day 200 is on a day.
struct Case {
  const char* name;
  Outcome outcome;
  catalog::Value deadline;
  catalog::Value as_of;
  bool has_event;
  v1::DutyStatus want;
};

// clang-format off
const Case kCases[] = {
    {"RequiredOnTheDay", decision::v1::OUTCOME_REASSESSMENT_REQUIRED, 200, 200, false, v1::DUTY_STATUS_DUE},
    {"RequiredAfterIt", decision::v1::OUTCOME_REASSESSMENT_REQUIRED, 200, 201, false, v1::DUTY_STATUS_OVERDUE},
    {"RequiredWithoutDay", decision::v1::OUTCOME_MENTOR_REQUIRED, kNone, 201, false, v1::DUTY_STATUS_DUE},
    {"FollowupBefore", decision::v1::OUTCOME_FOLLOWUP_DUE, 200, 199, true, v1::DUTY_STATUS_UPCOMING},
    {"FollowupOn", decision::v1::OUTCOME_FOLLOWUP_DUE, 200, 200, true, v1::DUTY_STATUS_DUE},
    {"FollowupAfter", decision::v1::OUTCOME_FOLLOWUP_DUE, 200, 201, true, v1::DUTY_STATUS_OVERDUE},
    {"Overdue", decision::v1::OUTCOME_CONTACT_OVERDUE, 200, 100, true, v1::DUTY_STATUS_OVERDUE},
    {"Alert", decision::v1::OUTCOME_CONTACT_ALERT, kNone, 100, true, v1::DUTY_STATUS_OVERDUE},
    {"Postponed", decision::v1::OUTCOME_POSTPONED, 200, 100, true, v1::DUTY_STATUS_UPCOMING},
    {"Exempt", decision::v1::OUTCOME_MENTOR_EXEMPT, kNone, 100, false, v1::DUTY_STATUS_EXEMPT},
    {"Waived", decision::v1::OUTCOME_REASSESSMENT_WAIVED, 200, 100, false, v1::DUTY_STATUS_NOT_REQUIRED},
    {"AllowedUntilTheNext", decision::v1::OUTCOME_ALLOWED_BY_LAW, 200, 100, true, v1::DUTY_STATUS_UPCOMING},
    {"NotOnFile", decision::v1::OUTCOME_LAW_NOT_ON_FILE, kNone, 100, true, v1::DUTY_STATUS_UNSPECIFIED},
    {"FactsMissing", decision::v1::OUTCOME_INSUFFICIENT_FACTS, kNone, 100, true, v1::DUTY_STATUS_UNSPECIFIED},
};
// clang-format on

class StatusByOutcomeTest : public testing::TestWithParam<Case> {};

TEST_P(StatusByOutcomeTest, Says) {
  const Case& c = GetParam();
  EXPECT_EQ(StatusByOutcome(c.outcome, c.deadline, c.as_of, c.has_event),
            c.want);
}

INSTANTIATE_TEST_SUITE_P(Outcomes, StatusByOutcomeTest,
                         testing::ValuesIn(kCases), [](const auto& given) {
                           return std::string(given.param.name);
                         });

}  // namespace
}  // namespace frikommune::scheduling
