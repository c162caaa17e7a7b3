#include "core/certificates/decider.h"

#include "core/certificates/vocabulary.h"
#include "core/error/error.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace frikommune::certificates {
namespace {

constexpr char kNetwork[] = R"(
  sources { id: "s" title: "A source" }
  supported_days { from: "2016-01-01" to: "2022-12-31" }
  regimes { regime: REGIME_PRE_2020 from: "2016-01-01" cite { source: "s" } }
  municipalities { code: 849 cite { source: "s" } }
  tariffs { document: "LAE285" from: "2015-01-01" kroner: 1000 cite { source: "s" } }
  tariffs { document: "LAE125" from: "2015-01-01" kroner: 400 cite { source: "s" } }
  tariffs { document: "LAE115" from: "2015-01-01" kroner: 180 cite { source: "s" } }
  tariffs { document: "LAE105" from: "2015-01-01" kroner: 20 cite { source: "s" } }
)";

// Each row names the fact that it has seen.
constexpr char kRehabilitation[] = R"(
  id: "certificates/lae265-rehabilitation"
  versions {
    from: "2016-01-01"
    rows { id: "received" outcome: OUTCOME_ALREADY_OBTAINED
      when { fact: "lae265_received" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "helps125" outcome: OUTCOME_DENY
      when { fact: "lae125_would_help" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "helps105" outcome: OUTCOME_DENY
      when { fact: "lae105_would_help" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "helps115" outcome: OUTCOME_DENY
      when { fact: "lae115_would_help" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "two" outcome: OUTCOME_OBTAIN_LAE265
      when { fact: "health_document_count" at_least: 2 }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "one" outcome: OUTCOME_OBTAIN_LAE265
      when { fact: "health_document_count" at_least: 1 }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "none" outcome: OUTCOME_OBTAIN_LAE265
      when { fact: "lae285_received" is: false }
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

constexpr char kSickness[] = R"(
  id: "certificates/lae285-sickness"
  versions {
    from: "2016-01-01"
    rows { id: "received" outcome: OUTCOME_ALREADY_OBTAINED
      when { fact: "lae285_received" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "duty" outcome: OUTCOME_OBTAIN_LAE285
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

constexpr char kRevalidation[] = R"(
  id: "certificates/lae265-revalidation"
  versions {
    from: "2016-01-01"
    rows { id: "received" outcome: OUTCOME_ALREADY_OBTAINED
      when { fact: "lae265_received" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "duty" outcome: OUTCOME_OBTAIN_LAE265
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

constexpr char kExperiment[] = R"(
  id: "E" slug: "e" cite { source: "s" } status: EXPERIMENT_STATUS_STARTED rules: RULES_ON_FILE_YES
  options { id: "o" legal_start: "2018-01-01" last_day: "2021-06-30" cite { source: "s" } }
  participations { municipality: 849 standing: STANDING_PARTICIPATES status: PARTICIPATION_STATUS_CONFIRMED
    provenance: PROVENANCE_RECORD cite { source: "s" } }
  dispensations {
    provision: "certificates/lae285-sickness" option: "o" needs_assessment: true
    rows { id: "waive" outcome: OUTCOME_WAIVE_LAE285 spares: "LAE285"
      actions { code: "ORDER_LAE125" document: "LAE125" }
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

std::shared_ptr<const catalog::Snapshot> Build() {
  std::vector<catalog::Problem> problems;
  catalog::Catalog parsed = catalog::ParseCatalog(
      {{"network/network.textproto", kNetwork},
       {"law/certificates/lae265-rehabilitation.textproto", kRehabilitation},
       {"law/certificates/lae285-sickness.textproto", kSickness},
       {"law/certificates/lae265-revalidation.textproto", kRevalidation},
       {"experiments/e/experiment.textproto", kExperiment}},
      problems);
  auto snapshot = catalog::Snapshot::Build(
      std::move(parsed), {CertificatesVocabulary()}, problems);
  EXPECT_TRUE(snapshot != nullptr) << catalog::ToStatus(problems);
  return snapshot;
}

class DeciderTest : public testing::Test {
 protected:
  DeciderTest() : snapshot_(Build()), decider_(*snapshot_) {}

  // Decides on 2019-03-01 in a municipality that takes part.
  absl::Status Try(const std::string& text) {
    v1::DecideCertificateRequest request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(
        "municipality: \"municipalities/849\" decision_date: \"2019-03-01\" " +
            text,
        &request))
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

  std::string LawRow(const std::string& text) {
    EXPECT_TRUE(Try(text).ok()) << text;
    return answer_.ordinary_law_reasons(0).row();
  }

  // The kroner saved in the end by doing without LÆ285.
  int NetOf(const std::string& sickness) {
    EXPECT_TRUE(
        Try("sickness { " + sickness + " } assessment { assessor: \"a\" }")
            .ok());
    EXPECT_EQ(answer_.saving().gross_kroner(), 1000);
    return answer_.saving().net_kroner();
  }

  std::shared_ptr<const catalog::Snapshot> snapshot_;
  Decider decider_;
  decision::v1::Decision answer_;
};

constexpr char kOnTheDay[] = R"(date: "2019-03-01")";

TEST_F(DeciderTest, CountsTheDocumentsOnFile) {
  const auto with = [&](std::initializer_list<const char*> types) {
    std::string text = "rehabilitation {";
    for (const char* type : types) {
      text += std::string(" documents { type: DOCUMENT_TYPE_") + type + " " +
              kOnTheDay + " }";
    }
    return LawRow(text + " }");
  };
  EXPECT_EQ(with({}), "law/none");
  EXPECT_EQ(with({"LAE265"}), "law/received");
  EXPECT_EQ(with({"LAE105", "LAE265"}), "law/received");
  EXPECT_EQ(with({"LAE105"}), "law/one");
  EXPECT_EQ(with({"LAE285"}), "law/one");
  EXPECT_EQ(with({"LAE105", "OTHER"}), "law/two");
}

TEST_F(DeciderTest, EachCaseHasItsOwnDocuments) {
  EXPECT_EQ(LawRow("sickness { documents { type: DOCUMENT_TYPE_LAE285 "
                   "date: \"2019-03-01\" } }"),
            "law/received");
  EXPECT_EQ(LawRow("sickness { documents { type: DOCUMENT_TYPE_LAE265 "
                   "date: \"2019-03-01\" } }"),
            "law/duty");
  EXPECT_EQ(LawRow("revalidation { documents { type: DOCUMENT_TYPE_LAE265 "
                   "date: \"2019-03-01\" } }"),
            "law/received");
  EXPECT_EQ(LawRow("revalidation { documents { type: DOCUMENT_TYPE_LAE285 "
                   "date: \"2019-03-01\" } }"),
            "law/duty");
  EXPECT_EQ(LawRow("revalidation {}"), "law/duty");
}

TEST_F(DeciderTest, TakesWhatWouldHelp) {
  const auto helps = [&](const char* type) {
    return LawRow(std::string("rehabilitation { helpful_certificates: "
                              "DOCUMENT_TYPE_") +
                  type + " }");
  };
  EXPECT_EQ(helps("LAE125"), "law/helps125");
  EXPECT_EQ(helps("LAE105"), "law/helps105");
  EXPECT_EQ(helps("LAE115"), "law/helps115");
}

TEST_F(DeciderTest, OtherCertificatesAreNotOrdered) {
  for (const char* type : {"UNSPECIFIED", "LAE265", "LAE285", "OTHER"}) {
    const absl::Status status =
        Try(std::string("rehabilitation { helpful_certificates: "
                        "DOCUMENT_TYPE_LAE125 helpful_certificates: "
                        "DOCUMENT_TYPE_") +
            type + " }");
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << type;
    EXPECT_EQ(ErrorInfoOf(status),
              (ErrorInfo{decision::v1::ERROR_REASON_VALUE_OUT_OF_RANGE,
                         "rehabilitation.helpful_certificates[1]"}))
        << type;
  }
}

TEST_F(DeciderTest, ADocumentOfTheDayIsInTimeAndOneOfTheNextIsNot) {
  for (const char* field : {"rehabilitation", "sickness", "revalidation"}) {
    const std::string before =
        std::string(field) +
        " { documents { type: DOCUMENT_TYPE_OTHER date: \"2019-03-01\" } ";
    EXPECT_TRUE(Try(before + "}").ok()) << field;
    const absl::Status status =
        Try(before +
            "documents { type: DOCUMENT_TYPE_OTHER date: \"2019-03-02\" } }");
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << field;
    EXPECT_EQ(ErrorInfoOf(status),
              (ErrorInfo{decision::v1::ERROR_REASON_DOCUMENT_AFTER_DECISION,
                         std::string(field) + ".documents[1].date"}));
  }
}

TEST_F(DeciderTest, ACaseListsTwoHundredDocumentsAndNoMore) {
  std::string text = "revalidation {";
  for (int i = 0; i < 200; ++i) {
    text += " documents { type: DOCUMENT_TYPE_OTHER date: \"2019-03-01\" }";
  }
  EXPECT_TRUE(Try(text + " }").ok());
  EXPECT_EQ(ErrorInfoOf(Try(text + " documents { type: DOCUMENT_TYPE_OTHER "
                                   "date: \"2019-03-01\" } }")),
            (ErrorInfo{decision::v1::ERROR_REASON_VALUE_OUT_OF_RANGE,
                       "revalidation.documents"}));
}

TEST_F(DeciderTest, ARefusalLeavesTheNextRequestAlone) {
  EXPECT_FALSE(Try("rehabilitation { documents { type: DOCUMENT_TYPE_LAE265 "
                   "date: \"2019-03-02\" } }")
                   .ok());
  EXPECT_EQ(LawRow("rehabilitation {}"), "law/none");
}

TEST_F(DeciderTest, WhatWasOrderedTakesThePlaceOfWhatTheRowOrders) {
  EXPECT_EQ(NetOf(""), 600);
  EXPECT_EQ(NetOf("registered_substitute: SUBSTITUTE_NONE"), 1000);
  EXPECT_EQ(NetOf("registered_substitute: SUBSTITUTE_SPECIALIST_RECORD"), 820);
  EXPECT_EQ(NetOf("registered_substitute: SUBSTITUTE_HOSPITAL_RECORD"), 980);
  EXPECT_EQ(NetOf("registered_substitute: SUBSTITUTE_STATUS"), 600);
  EXPECT_EQ(
      NetOf("registered_substitute: SUBSTITUTE_STATUS_PLUS_HOSPITAL_RECORD"),
      580);
  EXPECT_EQ(answer_.saving().substitutes_size(), 2);
}

TEST_F(DeciderTest, NothingIsSavedWhereNothingIsWaived) {
  EXPECT_TRUE(
      Try("sickness { registered_substitute: SUBSTITUTE_STATUS }").ok());
  EXPECT_EQ(answer_.outcome(), decision::v1::OUTCOME_NEEDS_ASSESSMENT);
  EXPECT_FALSE(answer_.has_saving());
}

TEST_F(DeciderTest, TheDayDecidedForIsThatOfTheDecision) {
  v1::DecideCertificateRequest request;
  request.set_municipality("municipalities/849");
  request.mutable_sickness();
  request.mutable_assessment()->set_assessor("a");
  const auto outcome_on = [&](const char* day) {
    request.set_decision_date(day);
    EXPECT_TRUE(
        decider_.Decide(request, decision::v1::VIEW_BASIC, answer_).ok());
    return answer_.outcome();
  };
  EXPECT_EQ(outcome_on("2015-12-31"), decision::v1::OUTCOME_LAW_NOT_ON_FILE);
  EXPECT_EQ(outcome_on("2017-12-31"), decision::v1::OUTCOME_OBTAIN_LAE285);
  EXPECT_EQ(outcome_on("2018-01-01"), decision::v1::OUTCOME_WAIVE_LAE285);
  EXPECT_EQ(outcome_on("2021-06-30"), decision::v1::OUTCOME_WAIVE_LAE285);
  EXPECT_EQ(outcome_on("2021-07-01"), decision::v1::OUTCOME_OBTAIN_LAE285);
}

TEST_F(DeciderTest, TheDefaultViewHoldsUnlessTheRequestSays) {
  v1::DecideCertificateRequest request;
  request.set_municipality("municipalities/849");
  request.set_decision_date("2016-01-01");
  request.mutable_sickness();
  ASSERT_TRUE(decider_.Decide(request, decision::v1::VIEW_FULL, answer_).ok());
  EXPECT_EQ(answer_.ordinary_law_reasons(0).text().en(), "e");
  request.set_view(decision::v1::VIEW_BASIC);
  ASSERT_TRUE(decider_.Decide(request, decision::v1::VIEW_FULL, answer_).ok());
  EXPECT_EQ(answer_.ordinary_law_reasons(0).text().en(), "");
}

}  // namespace
}  // namespace frikommune::certificates
