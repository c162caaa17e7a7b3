#include "services/scheduling/counting_planner.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "adapters/files/catalog_files.h"

namespace frikommune::scheduling {
namespace {

// Counts decisions, and remembers the municipality of the last.
class FakeMeter final : public DecisionMeter {
 public:
  void Count(absl::string_view, decision::v1::Outcome, decision::v1::Regime,
             int municipality) override {
    ++count;
    last_municipality = municipality;
  }
  std::atomic<int> count = 0;
  std::atomic<int> last_municipality = 0;
};

// Remembers the uses and the duties that it was told of.
class FakeEffects final : public EffectMeter {
 public:
  void Used(absl::string_view, int) override { ++uses; }
  void NotObtained(absl::string_view, int, int, int) override {}
  void Planned(int, const DutyCounts& counts) override {
    for (size_t i = 0; i < counts.size(); ++i) duties[i] += counts[i];
  }
  void Took(RequestTaken) override {}
  int uses = 0;
  std::array<std::atomic<int>, DutyCounts().size()> duties{};
};

v1::PlanContactCourseRequest GoodRequest() {
  v1::PlanContactCourseRequest request;
  request.set_municipality("municipalities/851");
  request.set_as_of("2019-03-01");
  request.mutable_course()->set_target_group(
      decision::v1::TARGET_GROUP_INSURED_UNEMPLOYED);
  request.mutable_course()->set_unemployment_start("2019-01-07");
  return request;
}

bool Never() { return false; }

class CountingPlannerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = files::LoadCatalog(FRIKOMMUNE_SOURCE_DIR "/catalog");
    ASSERT_TRUE(loaded.ok()) << loaded.status();
    snapshot_ = new std::shared_ptr<const catalog::Snapshot>(*loaded);
  }
  static void TearDownTestSuite() { delete snapshot_; }

  absl::StatusOr<v1::ContactPlan> Plan(
      const v1::PlanContactCourseRequest& request) {
    wire::MessageWriter out(1);
    const absl::Status status = planner_.Plan(request, out);
    if (!status.ok()) return status;
    return Read<v1::PlanContactCourseResponse>(out).plan();
  }

  v1::PlanResult PlanItem(const v1::PlanContactCourseRequest& request) {
    wire::MessageWriter out(1);
    planner_.PlanItem(request, out);
    return Read<v1::PlanResult>(out);
  }

  template <typename Message>
  static Message Read(const wire::MessageWriter& written) {
    Message message;
    EXPECT_TRUE(message.ParseFromString(std::string(written.bytes())));
    return message;
  }

  static std::shared_ptr<const catalog::Snapshot>* snapshot_;
  FakeMeter meter_;
  FakeEffects effects_;
  CountingPlanner planner_{**snapshot_, meter_, effects_};
};

std::shared_ptr<const catalog::Snapshot>* CountingPlannerTest::snapshot_;

TEST_F(CountingPlannerTest, CountsEachDutyOfAPlan) {
  const auto plan = Plan(GoodRequest());
  ASSERT_TRUE(plan.ok());
  ASSERT_GT(plan->duties_size(), 0);
  EXPECT_EQ(meter_.count, plan->duties_size());
  EXPECT_EQ(meter_.last_municipality, 851);
  DutyCounts expected{};
  for (const auto& duty : plan->duties()) {
    ++expected[static_cast<size_t>(duty.here().status())];
  }
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(effects_.duties[i], expected[i]) << i;
  }
  // A plan uses nothing yet.
  EXPECT_EQ(effects_.uses, 0);
  // A single plan is told in full.
  EXPECT_TRUE(plan->duties(0).has_title());
}

