#include "core/catalog/tariffs.h"

#include "core/civil_time/date.h"
#include "gmock/gmock.h"

namespace frikommune::catalog {
namespace {

Value Day(const char* text) { return civil_time::ParseDate(text)->days(); }

v1::Tariff Make(const char* document, const char* from, int kroner) {
  v1::Tariff tariff;
  tariff.set_document(document);
  tariff.set_from(from);
  tariff.set_kroner(kroner);
  return tariff;
}

class TariffsTest : public testing::Test {
 protected:
  // The later is added before the earlier.
  TariffsTest() {
    for (const v1::Tariff& tariff : written_) {
      tariffs_.Add(tariff, Day(tariff.from().c_str()));
    }
  }

  // The fee on a day; -1 if none is on file.
  int On(const char* document, const char* day) {
    const v1::Tariff* tariff = tariffs_.On(document, Day(day));
    return tariff != nullptr ? tariff->kroner() : -1;
  }

  const std::vector<v1::Tariff> written_ = {Make("LAE265", "2019-04-01", 1725),
                                            Make("LAE265", "2013-07-01", 1544),
                                            Make("LAE105", "2013-07-01", 0)};
  Tariffs tariffs_;
};

TEST_F(TariffsTest, ATariffHoldsFromItsFirstDayUntilTheNext) {
  EXPECT_EQ(On("LAE265", "2013-06-30"), -1);
  EXPECT_EQ(On("LAE265", "2013-07-01"), 1544);
  EXPECT_EQ(On("LAE265", "2019-03-31"), 1544);
  EXPECT_EQ(On("LAE265", "2019-04-01"), 1725);
  EXPECT_EQ(On("LAE265", "2022-12-31"), 1725);
}

TEST_F(TariffsTest, NoFeeIsNotAFeeOfNothing) {
  EXPECT_EQ(On("LAE105", "2019-01-01"), 0);
  EXPECT_EQ(On("LAE285", "2019-01-01"), -1);
  EXPECT_TRUE(tariffs_.Has("LAE105"));
  EXPECT_FALSE(tariffs_.Has("LAE285"));
}

TEST_F(TariffsTest, FirstDaysAreInTimeOrder) {
  EXPECT_THAT(tariffs_.FirstDaysOf("LAE265"),
              testing::ElementsAre(Day("2013-07-01"), Day("2019-04-01")));
  EXPECT_THAT(tariffs_.FirstDaysOf("LAE285"), testing::IsEmpty());
}

}  // namespace
}  // namespace frikommune::catalog
