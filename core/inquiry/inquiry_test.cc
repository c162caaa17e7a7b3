#include "core/inquiry/inquiry.h"

#include "core/error/error.h"
#include "frikommune/certificates/v1/certificates_service.pb.h"
#include "frikommune/decision/v1/decision.pb.h"
#include "frikommune/rehab/v1/rehab_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace frikommune::inquiry {
namespace {

using certificates::v1::DecideCertificateRequest;
using rehab::v1::RouteCaseRequest;

constexpr char kNetwork[] = R"(
  sources { id: "s" title: "A source" }
  supported_days { from: "2016-01-01" to: "2022-12-31" }
  regimes { regime: REGIME_PRE_2020 from: "2016-01-01" cite { source: "s" } }
  municipalities { code: 851 cite { source: "s" } }
)";

// Ordinary law tells which safeguards it was shown. Revalidation is not on
// file.
constexpr char kRehabilitation[] = R"(
  id: "certificates/lae265-rehabilitation"
  versions {
    from: "2016-01-01"
    rows { id: "approved" outcome: OUTCOME_EXEMPT_BY_LAW
      when { fact: "assessment_recorded" is: true }
      when { fact: "leader_standing" in: "LEADER_STANDING_APPROVED" }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "rejected" outcome: OUTCOME_DENY
      when { fact: "leader_standing" in: "LEADER_STANDING_REJECTED" }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "assessed" outcome: OUTCOME_ALLOWED_BY_LAW
      when { fact: "assessment_recorded" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "neither" outcome: OUTCOME_OBTAIN_LAE265
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

constexpr char kSickness[] = R"(
  id: "certificates/lae285-sickness"
  versions {
    from: "2016-01-01"
    rows { id: "short" outcome: OUTCOME_NOT_REQUIRED_BY_LAW
      when { fact: "sickness.expected_weeks" at_most: 8 }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "long" outcome: OUTCOME_OBTAIN_LAE285
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

constexpr char kPresentation[] = R"(
  id: "rehab/presentation"
  versions {
    from: "2016-01-01"
    rows { id: "soon" outcome: OUTCOME_PRESENT_TO_TEAM
      when { fact: "policy.team_within_four_weeks" is: true }
      because { da: "d" en: "e" } cite { source: "s" } }
    rows { id: "sometime" outcome: OUTCOME_PRESENT_TO_TEAM
      because { da: "d" en: "e" } cite { source: "s" } }
    cite { source: "s" }
  }
)";

const std::vector<FactSet>& Sets() {
  static const auto* const kSets = new std::vector<FactSet>{
      {"rehabilitation", certificates::v1::RehabilitationCase::descriptor()},
      {"sickness", certificates::v1::SicknessCase::descriptor()},
      {"revalidation", certificates::v1::RevalidationCase::descriptor()},
      {"presentation", rehab::v1::PresentationCase::descriptor()},
      {"policy", rehab::v1::AssumedPolicy::descriptor()}};
  return *kSets;
}

// Both areas have the same words here.
std::vector<catalog::AreaVocabulary> Areas() {
  catalog::Vocabulary words;
  AddFactSets(Sets(), words);
  words.AddMessage("", decision::v1::SafeguardFacts::descriptor());
  words.AddFact("on", catalog::FactKind::kDate);
  return {{"certificates", words}, {"rehab", words}};
}

std::shared_ptr<const catalog::Snapshot> Build() {
  std::vector<catalog::Problem> problems;
  catalog::Catalog parsed = catalog::ParseCatalog(
      {{"network/network.textproto", kNetwork},
       {"law/certificates/lae265-rehabilitation.textproto", kRehabilitation},
       {"law/certificates/lae285-sickness.textproto", kSickness},
       {"law/rehab/presentation.textproto", kPresentation}},
      problems);
  auto snapshot =
      catalog::Snapshot::Build(std::move(parsed), Areas(), problems);
  EXPECT_TRUE(snapshot != nullptr) << catalog::ToStatus(problems);
  return snapshot;
}

class InquiryTest : public testing::Test {
 protected:
  InquiryTest()
      : snapshot_(Build()),
        certificates_(*snapshot_, "certificates"),
        rehab_(*snapshot_, "rehab"),
        certificate_fields_(DecideCertificateRequest::descriptor(), Sets(),
                            *snapshot_),
        route_fields_(RouteCaseRequest::descriptor(), Sets(), *snapshot_) {}

  template <typename Request>
  static Request Read(const std::string& text) {
    Request request;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &request));
    if (request.municipality().empty())
      request.set_municipality("municipalities/851");
    request.set_decision_date("2019-03-01");
    return request;
  }

  absl::Status Begin(const std::string& text) {
    const auto request = Read<DecideCertificateRequest>(text);
    return certificates_.Begin(GivenBy(request), certificate_fields_);
  }

  static void Answer(Inquiry& inquiry, decision::v1::Decision& out) {
    const auto write = [&](wire::MessageWriter& bytes) {
      return absl::StatusOr<decision::Answer>(
          inquiry.Answer(decision::v1::VIEW_BASIC, bytes));
    };
    EXPECT_TRUE(ReadDecision(write, out).ok());
  }

  // The row of ordinary law that answers.
  std::string RowOf(const std::string& text) {
    EXPECT_TRUE(Begin(text).ok());
    decision::v1::Decision out;
    Answer(certificates_, out);
    return out.ordinary_law_reasons(0).row();
  }

  decision::v1::Decision Route(const std::string& text) {
    const auto request = Read<RouteCaseRequest>(text);
    EXPECT_TRUE(rehab_.Begin(GivenBy(request), route_fields_).ok());
    decision::v1::Decision out;
    Answer(rehab_, out);
    return out;
  }

  std::shared_ptr<const catalog::Snapshot> snapshot_;
  Inquiry certificates_;
  Inquiry rehab_;
  FactFields certificate_fields_;
  FactFields route_fields_;
};

struct Refusal {
  const char* request;
  absl::StatusCode code;
  const char* reason;
  const char* field;
};

// clang-format off
const Refusal kRefusals[] = {
    {R"(municipality: "851" sickness {})", absl::StatusCode::kInvalidArgument, "NAME_INVALID", "municipality"},
    {R"(municipality: "municipalities/" sickness {})", absl::StatusCode::kInvalidArgument, "NAME_INVALID", "municipality"},
    {R"(municipality: "municipalities/85" sickness {})", absl::StatusCode::kInvalidArgument, "NAME_INVALID", "municipality"},
    {R"(municipality: "municipalities/8510" sickness {})", absl::StatusCode::kInvalidArgument, "NAME_INVALID", "municipality"},
    {R"(municipality: "municipalities/+51" sickness {})", absl::StatusCode::kInvalidArgument, "NAME_INVALID", "municipality"},
    {R"(municipality: "municipalities/ 51" sickness {})", absl::StatusCode::kInvalidArgument, "NAME_INVALID", "municipality"},
    {R"(municipality: "municipalities/101" sickness {})", absl::StatusCode::kNotFound, "MUNICIPALITY_UNKNOWN", "municipality"},
    {"", absl::StatusCode::kInvalidArgument, "FIELD_REQUIRED", "rehabilitation"},
    {"rehabilitation {} sickness {}", absl::StatusCode::kInvalidArgument, "CONFLICT", "sickness"},
    {"rehabilitation {} revalidation {}", absl::StatusCode::kInvalidArgument, "CONFLICT", "revalidation"},
    {"rehabilitation {} sickness {} revalidation {}", absl::StatusCode::kInvalidArgument, "CONFLICT", "sickness"},
    {"revalidation {}", absl::StatusCode::kInvalidArgument, "QUESTION_UNKNOWN", "revalidation"},
    {R"(sickness {} assessment { assessor: "a" } leader_review { reviewer: "a" })",
     absl::StatusCode::kInvalidArgument, "REVIEWER_IS_ASSESSOR", "leader_review.reviewer"},
};
// clang-format on

TEST_F(InquiryTest, RefusesWhatItCannotDecide) {
  for (const Refusal& refusal : kRefusals) {
    const absl::Status status = Begin(refusal.request);
    EXPECT_EQ(status.code(), refusal.code) << refusal.request;
    EXPECT_EQ(ReasonName(ErrorInfoOf(status).reason), refusal.reason)
        << refusal.request;
    EXPECT_EQ(ErrorInfoOf(status).field, refusal.field) << refusal.request;
  }
}

TEST_F(InquiryTest, TakesTheSafeguards) {
  EXPECT_EQ(RowOf("rehabilitation {}"), "law/neither");
  EXPECT_EQ(RowOf("rehabilitation {} assessment {}"), "law/assessed");
  EXPECT_EQ(RowOf("rehabilitation {} assessment { assessor: \"a\" } "
                  "leader_review { verdict: VERDICT_APPROVED }"),
            "law/approved");
  EXPECT_EQ(RowOf("rehabilitation {} assessment { assessor: \"a\" } "
                  "leader_review { verdict: VERDICT_REJECTED }"),
            "law/rejected");
  EXPECT_EQ(RowOf("rehabilitation {} leader_review { reviewer: \"b\" "
                  "verdict: VERDICT_APPROVED }"),
            "law/neither");
}

TEST_F(InquiryTest, ForgetsTheRequestBefore) {
  EXPECT_EQ(RowOf("sickness { expected_weeks: 8 }"), "law/short");
  EXPECT_TRUE(Begin("sickness {}").ok());
  decision::v1::Decision out;
  Answer(certificates_, out);
  EXPECT_EQ(out.outcome(), decision::v1::OUTCOME_INSUFFICIENT_FACTS);
  EXPECT_THAT(out.missing_facts(),
              testing::ElementsAre("sickness.expected_weeks"));
}

TEST_F(InquiryTest, WritesOverWhatWasThere) {
  decision::v1::Decision out;
  out.add_flags("OLD");
  ASSERT_TRUE(Begin("sickness { expected_weeks: 8 }").ok());
  Answer(certificates_, out);
  EXPECT_THAT(out.flags(), testing::IsEmpty());
}

TEST_F(InquiryTest, AnAssumedPolicyStandsAndIsFlagged) {
  const auto row = [](const decision::v1::Decision& decision) {
    return decision.ordinary_law_reasons(0).row();
  };
  const auto none = Route("presentation {}");
  EXPECT_EQ(row(none), "law/sometime");
  EXPECT_THAT(none.flags(), testing::IsEmpty());
  const auto on =
      Route("presentation {} policy { team_within_four_weeks: true }");
  EXPECT_EQ(row(on), "law/soon");
  EXPECT_THAT(on.flags(), testing::ElementsAre("ASSUMED_POLICY"));
  const auto off =
      Route("presentation {} policy { team_within_four_weeks: false }");
  EXPECT_EQ(row(off), "law/sometime");
  EXPECT_THAT(off.flags(), testing::ElementsAre("ASSUMED_POLICY"));
  EXPECT_THAT(Route("presentation {} policy {}").flags(), testing::IsEmpty());
}

}  // namespace
}  // namespace frikommune::inquiry