TEST_F(CountingPlannerTest, CountsNothingOfARefusal) {
  v1::PlanContactCourseRequest request = GoodRequest();
  request.set_municipality("municipalities/999");
  EXPECT_EQ(Plan(request).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(meter_.count, 0);
  for (const auto& duties : effects_.duties) EXPECT_EQ(duties, 0);
}

TEST_F(CountingPlannerTest, AnItemIsAPlanOrAnError) {
  EXPECT_TRUE(PlanItem(GoodRequest()).has_plan());
  v1::PlanContactCourseRequest bad = GoodRequest();
  bad.mutable_course()->set_case_id("010190-1234");
  const v1::PlanResult result = PlanItem(bad);
  ASSERT_TRUE(result.has_error());
  EXPECT_FALSE(result.has_plan());
  EXPECT_EQ(result.error().code(), 3);
  EXPECT_EQ(result.error().reason(),
            decision::v1::ERROR_REASON_CPR_NOT_ALLOWED);
  EXPECT_EQ(result.error().field(), "course.case_id");
}

// What is found wrong only after the plan was begun takes its place.
TEST_F(CountingPlannerTest, AnErrorLeavesNothingOfThePlan) {
  v1::PlanContactCourseRequest bad = GoodRequest();
  bad.set_municipality("municipalities/999");
  const v1::PlanResult result = PlanItem(bad);
  EXPECT_FALSE(result.has_plan());
  EXPECT_EQ(result.error().reason(),
            decision::v1::ERROR_REASON_MUNICIPALITY_UNKNOWN);
}

TEST_F(CountingPlannerTest, ABatchThatNobodyWantsIsLeft) {
  using Response = v1::BatchPlanContactCoursesResponse;
  v1::BatchPlanContactCoursesRequest batch;
  for (int i = 0; i < 200; ++i) *batch.add_requests() = GoodRequest();
  wire::MessageWriter left(1);
  int looks = 0;
  const auto given_up = [&looks] { return ++looks > 2; };
  EXPECT_EQ(planner_.PlanBatch(batch, given_up, left).code(),
            absl::StatusCode::kCancelled);
  EXPECT_LT(Read<Response>(left).results_size(), 200);
  wire::MessageWriter whole(1);
  EXPECT_TRUE(planner_.PlanBatch(batch, Never, whole).ok());
  EXPECT_EQ(Read<Response>(whole).results_size(), 200);
}

TEST_F(CountingPlannerTest, ABatchSaysItsCatalogOnce) {
  v1::BatchPlanContactCoursesRequest batch;
  for (int i = 0; i < 2; ++i) *batch.add_requests() = GoodRequest();
  batch.mutable_requests(1)->set_view(decision::v1::VIEW_FULL);
  wire::MessageWriter out(1);
  ASSERT_TRUE(planner_.PlanBatch(batch, Never, out).ok());
  const auto response = Read<v1::BatchPlanContactCoursesResponse>(out);
  EXPECT_EQ(response.catalog_digest(), (*snapshot_)->digest());
  EXPECT_EQ(response.results(0).plan().catalog_digest(), "");
  // A plan in full stands by itself, as does an item of a stream.
  EXPECT_EQ(response.results(1).plan().catalog_digest(),
            (*snapshot_)->digest());
  EXPECT_EQ(PlanItem(GoodRequest()).plan().catalog_digest(),
            (*snapshot_)->digest());
}

// Where the laws differ in nothing but who may hold the meeting.
TEST_F(CountingPlannerTest, TellsTheTermsOfBothLaws) {
  v1::PlanContactCourseRequest request;
  request.set_municipality("municipalities/849");
  request.set_as_of("2020-02-03");
  v1::ContactCourse& course = *request.mutable_course();
  course.set_target_group(decision::v1::TARGET_GROUP_EDU_BENEFIT_READY);
  course.set_unemployment_start("2020-01-06");
  v1::Meeting& held = *course.add_meetings();
  held.set_kind(v1::MEETING_KIND_JOB_MEETING);
  held.set_ordinal(1);
  held.set_date("2020-01-20");
  held.set_counted(true);
  const auto plan = Plan(request);
  ASSERT_TRUE(plan.ok());
  ASSERT_GT(plan->duties_size(), 0);
  v1::DutyTerms here = plan->duties(0).here();
  v1::DutyTerms by_law = plan->duties(0).ordinary_law();
  EXPECT_EQ(here.conductors_size(), 3);
  EXPECT_EQ(by_law.conductors_size(), 1);
  here.clear_conductors();
  by_law.clear_conductors();
  EXPECT_EQ(here.SerializeAsString(), by_law.SerializeAsString());
}

TEST_F(CountingPlannerTest, ManyThreadsAnswerAsOne) {
  const auto expected = Plan(GoodRequest());
  ASSERT_TRUE(expected.ok());
  constexpr int kThreads = 4;
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 50; ++n) {
        const auto plan = Plan(GoodRequest());
        ASSERT_TRUE(plan.ok());
        EXPECT_EQ(plan->SerializeAsString(), expected->SerializeAsString());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(meter_.count, 201 * expected->duties_size());
}

TEST(MunicipalityCodeTest, ReadsTheName) {
  EXPECT_EQ(MunicipalityCode("municipalities/851"), 851);
  for (const char* bad : {"", "851", "municipalities/", "municipalities/x",
                          "municipality/851", "municipalities/851/x"}) {
    EXPECT_EQ(MunicipalityCode(bad), -1) << bad;
  }
}

}  // namespace
}  // namespace frikommune::scheduling
