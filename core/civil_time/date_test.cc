#include "core/civil_time/date.h"

#include <string>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace frikommune::civil_time {
namespace {

Date Day(absl::string_view text) {
  const absl::StatusOr<Date> date = ParseDate(text);
  EXPECT_TRUE(date.ok()) << text << ": " << date.status();
  return date.value_or(Date());
}

TEST(DateTest, StartsWithTheEpoch) {
  EXPECT_EQ(FormatDate(Date()), "1970-01-01");
  EXPECT_EQ(Date().days(), 0);
  EXPECT_EQ(Day("1969-12-31").days(), -1);
  EXPECT_EQ(Day("1970-01-02"), Date::FromDays(1));
}

TEST(DateTest, OrdersByTheCalendar) {
  EXPECT_LT(Day("2019-12-31"), Day("2020-01-01"));
  EXPECT_LT(Day("2019-09-30"), Day("2019-10-01"));
  EXPECT_GT(Day("2020-03-01"), Day("2020-02-29"));
  EXPECT_EQ(Day("2018-07-01"), Day("2018-07-01"));
}

// ---- Reading and writing ----

TEST(ParseDateTest, ReadsWhatTheCalendarHas) {
  for (const std::string text :
       {"2019-01-07", "2019-02-28", "2020-02-29", "2000-02-29", "2019-12-31",
        "2019-04-30", "0001-01-01", "9999-12-31"}) {
    const absl::StatusOr<Date> date = ParseDate(text);
    ASSERT_TRUE(date.ok()) << text << ": " << date.status();
    EXPECT_EQ(FormatDate(*date), text);
  }
}

TEST(ParseDateTest, RefusesDaysTheCalendarDoesNotHave) {
  for (const char* text :
       {"2019-02-29", "2020-02-30", "1900-02-29", "2100-02-29", "2019-04-31",
        "2019-01-32", "2019-01-00", "2019-13-01", "2019-00-01", "0000-01-01",
        "0000-12-31", "2019-99-99"}) {
    EXPECT_EQ(ParseDate(text).status().code(),
              absl::StatusCode::kInvalidArgument)
        << text;
  }
}

TEST(ParseDateTest, RefusesEveryOtherWayOfWriting) {
  const std::vector<std::string> texts = {"",
                                          "2019",
                                          "2019-1-1",
                                          "2019-01-1",
                                          "2019-1-01",
                                          "19-01-01",
                                          "2019/01/01",
                                          "2019-01-01 ",
                                          " 2019-01-01",
                                          "2019-01-01T00:00:00",
                                          "2019-01-01Z",
                                          "20190101",
                                          "2019-01-0x",
                                          "2019-0x-01",
                                          "x019-01-01",
                                          "+019-01-01",
                                          "-019-01-01",
                                          "2019--1-01",
                                          "2019-01--1",
                                          "2019-01- 1",
                                          "12019-01-01",
                                          "07-01-2019",
                                          "2019-01:01",
                                          "2019:01-01",
                                          std::string("2019-01-0\0", 10),
                                          std::string("2019-01-01\0", 11),
                                          "２019-01-01"};
  for (const std::string& text : texts) {
    EXPECT_EQ(ParseDate(text).status().code(),
              absl::StatusCode::kInvalidArgument)
        << '"' << text << '"';
  }
}

TEST(DateOfTest, KeepsToTheCalendar) {
  EXPECT_EQ(DateOf(2020, 2, 29).value(), Day("2020-02-29"));
  const std::tuple<int, int, int> kNone[] = {
      {2019, 2, 29}, {2019, 13, 1}, {2019, 0, 1},   {2019, 1, 0},
      {2019, 1, 32}, {2019, -1, 1}, {2019, 1, -1},  {0, 12, 31},
      {10000, 1, 1}, {-1, 1, 1},    {2019, 257, 1}, {2019, 1, 257},
  };
  for (const auto& [year, month, day] : kNone) {
    EXPECT_EQ(DateOf(year, month, day).status().code(),
              absl::StatusCode::kInvalidArgument)
        << year << "-" << month << "-" << day;
  }
}

TEST(DateOfTest, KnowsItsFirstAndLastYear) {
  EXPECT_TRUE(DateOf(kFirstYear, 1, 1).ok());
  EXPECT_TRUE(DateOf(kLastYear, 12, 31).ok());
  EXPECT_FALSE(DateOf(kFirstYear - 1, 12, 31).ok());
  EXPECT_FALSE(DateOf(kLastYear + 1, 1, 1).ok());
}

TEST(FormatDateTest, NeverWritesAnotherDayThanItWasGiven) {
  // A sum can leave the years that can be written; it is then written as the
  // nearest day that can, and not as a day of long ago.
  EXPECT_EQ(FormatDate(AddDays(Day("9999-12-31"), 1)), "9999-12-31");
  EXPECT_EQ(FormatDate(AddMonths(Day("9999-12-01"), 16)), "9999-12-31");
  EXPECT_EQ(FormatDate(AddDays(Day("0001-01-01"), -1)), "0001-01-01");
  EXPECT_EQ(FormatDate(AddMonths(Day("0001-01-31"), -1)), "0001-01-01");
}

TEST(FormatDateTest, WritesToABuffer) {
  char text[11] = "##########";
  FormatDateTo(Day("2019-03-03"), text);
  EXPECT_STREQ(text, "2019-03-03");
}

TEST(YearMonthDayTest, TakesADateApart) {
  EXPECT_EQ(YearMonthDay(Day("2020-02-29")), std::make_tuple(2020, 2, 29));
  EXPECT_EQ(YearMonthDay(Day("0001-01-01")), std::make_tuple(1, 1, 1));
}

// ---- The conventions, by their number in domain 6.1 ----

// No. 2 and 3: the start is day 0, and week 8 ends on s + 55 days.
TEST(WeekTest, CountsFromDayZero) {
  const Date s = Day("2019-01-07");
  EXPECT_EQ(Week(s, 1), (DateRange{s, AddDays(s, 6)}));
  EXPECT_EQ(Week(s, 2), (DateRange{AddDays(s, 7), AddDays(s, 13)}));
  EXPECT_EQ(Week(s, 8), (DateRange{AddDays(s, 49), AddDays(s, 55)}));
  EXPECT_EQ(Week(s, 8), (DateRange{Day("2019-02-25"), Day("2019-03-03")}));
}

TEST(WeekTest, HoldsItsFirstAndLastDayAndNoOther) {
  const DateRange week = Week(Day("2019-01-07"), 8);
  EXPECT_FALSE(week.Contains(Day("2019-02-24")));
  EXPECT_TRUE(week.Contains(Day("2019-02-25")));
  EXPECT_TRUE(week.Contains(Day("2019-03-03")));
  EXPECT_FALSE(week.Contains(Day("2019-03-04")));
}

TEST(WeekTest, CrossesALeapDay) {
  EXPECT_EQ(Week(Day("2020-02-24"), 1),
            (DateRange{Day("2020-02-24"), Day("2020-03-01")}));
  EXPECT_EQ(Week(Day("2019-02-24"), 1),
            (DateRange{Day("2019-02-24"), Day("2019-03-02")}));
}

TEST(WeekTest, WeeksLieEndToEnd) {
  const Date s = Day("2019-12-30");
  for (int n = 1; n <= 60; ++n) {
    EXPECT_EQ(AddDays(Week(s, n).last, 1), Week(s, n + 1).first) << n;
  }
}

// No. 5: the day of the month is kept, or the month's last day is taken.
TEST(AddMonthsTest, KeepsTheDayOrTakesTheLast) {
  const struct {
    const char* from;
    int months;
    const char* to;
  } kCases[] = {
      {"2019-08-31", 6, "2020-02-29"},   {"2018-08-31", 6, "2019-02-28"},
      {"2018-08-30", 6, "2019-02-28"},   {"2018-08-29", 6, "2019-02-28"},
      {"2018-08-28", 6, "2019-02-28"},   {"2018-08-27", 6, "2019-02-27"},
      {"2019-08-30", 6, "2020-02-29"},   {"2019-08-29", 6, "2020-02-29"},
      {"2019-08-28", 6, "2020-02-28"},   {"2020-02-29", 12, "2021-02-28"},
      {"2020-02-29", 48, "2024-02-29"},  {"2019-03-31", 1, "2019-04-30"},
      {"2019-04-30", 1, "2019-05-30"},   {"2019-01-31", 0, "2019-01-31"},
      {"2019-12-31", 1, "2020-01-31"},   {"2019-01-31", 13, "2020-02-29"},
      {"2020-03-31", -1, "2020-02-29"},  {"2020-01-31", -1, "2019-12-31"},
      {"2021-07-01", -18, "2020-01-01"}, {"1900-01-31", 1, "1900-02-28"},
      {"2000-01-31", 1, "2000-02-29"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(FormatDate(AddMonths(Day(c.from), c.months)), c.to)
        << c.from << " + " << c.months << " months";
  }
}

TEST(MonthTest, EndsTheDayBeforeTheNext) {
  const Date s = Day("2019-01-07");
  EXPECT_EQ(Month(s, 1), (DateRange{s, Day("2019-02-06")}));
  EXPECT_EQ(Month(s, 6), (DateRange{Day("2019-06-07"), Day("2019-07-06")}));
}

TEST(MonthTest, EndsBeforeAClampedStart) {
  EXPECT_EQ(Month(Day("2019-01-31"), 1),
            (DateRange{Day("2019-01-31"), Day("2019-02-27")}));
  EXPECT_EQ(Month(Day("2019-01-31"), 2),
            (DateRange{Day("2019-02-28"), Day("2019-03-30")}));
  EXPECT_EQ(Month(Day("2019-01-31"), 3),
            (DateRange{Day("2019-03-31"), Day("2019-04-29")}));
}

TEST(MonthTest, MonthsLieEndToEndFromAnyDay) {
  for (Date s = Day("2019-12-25"); s <= Day("2020-03-05"); s = AddDays(s, 1)) {
    for (int n = 1; n <= 24; ++n) {
      EXPECT_EQ(AddDays(Month(s, n).last, 1), Month(s, n + 1).first)
          << FormatDate(s) << " month " << n;
      EXPECT_FALSE(Month(s, n).Empty());
    }
  }
}

// No. 6: "month 5-7" is [s + 4m, s + 7m - 1d].
TEST(MonthTest, SpansFromTheFirstToTheLastOfSeveral) {
  const Date s = Day("2019-01-07");
  EXPECT_EQ(Month(s, 5).first, Day("2019-05-07"));
  EXPECT_EQ(Month(s, 7).last, Day("2019-08-06"));
  const DateRange months = {Month(s, 5).first, Month(s, 7).last};
  EXPECT_FALSE(months.Contains(Day("2019-05-06")));
  EXPECT_TRUE(months.Contains(Day("2019-05-07")));
  EXPECT_TRUE(months.Contains(Day("2019-08-06")));
  EXPECT_FALSE(months.Contains(Day("2019-08-07")));
}

// No. 7: "when unemployed N months" is one day after the end of month N.
TEST(AddMonthsTest, CompletesAMonthOneDayAfterItsEnd) {
  const Date s = Day("2020-01-07");
  EXPECT_EQ(DaysBetween(Month(s, 3).last, AddMonths(s, 3)), 1);
  const DateRange deadline = {s, AddMonths(s, 3)};
  EXPECT_TRUE(deadline.Contains(Day("2020-04-07")));
  EXPECT_FALSE(deadline.Contains(Day("2020-04-08")));
}

// No. 8: "under 6 weeks" is fewer than 42 days, "within 6 weeks" at most 42.
TEST(DaysBetweenTest, TellsUnderFromWithin) {
  const Date meeting = Day("2019-05-06");
  EXPECT_EQ(DaysBetween(meeting, Day("2019-06-16")), 41);
  EXPECT_EQ(DaysBetween(meeting, Day("2019-06-17")), 42);
  EXPECT_EQ(DaysBetween(meeting, AddWeeks(meeting, 6)), 42);
  EXPECT_EQ(DaysBetween(meeting, Day("2019-06-18")), 43);
  EXPECT_EQ(DaysBetween(meeting, AddWeeks(meeting, 8)), 56);
  EXPECT_EQ(DaysBetween(meeting, meeting), 0);
  EXPECT_EQ(DaysBetween(meeting, Day("2019-05-05")), -1);
}

// No. 9: 26 weeks is 182 days, and "under 26 weeks" up to 181.
TEST(AddWeeksTest, CountsTwentySixWeeksAsDays) {
  EXPECT_EQ(kTwentySixWeeksDays, 182);
  const Date s = Day("2020-01-01");
  EXPECT_EQ(DaysBetween(s, AddWeeks(s, 26)), kTwentySixWeeksDays);
  EXPECT_EQ(AddWeeks(s, 26), Day("2020-07-01"));
  EXPECT_EQ(AddDays(s, 181), Day("2020-06-30"));
  // Not the same as half a year.
  EXPECT_EQ(DaysBetween(Day("2019-01-01"), AddMonths(Day("2019-01-01"), 6)),
            181);
}

// No. 10: on day d, look at [d - 18 months, d - 1 day].
TEST(AddMonthsTest, LooksBackEighteenMonths) {
  const Date d = Day("2019-08-31");
  const DateRange window = {AddMonths(d, -18), AddDays(d, -1)};
  EXPECT_EQ(window.first, Day("2018-02-28"));
  EXPECT_FALSE(window.Contains(Day("2018-02-27")));
  EXPECT_TRUE(window.Contains(Day("2018-02-28")));
  EXPECT_TRUE(window.Contains(Day("2019-08-30")));
  EXPECT_FALSE(window.Contains(d));
}

// No. 11: every 2 and 4 weeks in days, every 3 months by the calendar.
TEST(AddWeeksTest, CountsIntervalsBetweenContacts) {
  const Date contact = Day("2020-02-17");
  EXPECT_EQ(AddWeeks(contact, 2), Day("2020-03-02"));
  EXPECT_EQ(DaysBetween(contact, Day("2020-03-02")), 14);
  EXPECT_EQ(AddWeeks(contact, 4), Day("2020-03-16"));
  EXPECT_EQ(AddMonths(contact, 3), Day("2020-05-17"));
  EXPECT_EQ(AddMonths(Day("2019-11-30"), 3), Day("2020-02-29"));
}

// No. 12: each day of interruption moves the start by one day.
TEST(AddDaysTest, MovesTheStartByTheInterruption) {
  const Date s = Day("2019-01-07");
  EXPECT_EQ(AddDays(s, 0), s);
  EXPECT_EQ(Week(AddDays(s, 1), 8).first, AddDays(Week(s, 8).first, 1));
  EXPECT_EQ(AddDays(Day("2019-12-31"), 1), Day("2020-01-01"));
  EXPECT_EQ(AddDays(Day("2020-02-28"), 1), Day("2020-02-29"));
  EXPECT_EQ(AddDays(Day("2020-02-28"), 2), Day("2020-03-01"));
  EXPECT_EQ(AddDays(Day("2020-03-01"), -1), Day("2020-02-29"));
  EXPECT_EQ(AddDays(Day("2019-03-01"), -1), Day("2019-02-28"));
}

// No. 13: first and last days are both in.
TEST(DateRangeTest, IncludesBothEnds) {
  const DateRange days = {Day("2018-07-01"), Day("2019-12-31")};
  EXPECT_FALSE(days.Contains(Day("2018-06-30")));
  EXPECT_TRUE(days.Contains(Day("2018-07-01")));
  EXPECT_TRUE(days.Contains(Day("2019-12-31")));
  EXPECT_FALSE(days.Contains(Day("2020-01-01")));
}

TEST(DateRangeTest, MayBeOneDayOrEmpty) {
  const Date day = Day("2020-01-01");
  EXPECT_FALSE((DateRange{day, day}).Empty());
  EXPECT_TRUE((DateRange{day, day}).Contains(day));
  const DateRange none = {day, AddDays(day, -1)};
  EXPECT_TRUE(none.Empty());
  EXPECT_FALSE(none.Contains(day));
  EXPECT_FALSE(none.Contains(AddDays(day, -1)));
}

// No. 14: the regimes meet at midnight between two days.
TEST(DateTest, LeavesNoDayBetweenTheRegimes) {
  EXPECT_EQ(DaysBetween(Day("2019-12-31"), Day("2020-01-01")), 1);
  EXPECT_EQ(DaysBetween(Day("2021-12-31"), Day("2022-01-01")), 1);
}

// Summer time: the day is the unit, so no day is shorter than another.
TEST(DateTest, KnowsNoTimeOfDay) {
  EXPECT_EQ(DaysBetween(Day("2019-03-30"), Day("2019-04-01")), 2);
  EXPECT_EQ(DaysBetween(Day("2019-10-26"), Day("2019-10-28")), 2);
}

}  // namespace
}  // namespace frikommune::civil_time
