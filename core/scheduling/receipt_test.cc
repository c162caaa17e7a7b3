#include "core/scheduling/receipt.h"

#include "core/scheduling/dates.h"
#include "gmock/gmock.h"

namespace frikommune::scheduling {
namespace {

using civil_time::Date;
using civil_time::DateRange;
using civil_time::FormatDate;
using civil_time::ParseDate;

constexpr ReceiptTerm kTwelveInEighteen = {12, 18};

Date Day(const char* text) { return *ParseDate(text); }

std::string Since(const std::vector<DateRange>& received, const char* day,
                  std::optional<Date> reset = std::nullopt) {
  const auto since = ReceiptSince(kTwelveInEighteen, received, reset, Day(day));
  return since.has_value() ? FormatDate(*since) : "none";
}

// Domain 6.1 no. 10: of continuous receipt it holds from s + 12 months.
TEST(ReceiptTest, ContinuousReceiptHoldsFromTwelveMonthsOn) {
  const std::vector<DateRange> received = {{Day("2017-06-01"), kNever}};
  EXPECT_EQ(Since(received, "2018-05-31"), "none");
  EXPECT_EQ(Since(received, "2018-06-01"), "2017-06-01");
}

// The deadline is fixed by the first day of the run, though the days looked at
// move on.
TEST(ReceiptTest, TheFirstDayStaysThatOfTheFirstDayOfTheRun) {
  const std::vector<DateRange> received = {{Day("2017-06-01"), kNever}};
  EXPECT_EQ(Since(received, "2020-06-01"), "2017-06-01");
}

TEST(ReceiptTest, AGapDelaysTheDayByItsLength) {
  // 30 days without, 1 to 30 November 2017.
  const std::vector<DateRange> received = {
      {Day("2017-06-01"), Day("2017-10-31")}, {Day("2017-12-01"), kNever}};
  EXPECT_EQ(Since(received, "2018-06-30"), "none");
  EXPECT_EQ(Since(received, "2018-07-01"), "2017-06-01");
}

TEST(ReceiptTest, TwelveMonthsThatDoNotLieWithinEighteenDoNotHold) {
  // Eleven months, eight without, one month.
  const std::vector<DateRange> received = {
      {Day("2017-01-01"), Day("2017-11-30")},
      {Day("2018-08-01"), Day("2018-08-31")}};
  EXPECT_EQ(Since(received, "2018-09-01"), "none");
}

TEST(ReceiptTest, ACompletedReassessmentBeginsTheCountAnew) {
  const std::vector<DateRange> received = {{Day("2017-06-01"), kNever}};
  const Date reset = Day("2018-08-15");
  EXPECT_EQ(Since(received, "2019-08-15", reset), "none");
  EXPECT_EQ(Since(received, "2019-08-16", reset), "2018-08-16");
}

TEST(ReceiptTest, WithoutReceiptItNeverHolds) {
  EXPECT_EQ(Since({}, "2019-01-01"), "none");
  EXPECT_EQ(Since({{Day("2019-01-01"), kNever}}, "2018-12-31"), "none");
}

}  // namespace
}  // namespace frikommune::scheduling
