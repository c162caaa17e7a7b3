#include "core/inquiry/check.h"

#include "core/error/error.h"
#include "frikommune/certificates/v1/certificates_service.pb.h"
#include "gmock/gmock.h"
#include "google/protobuf/text_format.h"

namespace frikommune::inquiry {
namespace {

// A request and what is wrong with it: "" and "" for nothing.
struct Case {
  const char* name;
  const char* request;
  const char* reason;
  const char* field;
};

// clang-format off
const Case kCases[] = {
    {"Neither", "", "", ""},
    {"AssessmentAlone", R"(assessment { assessor: "a" })", "", ""},
    {"ReviewAlone", R"(leader_review { reviewer: "a" })", "", ""},
    {"TwoPersons", R"(assessment { assessor: "a" } leader_review { reviewer: "b" })", "", ""},
    {"OnePerson", R"(assessment { assessor: "a" } leader_review { reviewer: "a" })",
     "REVIEWER_IS_ASSESSOR", "leader_review.reviewer"},
    {"Supersedes", R"(supersedes: "municipalities/851/decisions/01HF")", "", ""},
    {"SupersedesAnothers", R"(supersedes: "municipalities/849/decisions/01HF")", "NAME_INVALID", "supersedes"},
    {"SupersedesNothing", R"(supersedes: "municipalities/851/decisions/")", "NAME_INVALID", "supersedes"},
    {"SupersedesAnId", R"(supersedes: "01HF")", "NAME_INVALID", "supersedes"},
    {"SupersedesAnotherKind", R"(supersedes: "municipalities/851/agendaItems/01HF")", "NAME_INVALID", "supersedes"},
    {"SupersedesAPart", R"(supersedes: "municipalities/851/decisions/01HF/reviews/1")", "NAME_INVALID", "supersedes"},
};
// clang-format on

class CheckTest : public testing::TestWithParam<Case> {};

TEST_P(CheckTest, Says) {
  const Case& c = GetParam();
  certificates::v1::DecideCertificateRequest request;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      std::string("municipality: \"municipalities/851\" ") + c.request,
      &request));
  const absl::Status status = CheckGiven(GivenBy(request));
  EXPECT_EQ(ReasonName(ErrorInfoOf(status).reason), c.reason);
  EXPECT_EQ(ErrorInfoOf(status).field, c.field);
  EXPECT_EQ(status.code(), *c.reason == '\0'
                               ? absl::StatusCode::kOk
                               : absl::StatusCode::kInvalidArgument);
}

INSTANTIATE_TEST_SUITE_P(Limits, CheckTest, testing::ValuesIn(kCases),
                         [](const auto& c) { return c.param.name; });

}  // namespace
}  // namespace frikommune::inquiry
