#include "core/request/validate.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <string>

#include "core/error/error.h"
#include "frikommune/catalog/v1/catalog_service.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::request {
namespace {

using decision::v1::ErrorReason;
using scheduling::v1::PlanContactCourseRequest;

// A request with nothing wrong, and something of every kind in it.
PlanContactCourseRequest GoodRequest() {
  PlanContactCourseRequest request;
  request.set_municipality("municipalities/851");
  request.set_as_of("2018-03-01");
  auto* course = request.mutable_course();
  course->set_case_id("case-17");
  course->set_unemployment_start("2018-01-01");
  for (int i = 0; i < 3; ++i) {
    auto* meeting = course->add_meetings();
    meeting->set_kind(scheduling::v1::MEETING_KIND_JOB_MEETING);
    meeting->set_date("2018-02-01");
    meeting->set_ordinal(i + 1);
  }
  return request;
}

struct Case {
  const char* name;
  std::function<void(PlanContactCourseRequest&)> spoil;
  // UNSPECIFIED if the request is good all the same.
  ErrorReason reason;
  const char* field;
};

constexpr ErrorReason kGood = decision::v1::ERROR_REASON_UNSPECIFIED;
constexpr ErrorReason kRequired = decision::v1::ERROR_REASON_FIELD_REQUIRED;
constexpr ErrorReason kDate = decision::v1::ERROR_REASON_DATE_INVALID;
constexpr ErrorReason kRange = decision::v1::ERROR_REASON_VALUE_OUT_OF_RANGE;
constexpr ErrorReason kEnum = decision::v1::ERROR_REASON_ENUM_UNKNOWN;
constexpr ErrorReason kCpr = decision::v1::ERROR_REASON_CPR_NOT_ALLOWED;
constexpr ErrorReason kLong = decision::v1::ERROR_REASON_TEXT_TOO_LONG;

// `count` letters that take two bytes each.
std::string Letters(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "æ";
  return text;
}

// clang-format off
const Case kCases[] = {
    {"Untouched", [](auto&) {}, kGood, ""},
    {"NoMunicipality", [](auto& r) { r.clear_municipality(); }, kRequired, "municipality"},
    {"NoDay", [](auto& r) { r.clear_as_of(); }, kRequired, "as_of"},
    {"NoCourse", [](auto& r) { r.clear_course(); }, kRequired, "course"},
    {"EmptyCourseIsThere", [](auto& r) { r.mutable_course()->Clear(); }, kGood, ""},
    {"NoKind", [](auto& r) { r.mutable_course()->mutable_meetings(2)->clear_kind(); }, kRequired, "course.meetings[2].kind"},
    {"NoMeetingDate", [](auto& r) { r.mutable_course()->mutable_meetings(1)->clear_date(); }, kRequired, "course.meetings[1].date"},
    {"InsideWhatIsThere", [](auto& r) { r.mutable_course()->mutable_exit(); }, kRequired, "course.exit.kind"},
    {"RequiredBeforeAnythingElse", [](auto& r) { r.set_municipality("010190-1234"); r.mutable_course()->mutable_meetings(2)->clear_date(); }, kRequired, "course.meetings[2].date"},
    {"LastDayOfFebruary", [](auto& r) { r.set_as_of("2020-02-29"); }, kGood, ""},
    {"NoSuchDay", [](auto& r) { r.set_as_of("2019-02-29"); }, kDate, "as_of"},
    {"OtherForm", [](auto& r) { r.set_as_of("01-03-2018"); }, kDate, "as_of"},
    {"WithTime", [](auto& r) { r.set_as_of("2018-03-01T00:00"); }, kDate, "as_of"},
    {"NoSuchDayInList", [](auto& r) { r.mutable_course()->mutable_meetings(2)->set_date("2018-04-31"); }, kDate, "course.meetings[2].date"},
    {"UnsetOptionalDate", [](auto& r) { r.mutable_course()->clear_unemployment_start(); }, kGood, ""},
    {"OrdinalBelow", [](auto& r) { r.mutable_course()->mutable_meetings(0)->set_ordinal(0); }, kRange, "course.meetings[0].ordinal"},
    {"OrdinalLeast", [](auto& r) { r.mutable_course()->mutable_meetings(0)->set_ordinal(1); }, kGood, ""},
    {"OrdinalMost", [](auto& r) { r.mutable_course()->mutable_meetings(0)->set_ordinal(200); }, kGood, ""},
    {"OrdinalAbove", [](auto& r) { r.mutable_course()->mutable_meetings(0)->set_ordinal(201); }, kRange, "course.meetings[0].ordinal"},
    {"OrdinalUnset", [](auto& r) { r.mutable_course()->mutable_meetings(0)->clear_ordinal(); }, kGood, ""},
    {"NoHours", [](auto& r) { r.mutable_course()->set_weekly_ordinary_hours(0); }, kGood, ""},
    {"NegativeHours", [](auto& r) { r.mutable_course()->set_weekly_ordinary_hours(-1); }, kRange, "course.weekly_ordinary_hours"},
    {"LastEnumValue", [](auto& r) { r.mutable_course()->set_risk(scheduling::v1::RISK_HIGH); }, kGood, ""},
    {"EnumAbove", [](auto& r) { r.mutable_course()->set_risk(static_cast<scheduling::v1::Risk>(4)); }, kEnum, "course.risk"},
    {"EnumBelow", [](auto& r) { r.mutable_course()->set_risk(static_cast<scheduling::v1::Risk>(-1)); }, kEnum, "course.risk"},
    {"CprInId", [](auto& r) { r.mutable_course()->set_case_id("sag 010190-1234"); }, kCpr, "course.case_id"},
    {"CprInside", [](auto& r) { r.mutable_course()->mutable_assessment()->set_assessor("0101901234"); }, kCpr, "course.assessment.assessor"},
    {"LongestText", [](auto& r) { r.mutable_course()->set_case_id(Letters(256)); }, kGood, ""},
    {"NulInText", [](auto& r) { r.mutable_course()->set_case_id(std::string("a\0b", 3)); }, decision::v1::ERROR_REASON_TEXT_INVALID, "course.case_id"},
    {"TooLongText", [](auto& r) { r.mutable_course()->set_case_id(Letters(257)); }, kLong, "course.case_id"},
};
// clang-format on

class ValidateTest : public testing::TestWithParam<Case> {};

TEST_P(ValidateTest, Says) {
  const Validator validator(PlanContactCourseRequest::descriptor());
  PlanContactCourseRequest request = GoodRequest();
  GetParam().spoil(request);
  const absl::Status status = validator.Check(request);
  EXPECT_EQ(ErrorInfoOf(status),
            (ErrorInfo{GetParam().reason, GetParam().field}))
      << status;
  EXPECT_EQ(status.code(), GetParam().reason == kGood
                               ? absl::StatusCode::kOk
                               : absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(validator.IsSound(request.SerializeAsString()),
            GetParam().reason == kGood);
}

INSTANTIATE_TEST_SUITE_P(EachRule, ValidateTest, testing::ValuesIn(kCases),
                         [](const auto& test) {
                           return std::string(test.param.name);
                         });

TEST(ValidatorTest, TheMessageDoesNotRepeatACprNumber) {
  const Validator validator(PlanContactCourseRequest::descriptor());
  PlanContactCourseRequest request = GoodRequest();
  request.mutable_course()->set_case_id("010190-1234");
  EXPECT_EQ(validator.Check(request).message().find("1234"),
            absl::string_view::npos);
}

TEST(ValidatorTest, AnUnopenedListMustBeThereAndIsLeftAlone) {
  const Validator validator(
      scheduling::v1::BatchPlanContactCoursesRequest::descriptor(),
      {"requests"});
  scheduling::v1::BatchPlanContactCoursesRequest batch;
  EXPECT_EQ(ErrorInfoOf(validator.Check(batch)),
            (ErrorInfo{kRequired, "requests"}));
  EXPECT_FALSE(validator.IsSound(""));
  batch.add_requests();
  EXPECT_TRUE(validator.Check(batch).ok());
  EXPECT_TRUE(validator.IsSound(batch.SerializeAsString()));
  batch.set_view(static_cast<decision::v1::View>(7));
  EXPECT_FALSE(validator.IsSound(batch.SerializeAsString()));
  EXPECT_EQ(ErrorInfoOf(validator.Check(batch)), (ErrorInfo{kEnum, "view"}));
}

TEST(ValidatorTest, AnOpenedListIsChecked) {
  const Validator validator(
      scheduling::v1::BatchPlanContactCoursesRequest::descriptor());
  scheduling::v1::BatchPlanContactCoursesRequest batch;
  batch.add_requests();
  EXPECT_EQ(ErrorInfoOf(validator.Check(batch)),
            (ErrorInfo{kRequired, "requests[0].municipality"}));
}

TEST(ValidatorTest, AnUnsetNumberIsInItsRange) {
  const Validator validator(catalog::v1::ListExperimentsRequest::descriptor());
  catalog::v1::ListExperimentsRequest request;
  EXPECT_TRUE(validator.Check(request).ok());
  request.set_page_size(200);
  EXPECT_TRUE(validator.Check(request).ok());
  request.set_page_size(201);
  EXPECT_EQ(ErrorInfoOf(validator.Check(request)),
            (ErrorInfo{kRange, "page_size"}));
}

TEST(SoundBytesTest, WhatIsGivenTwiceMustBeAsked) {
  const Validator validator(PlanContactCourseRequest::descriptor());
  const std::string bytes = GoodRequest().SerializeAsString();
  PlanContactCourseRequest again;
  again.set_municipality("municipalities/851");
  EXPECT_TRUE(validator.IsSound(bytes));
  EXPECT_FALSE(validator.IsSound(bytes + again.SerializeAsString()));
}

TEST(SoundBytesTest, AFieldOfALaterContractIsPassedOver) {
  const Validator validator(PlanContactCourseRequest::descriptor());
  // Field 2000, a text.
  EXPECT_TRUE(
      validator.IsSound(GoodRequest().SerializeAsString() + "\x82\x7d\x01x"));
}

TEST(SoundBytesTest, FieldsAreCountedFromOne) {
  const Validator validator(PlanContactCourseRequest::descriptor());
  // Field 0, a text.
  EXPECT_FALSE(validator.IsSound(GoodRequest().SerializeAsString() +
                                 std::string("\x02\x01x")));
}

TEST(SoundBytesTest, AnEmptyTextIsNotThere) {
  const Validator validator(PlanContactCourseRequest::descriptor());
  // As a client writes that sends what is empty: field 1, of no length.
  PlanContactCourseRequest request = GoodRequest();
  request.clear_municipality();
  EXPECT_FALSE(validator.IsSound(request.SerializeAsString() +
                                 std::string("\x0a\x00", 2)));
}

// Whatever the bytes are: those that are told to be sound are.
TEST(SoundBytesTest, NeverPassesWhatIsRefused) {
  constexpr int kTries = 200'000;
  const Validator validator(PlanContactCourseRequest::descriptor());
  const std::string good = GoodRequest().SerializeAsString();
  std::mt19937 random(7);
  int sound = 0;
  int refused = 0;
  for (int i = 0; i < kTries; ++i) {
    std::string bytes = good;
    for (auto changes = 1 + random() % 3; changes > 0; --changes) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    PlanContactCourseRequest request;
    if (!request.ParseFromString(bytes)) continue;
    const bool passes = validator.Check(request).ok();
    refused += !passes;
    if (!validator.IsSound(bytes)) continue;
    ++sound;
    ASSERT_TRUE(passes) << request.DebugString();
  }
  EXPECT_GT(sound, kTries / 100);
  EXPECT_GT(refused, kTries / 100);
}

}  // namespace
}  // namespace frikommune::request
