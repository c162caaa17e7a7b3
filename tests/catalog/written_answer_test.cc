// Answers are written as bytes: those bytes are what the messages themselves
// are serialised to, field for field, for every case that the catalog holds.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "adapters/files/catalog_files.h"
#include "core/certificates/decider.h"
#include "core/rehab/decider.h"
#include "core/scheduling/scheduling.h"
#include "google/protobuf/util/json_util.h"

namespace frikommune {
namespace {

using decision::v1::View;

class WrittenAnswerTest : public testing::TestWithParam<View> {
 protected:
  // True if the bytes are a message, and its only ones.
  template <typename Message>
  static testing::AssertionResult AreA(const wire::MessageWriter& written) {
    const std::string bytes(written.bytes());
    Message message;
    if (!message.ParseFromString(bytes)) {
      return testing::AssertionFailure() << "cannot be read";
    }
    if (message.SerializeAsString() != bytes) {
      return testing::AssertionFailure()
             << "is not how this is written: " << message.DebugString();
    }
    return testing::AssertionSuccess();
  }

  template <typename Request>
  static bool Read(const nlohmann::json& line, Request& request) {
    request.Clear();
    return google::protobuf::util::JsonStringToMessage(
               line.at("request").dump(), &request)
        .ok();
  }

  template <typename Request, typename Decider>
  void SeeDecision(const nlohmann::json& line, Decider& decider) {
    Request request;
    wire::MessageWriter out(1);
    if (!Read(line, request)) return;
    if (!decider.Write(request, GetParam(), out).ok()) return;
    EXPECT_TRUE(AreA<decision::v1::Decision>(out)) << line["name"];
    ++decisions_;
  }

  // Cases that are refused have no answer.
  void See(const nlohmann::json& line) {
    const std::string call = line.at("call");
    wire::MessageWriter out(1);
    scheduling::v1::AssessMeetingRequest meeting;
    scheduling::v1::PlanContactCourseRequest course;
    const auto nothing = [](const decision::Answer&) {};
    if (call.ends_with("/AssessMeeting") && Read(line, meeting)) {
      meeting.set_view(GetParam());
      if (!Assess(planner_.facts(), meeting, nothing, out).ok()) return;
      EXPECT_TRUE(AreA<scheduling::v1::AssessMeetingResponse>(out))
          << line["name"];
      ++answers_;
    } else if (call.ends_with("/PlanContactCourse") && Read(line, course)) {
      course.set_view(GetParam());
      if (!Plan(
               planner_, course, {}, [](const scheduling::PlannedItem&) {}, out)
               .ok())
        return;
      EXPECT_TRUE(AreA<scheduling::v1::ContactPlan>(out)) << line["name"];
      ++answers_;
    } else if (call.ends_with("/DecideCertificate")) {
      SeeDecision<certificates::v1::DecideCertificateRequest>(line,
                                                              certificates_);
    } else if (call.ends_with("/RouteCase")) {
      SeeDecision<rehab::v1::RouteCaseRequest>(line, rehab_);
    } else if (call.ends_with("/DecideExtension")) {
      SeeDecision<rehab::v1::DecideExtensionRequest>(line, rehab_);
    }
  }

  const std::shared_ptr<const catalog::Snapshot> snapshot_ =
      files::LoadCatalog(FRIKOMMUNE_SOURCE_DIR "/catalog").value();
  scheduling::Planner planner_{*snapshot_};
  certificates::Decider certificates_{*snapshot_};
  rehab::Decider rehab_{*snapshot_};
  int answers_ = 0;
  int decisions_ = 0;
};

TEST_P(WrittenAnswerTest, IsTheMessageItself) {
  for (const auto& file : snapshot_->catalog().case_files) {
    std::istringstream lines(file.text);
    for (std::string line; std::getline(lines, line);) {
      if (!line.empty()) See(nlohmann::json::parse(line));
    }
  }
  EXPECT_GT(answers_, 300);
  EXPECT_GT(decisions_, 300);
}

INSTANTIATE_TEST_SUITE_P(Views, WrittenAnswerTest,
                         testing::Values(decision::v1::VIEW_BASIC,
                                         decision::v1::VIEW_FULL),
                         [](const auto& view) {
                           return decision::v1::View_Name(view.param);
                         });

}  // namespace
}  // namespace frikommune
