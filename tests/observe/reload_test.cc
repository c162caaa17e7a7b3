// A catalog that changes while a server answers by it.

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/synchronization/mutex.h"
#include "frikommune/catalog/v1/catalog_service.grpc.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.grpc.pb.h"
#include "gmock/gmock.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/metrics_page.h"
#include "tests/e2e/server_process.h"

namespace frikommune {
namespace {

namespace fs = std::filesystem;
using e2e::MetricsPage;
using e2e::ServerProcess;
using scheduling::v1::SchedulingService;
using testing::HasSubstr;

constexpr char kExperiment[] =
    "experiments/e01-meeting-requirements/experiment.textproto";
constexpr char kAccepted[] =
    "frikommune_catalog_reload_total{result=\"accepted\"}";
constexpr char kRefused[] =
    "frikommune_catalog_reload_total{result=\"refused\"}";
constexpr char kSuccess[] = "frikommune_catalog_last_reload_success";

std::string Contents(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

void Write(const fs::path& file, const std::string& text) {
  // In one step, as editors do.
  const fs::path next = file.string() + ".next";
  std::ofstream(next) << text;
  fs::rename(next, file);
}

class ReloadTest : public testing::Test {
 protected:
  ReloadTest() {
    if (mkdtemp(folder_.data()) == nullptr) std::abort();
    fs::copy(e2e::CatalogFolder(), Catalog(), fs::copy_options::recursive);
  }
  ~ReloadTest() override { fs::remove_all(folder_); }

  fs::path Catalog() const { return fs::path(folder_) / "catalog"; }
  std::vector<std::string> Flags() const {
    return {"--catalog=" + Catalog().string(), "--catalog-poll-seconds=0.05"};
  }

  // Another word in what an experiment is for: another catalog.
  static void Change(const fs::path& catalog, const std::string& word) {
    const std::string text = Contents(catalog / kExperiment);
    Write(catalog / kExperiment,
          absl::StrReplaceAll(text, {{"Individually planned", word}}));
  }

  static double WaitFor(const ServerProcess& server, const std::string& series,
                        double value) {
    return e2e::WaitFor(server.metrics_address(), series, value);
  }

  static std::string DigestOf(const ServerProcess& server) {
    grpc::ClientContext context;
    catalog::v1::GetCatalogResponse response;
    EXPECT_TRUE(catalog::v1::CatalogService::NewStub(server.Connect())
                    ->GetCatalog(&context, {}, &response)
                    .ok());
    return response.digest();
  }

  std::string folder_ = testing::TempDir() + "reload-XXXXXX";
};

// Plans all the time, singly and in batches, and keeps the digests of the
// answers.
class Load {
 public:
  explicit Load(const ServerProcess& server)
      : stub_(SchedulingService::NewStub(server.Connect())), thread_([this] {
          while (!stop_) Ask();
        }) {}
  ~Load() { Stop(); }

  std::set<std::string> Stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
    EXPECT_GT(answers_, 0);
    return digests_;
  }

 private:
  void Ask() {
    scheduling::v1::PlanContactCourseRequest request;
    request.set_municipality("municipalities/851");
    request.set_as_of("2019-03-01");
    request.mutable_course()->set_target_group(
        decision::v1::TARGET_GROUP_INSURED_UNEMPLOYED);
    request.mutable_course()->set_unemployment_start("2019-01-07");
    grpc::ClientContext context;
    scheduling::v1::PlanContactCourseResponse response;
    ASSERT_TRUE(stub_->PlanContactCourse(&context, request, &response).ok());
    digests_.insert(response.plan().catalog_digest());

    scheduling::v1::BatchPlanContactCoursesRequest batch;
    for (int i = 0; i < 200; ++i) *batch.add_requests() = request;
    for (auto& one : *batch.mutable_requests()) {
      one.set_view(decision::v1::VIEW_FULL);
    }
    grpc::ClientContext batch_context;
    scheduling::v1::BatchPlanContactCoursesResponse answers;
    ASSERT_TRUE(
        stub_->BatchPlanContactCourses(&batch_context, batch, &answers).ok());
    for (const auto& result : answers.results()) {
      ASSERT_EQ(result.plan().catalog_digest(), answers.catalog_digest());
    }
    digests_.insert(answers.catalog_digest());
    ++answers_;
  }

  const std::unique_ptr<SchedulingService::Stub> stub_;
  std::atomic<bool> stop_ = false;
  int answers_ = 0;
  std::set<std::string> digests_;
  std::thread thread_;
};

TEST_F(ReloadTest, AChangeABreachAndAMendUnderLoad) {
  ServerProcess server(Flags());
  ASSERT_TRUE(server.ready());
  Load load(server);
  std::set<std::string> in_force = {DigestOf(server)};
  EXPECT_EQ(MetricsPage::Get(server.metrics_address())[kSuccess], 1);

  Change(Catalog(), "Individually arranged");
  ASSERT_EQ(WaitFor(server, kAccepted, 1), 1);
  const std::string changed = DigestOf(server);
  EXPECT_TRUE(in_force.insert(changed).second);
  const std::string good = Contents(Catalog() / kExperiment);

  Write(Catalog() / kExperiment, good + "\nnonsense: 1\n");
  ASSERT_EQ(WaitFor(server, kRefused, 1), 1);
  EXPECT_EQ(MetricsPage::Get(server.metrics_address())[kSuccess], 0);
  EXPECT_EQ(DigestOf(server), changed);
  EXPECT_EQ(MetricsPage::Get(server.metrics_address())[absl::StrCat(
                "frikommune_catalog_info{digest=\"", changed, "\"}")],
            1);

  Write(Catalog() / kExperiment,
        absl::StrReplaceAll(good, {{"Individually arranged", "Other"}}));
  ASSERT_EQ(WaitFor(server, kAccepted, 2), 2);
  EXPECT_EQ(MetricsPage::Get(server.metrics_address())[kSuccess], 1);
  EXPECT_TRUE(in_force.insert(DigestOf(server)).second);

  const std::set<std::string> answered = load.Stop();
  EXPECT_THAT(answered, testing::IsSubsetOf(in_force));
  EXPECT_GT(answered.size(), 1);
  server.Signal(SIGTERM);
  EXPECT_EQ(server.Wait(), 0);
  // Where, and why.
  EXPECT_THAT(server.errors(), HasSubstr(kExperiment));
  EXPECT_THAT(server.errors(), HasSubstr("nonsense"));
}

// As a mounted ConfigMap changes: links to a folder, which is another at once.
TEST_F(ReloadTest, AMountedConfigMap) {
  const fs::path mount = fs::path(folder_) / "mount";
  fs::create_directory(mount);
  fs::rename(Catalog(), mount / "..first");
  fs::create_directory_symlink("..first", mount / "..data");
  for (const char* const part : {"law", "experiments", "network"}) {
    fs::create_directory_symlink(fs::path("..data") / part, mount / part);
  }
  ServerProcess server(
      {"--catalog=" + mount.string(), "--catalog-poll-seconds=0.05"});
  ASSERT_TRUE(server.ready());
  const std::string first = DigestOf(server);

  fs::copy(mount / "..first", mount / "..second", fs::copy_options::recursive);
  Change(mount / "..second", "Individually arranged");
  fs::create_directory_symlink("..second", mount / "..next");
  fs::rename(mount / "..next", mount / "..data");
  EXPECT_EQ(WaitFor(server, kAccepted, 1), 1);
  EXPECT_NE(DigestOf(server), first);
  EXPECT_EQ(MetricsPage::Get(server.metrics_address())[kRefused], 0);
}

TEST_F(ReloadTest, AHangUpLooksAtOnce) {
  ServerProcess server(
      {"--catalog=" + Catalog().string(), "--catalog-poll-seconds=3600"});
  ASSERT_TRUE(server.ready());
  Change(Catalog(), "Individually arranged");
  server.Signal(SIGHUP);
  EXPECT_EQ(WaitFor(server, kAccepted, 1), 1);
}

// What was decided by the second catalog can be decided again by it.
TEST_F(ReloadTest, WhatDecidesIsKept) {
  const std::string store = "sqlite:" + folder_ + "/c.db";
  auto flags = Flags();
  flags.push_back("--store=" + store);
  ServerProcess server(flags, "frikommune-certificates");
  ASSERT_TRUE(server.ready());
  ASSERT_TRUE(
      e2e::KeepCertificateCase(server, "municipalities/851", "r-1").ok());
  Change(Catalog(), "Individually arranged");
  ASSERT_EQ(WaitFor(server, kAccepted, 1), 1);
  ASSERT_TRUE(
      e2e::KeepCertificateCase(server, "municipalities/851", "r-2").ok());
  server.Signal(SIGTERM);
  ASSERT_EQ(server.Wait(), 0);
  const std::string replay =
      absl::StrCat(FRIKOMMUNE_BIN_DIR, "/frikommune ledger replay --store ",
                   store, " > /dev/null");
  EXPECT_EQ(std::system(replay.c_str()), 0);
}

}  // namespace
}  // namespace frikommune
