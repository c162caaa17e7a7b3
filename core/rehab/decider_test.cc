#include "core/rehab/decider.h"

#include "core/error/error.h"
#include "core/rehab/vocabulary.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace frikommune::rehab {
namespace {

constexpr char kNetwork[] = R"(
  sources { id: "s" title: "A source" }
  supported_days { from: "2016-01-01" to: "2022-12-31" }
  regimes { regime: REGIME_PRE_2020 from: "2016-01-01" cite { source: "s" } }
  municipalities { code: 851 cite { source: "s" } }
)";

// The law changes with 2018.
constexpr char kPresentation[] = R"(
  id: "rehab/presentation"
  versions {
    from: "2016-01-01"
    rows { id: "old" outcome: OUTCOME_PRESENT_TO_TEAM
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
  versions {
    from: "2018-01-01"
    rows { id: "new" outcome: OUTCOME_PRESENT_TO_TEAM
      deadline: "presentation.transition_date + 4w"
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

constexpr char kExtension[] = R"(
  id: "rehab/extension"
  versions {
    from: "2016-01-01"
    rows { id: "many" outcome: OUTCOME_DENY
      when { fact: "total_extension_months" at_least: 13 }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "few" outcome: OUTCOME_PRESENT_TO_TEAM
      deadline: "extension.last_day_of_grant"
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

std::shared_ptr<const catalog::Snapshot> Build() {
  std::vector<catalog::Problem> problems;
  catalog::Catalog parsed = catalog::ParseCatalog(
      {{"network/network.textproto", kNetwork},
       {"law/rehab/presentation.textproto", kPresentation},
       {"law/rehab/extension.textproto", kExtension}},
      problems);
  auto snapshot = catalog::Snapshot::Build(std::move(parsed),
                                           {RehabVocabulary()}, problems);
  EXPECT_TRUE(snapshot != nullptr) << catalog::ToStatus(problems);
  return snapshot;
}

class DeciderTest : public testing::Test {
 protected:
  DeciderTest() : snapshot_(Build()), decider_(*snapshot_) {}

  template <typename Request>
  absl::Status Try(const std::string& text) {
    Request request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        "municipality: \"municipalities/851\" " + text, &request))
        << text;
    const absl::Status status =
        decider_.Decide(request, decision::v1::VIEW_BASIC, answer_);
    // What is encoded is the same answer.
    wire::MessageWriter encoded(1024);
    EXPECT_EQ(decider_.Decide(request, decision::v1::VIEW_BASIC, encoded),
              status);
    if (status.ok()) {
      EXPECT_EQ(encoded.bytes(), answer_.SerializeAsString()) << text;
    }
    return status;
  }

  std::string RouteRow(const std::string& text) {
    EXPECT_TRUE(Try<v1::RouteCaseRequest>(text).ok()) << text;
    return answer_.ordinary_law_reasons(0).row();
  }

  std::string ExtensionRow(const std::string& extension) {
    EXPECT_TRUE(Try<v1::DecideExtensionRequest>(
                    "decision_date: \"2019-03-01\" extension { "
                    "last_day_of_grant: \"2019-06-30\" " +
                    extension + " }")
                    .ok());
    return answer_.ordinary_law_reasons(0).row();
  }

  std::shared_ptr<const catalog::Snapshot> snapshot_;
  Decider decider_;
  decision::v1::Decision answer_;
};

TEST_F(DeciderTest, ATransitionIsDecidedByTheLawOfItsDay) {
  const auto row = [&](const char* transition) {
    return RouteRow(
        std::string("decision_date: \"2018-01-01\" presentation { case_type: "
                    "PRESENTATION_CASE_TYPE_JOB_CLARIFICATION "
                    "transition_date: \"") +
        transition + "\" }");
  };
  EXPECT_EQ(row("2017-12-31"), "law/old");
  EXPECT_EQ(answer_.deadline(), "");
  EXPECT_EQ(row("2018-01-01"), "law/new");
  EXPECT_EQ(answer_.deadline(), "2018-01-29");
}

TEST_F(DeciderTest, OtherCasesAreDecidedByTheLawOfTheDecision) {
  for (const char* type :
       {"FLEXJOB", "DISABILITY_PENSION", "RESOURCE_PROGRAMME"}) {
    const std::string presentation =
        std::string("presentation { case_type: PRESENTATION_CASE_TYPE_") + type;
    EXPECT_EQ(RouteRow("decision_date: \"2017-12-31\" " + presentation + " }"),
              "law/old");
    EXPECT_EQ(RouteRow("decision_date: \"2018-01-01\" " + presentation + " }"),
              "law/new");
    // A day of transition does not matter to them.
    EXPECT_EQ(RouteRow("decision_date: \"2018-01-01\" " + presentation +
                       " transition_date: \"2017-12-31\" }"),
              "law/new");
  }
}

TEST_F(DeciderTest, ATransitionHasADay) {
  const absl::Status status = Try<v1::RouteCaseRequest>(
      "decision_date: \"2018-01-01\" presentation { case_type: "
      "PRESENTATION_CASE_TYPE_JOB_CLARIFICATION }");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ErrorInfoOf(status),
            (ErrorInfo{decision::v1::ERROR_REASON_FIELD_REQUIRED,
                       "presentation.transition_date"}));
}

TEST_F(DeciderTest, MonthsAddUp) {
  EXPECT_EQ(ExtensionRow("extension_months: 5 months_already_extended: 7"),
            "law/few");
  EXPECT_EQ(answer_.deadline(), "2019-06-30");
  EXPECT_EQ(ExtensionRow("extension_months: 6 months_already_extended: 7"),
            "law/many");
  EXPECT_EQ(ExtensionRow("extension_months: 13 months_already_extended: 0"),
            "law/many");
}

TEST_F(DeciderTest, WhatIsNotKnownOfTheMonthsIsAskedFor) {
  ExtensionRow("extension_months: 5");
  EXPECT_THAT(answer_.missing_facts(),
              testing::ElementsAre("extension.months_already_extended"));
  ExtensionRow("months_already_extended: 5");
  EXPECT_THAT(answer_.missing_facts(),
              testing::ElementsAre("extension.extension_months"));
  ExtensionRow("");
  EXPECT_THAT(answer_.missing_facts(),
              testing::ElementsAre("extension.extension_months",
                                   "extension.months_already_extended"));
}

TEST_F(DeciderTest, ARequestHoldsACase) {
  EXPECT_EQ(
      ErrorInfoOf(
          Try<v1::DecideExtensionRequest>("decision_date: \"2019-03-01\"")),
      (ErrorInfo{decision::v1::ERROR_REASON_FIELD_REQUIRED, "extension"}));
  EXPECT_EQ(
      ErrorInfoOf(Try<v1::RouteCaseRequest>("decision_date: \"2019-03-01\"")),
      (ErrorInfo{decision::v1::ERROR_REASON_FIELD_REQUIRED, "presentation"}));
}

}  // namespace
}  // namespace frikommune::rehab
