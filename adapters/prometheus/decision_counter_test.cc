#include "adapters/prometheus/decision_counter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "adapters/prometheus/decision_counter_editions.h"
#include "prometheus/text_serializer.h"

namespace frikommune::metrics {
namespace {

using decision::v1::Decision;
using testing::HasSubstr;

std::string Told(const DecisionCounter& counter) {
  return prometheus::TextSerializer().Serialize(counter.Collect());
}

size_t SeriesIn(const DecisionCounter& counter) {
  return counter.Collect()[0].metric.size();
}

Decision MakeDecision(const std::string& experiment,
                      decision::v1::Outcome outcome) {
  Decision decision;
  decision.set_experiment(experiment);
  decision.set_outcome(outcome);
  decision.set_regime(decision::v1::REGIME_PRE_2020);
  return decision;
}

class DecisionCounterTest : public testing::Test {
 protected:
  void Count(const Decision& decision, int municipality) {
    counter_.Count(decision.experiment(), decision.outcome(), decision.regime(),
                   municipality);
  }

  DecisionCounter counter_{"scheduling", {"E01", "E04"}, {849, 851}};
};

TEST_F(DecisionCounterTest, TellsEachMunicipalityFromTheStart) {
  EXPECT_EQ(SeriesIn(counter_), 2);
  EXPECT_THAT(Told(counter_),
              HasSubstr("frikommune_decisions_total{service=\"scheduling\","
                        "experiment=\"none\",outcome=\"ALLOWED_BY_LAW\","
                        "municipality=\"851\",regime=\"POST_2020\"} 0"));
}

TEST_F(DecisionCounterTest, CountsByEveryLabel) {
  Count(MakeDecision("E01", decision::v1::OUTCOME_ALLOWED_BY_EXPERIMENT), 851);
  Count(MakeDecision("E01", decision::v1::OUTCOME_ALLOWED_BY_EXPERIMENT), 851);
  Count(MakeDecision("", decision::v1::OUTCOME_DENY), 849);
  const std::string told = Told(counter_);
  EXPECT_THAT(told,
              HasSubstr("experiment=\"E01\",outcome=\"ALLOWED_BY_EXPERIMENT\","
                        "municipality=\"851\",regime=\"PRE_2020\"} 2"));
  EXPECT_THAT(told, HasSubstr("experiment=\"none\",outcome=\"DENY\","
                              "municipality=\"849\",regime=\"PRE_2020\"} 1"));
  EXPECT_EQ(SeriesIn(counter_), 4);
}

TEST_F(DecisionCounterTest, WhatIsNotInTheCatalogIsUnknown) {
  for (const int municipality : {-1, 850, 999, 1000, 2147483647}) {
    Count(MakeDecision("E99", decision::v1::OUTCOME_DENY), municipality);
  }
  EXPECT_THAT(Told(counter_),
              HasSubstr("experiment=\"unknown\",outcome=\"DENY\","
                        "municipality=\"unknown\",regime=\"PRE_2020\"} 5"));
  EXPECT_EQ(SeriesIn(counter_), 3);
}

TEST_F(DecisionCounterTest, NumbersWithoutANameAreUnspecified) {
  Decision decision;
  decision.set_outcome(static_cast<decision::v1::Outcome>(5000));
  decision.set_regime(static_cast<decision::v1::Regime>(-3));
  Count(decision, 851);
  EXPECT_THAT(Told(counter_), HasSubstr("outcome=\"UNSPECIFIED\","
                                        "municipality=\"851\",regime="
                                        "\"UNSPECIFIED\"} 1"));
}

TEST_F(DecisionCounterTest, LosesNoneOfManyThreads) {
  const Decision decision = MakeDecision("E04", decision::v1::OUTCOME_LATE);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, &decision] {
      for (int n = 0; n < 10000; ++n) Count(decision, 851);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(Told(counter_), HasSubstr("} 40000\n"));
}

TEST(DecisionCounterEditionsTest, CountsOnWhenLabelsChange) {
  DecisionCounterEditions counter("scheduling", {"E01"}, {851});
  const auto count = [&counter](const std::string& experiment) {
    counter.Count(experiment, decision::v1::OUTCOME_ALLOWED_BY_EXPERIMENT,
                  decision::v1::REGIME_PRE_2020, 851);
  };
  count("E01");
  count("E02");
  counter.Allow({"E01"}, {851});
  counter.Allow({"E01", "E02"}, {849, 851});
  count("E01");
  count("E02");
  const std::string told =
      prometheus::TextSerializer().Serialize(counter.Collect());
  const std::string rest =
      "\",outcome=\"ALLOWED_BY_EXPERIMENT\",municipality=\"851\",regime="
      "\"PRE_2020\"} ";
  EXPECT_THAT(told, HasSubstr("experiment=\"E01" + rest + "2"));
  EXPECT_THAT(told, HasSubstr("experiment=\"E02" + rest + "1"));
  EXPECT_THAT(told, HasSubstr("experiment=\"unknown" + rest + "1"));
  EXPECT_THAT(told, HasSubstr("municipality=\"849\""));
}

}  // namespace
}  // namespace frikommune::metrics
