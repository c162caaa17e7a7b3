// The names, the labels and the number of all series, after every case beside
// the law and the experiments was answered.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/synchronization/blocking_counter.h"
#include "cli/replay.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/e2e/certificate_case.h"
#include "tests/e2e/metrics_page.h"
#include "tests/e2e/server_process.h"

namespace frikommune {
namespace {

using e2e::MetricsPage;
using e2e::ServerProcess;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::IsSubsetOf;

// A folder that is there for as long as the program runs.
const std::string& Folder() {
  static const std::string kFolder = [] {
    std::string folder = testing::TempDir() + "observe-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) std::abort();
    return folder;
  }();
  return kFolder;
}

// The servers, each with a file of its own.
struct Servers {
  ServerProcess scheduling;
  ServerProcess certificates{{"--store=sqlite:" + Folder() + "/c.db"},
                             "frikommune-certificates"};
  ServerProcess rehab{{"--store=sqlite:" + Folder() + "/r.db",
                       "--certificates=" + certificates.grpc_address()},
                      "frikommune-rehab"};

  std::vector<const ServerProcess*> all() const {
    return {&scheduling, &certificates, &rehab};
  }
};

class MetricNamesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    servers_ = new Servers();
    cli::ReplayOptions options;
    options.files = {
        std::string(FRIKOMMUNE_SOURCE_DIR) + "/catalog/law",
        std::string(FRIKOMMUNE_SOURCE_DIR) + "/catalog/experiments",
        std::string(FRIKOMMUNE_SOURCE_DIR) + "/examples"};
    options.targets = {servers_->scheduling.grpc_address(),
                       "certificates=" + servers_->certificates.grpc_address(),
                       "rehab=" + servers_->rehab.grpc_address()};
    std::istringstream nothing;
    std::ostringstream out;
    ASSERT_EQ(cli::RunReplay(options, nothing, out), 0) << out.str();
  }
  static void TearDownTestSuite() {
    delete servers_;
    std::filesystem::remove_all(Folder());
  }

  static MetricsPage Page(const ServerProcess& server) {
    return MetricsPage::Get(server.metrics_address());
  }

  static Servers* servers_;
};

Servers* MetricNamesTest::servers_;

// What promtool has to say of a page.
std::vector<std::string> Lint(const std::string& page) {
  const std::string file = Folder() + "/page";
  std::ofstream(file) << page;
  FILE* const tool =
      popen(("promtool check metrics < " + file + " 2>&1").c_str(), "r");
  std::string said;
  char buffer[4096];
  size_t got = 0;
  while ((got = fread(buffer, 1, sizeof buffer, tool)) > 0) {
    said.append(buffer, got);
  }
  pclose(tool);
  return absl::StrSplit(said, '\n', absl::SkipEmpty());
}

// OpenTelemetry's name of the connections is older than promtool's advice.
TEST_F(MetricNamesTest, PromtoolHasNothingToSay) {
  EXPECT_THAT(Lint(Page(servers_->scheduling).text()), IsEmpty());
  for (const ServerProcess* server :
       {&servers_->certificates, &servers_->rehab}) {
    EXPECT_THAT(Lint(Page(*server).text()),
                testing::ElementsAre(
                    "db_client_connection_count non-histogram and non-summary "
                    "metrics should not have \"_count\" suffix"));
  }
  // It does look.
  EXPECT_FALSE(Lint("# TYPE a_total gauge\na_total 1\n").empty());
}

TEST_F(MetricNamesTest, AThousandSeriesAreEnough) {
  for (const ServerProcess* server : servers_->all()) {
    EXPECT_GT(Page(*server).size(), 200);
    EXPECT_LE(Page(*server).size(), 1000);
  }
}

// A label that nobody thought about may hold what nobody may see.
TEST_F(MetricNamesTest, TheseLabelsAreAllThereAre) {
  std::set<std::string> labels;
  for (const ServerProcess* server : servers_->all()) {
    for (const auto& [series, value] : Page(*server).Of("")) {
      const size_t brace = series.find('{');
      if (brace == std::string::npos) continue;
      for (const auto& label :
           absl::StrSplit(series.substr(brace + 1), absl::ByString("\","))) {
        labels.insert(std::string(label.substr(0, label.find('='))));
      }
    }
  }
  EXPECT_THAT(labels, IsSubsetOf({"grpc_type",
                                  "grpc_service",
                                  "grpc_method",
                                  "grpc_code",
                                  "le",
                                  "quantile",
                                  "service",
                                  "experiment",
                                  "outcome",
                                  "municipality",
                                  "regime",
                                  "digest",
                                  "version",
                                  "compiler",
                                  "reason",
                                  "result",
                                  "kind",
                                  "status",
                                  "state",
                                  "db_system_name",
                                  "db_operation_name",
                                  "error_type",
                                  "target",
                                  "use"}));
}

// The names in the first column of the table in the operators' page.
std::set<std::string> Documented() {
  std::ifstream file(std::string(FRIKOMMUNE_SOURCE_DIR) +
                     "/docs/operations/metrics.md");
  std::set<std::string> names;
  for (std::string line; std::getline(file, line);) {
    if (!absl::StartsWith(line, "| `")) continue;
    names.insert(line.substr(3, line.find('`', 3) - 3));
  }
  return names;
}

std::set<std::string> Told(const MetricsPage& page) {
  std::set<std::string> names;
  for (const absl::string_view line : absl::StrSplit(page.text(), '\n')) {
    const std::vector<absl::string_view> words = absl::StrSplit(line, ' ');
    if (words.size() < 4 || words[0] != "#" || words[1] != "TYPE") continue;
    names.emplace(words[2]);
  }
  return names;
}

TEST_F(MetricNamesTest, EveryNameIsDocumentedAndNoOther) {
  std::set<std::string> told;
  for (const ServerProcess* server : servers_->all()) {
    told.merge(Told(Page(*server)));
  }
  EXPECT_THAT(Documented(), ElementsAreArray(told));
}

// Sends an empty message to each of many names, some at a time.
void CallInvented(const ServerProcess& server, int names) {
  grpc::GenericStub stub(server.Connect());
  const grpc::Slice nothing;
  const grpc::ByteBuffer request(&nothing, 1);
  constexpr int kAtOnce = 100;
  struct Call {
    grpc::ClientContext context;
    grpc::ByteBuffer response;
  };
  for (int first = 0; first < names; first += kAtOnce) {
    std::vector<Call> calls(kAtOnce);
    absl::BlockingCounter done(kAtOnce);
    for (int i = 0; i < kAtOnce; ++i) {
      const int name = first + i;
      stub.UnaryCall(&calls[i].context,
                     absl::StrCat("/invented.v1.Service", name, "/M", name),
                     grpc::StubOptions(), &request, &calls[i].response,
                     [&done](const grpc::Status& status) {
                       EXPECT_EQ(status.error_code(),
                                 grpc::StatusCode::UNIMPLEMENTED);
                       done.DecrementCount();
                     });
    }
    done.Wait();
  }
}

// Asks for a decision in each of many municipalities that are not there.
void SendInvented(const ServerProcess& server, int names) {
  constexpr int kBatch = 1000;
  const auto stub =
      certificates::v1::CertificatesService::NewStub(server.Connect());
  for (int first = 0; first < names; first += kBatch) {
    certificates::v1::BatchDecideCertificatesRequest request;
    for (int i = first; i < first + kBatch; ++i) {
      *request.add_requests() = e2e::CertificateCase(
          absl::StrCat("municipalities/", i + 1), absl::StrCat("r-", i));
      request.mutable_requests(i - first)->set_validate_only(i % 2 == 0);
    }
    grpc::ClientContext context;
    certificates::v1::BatchDecideCertificatesResponse response;
    ASSERT_TRUE(
        stub->BatchDecideCertificates(&context, request, &response).ok());
    ASSERT_EQ(response.results_size(), kBatch);
  }
}

TEST_F(MetricNamesTest, WhatCallersInventMakesNoSeries) {
  constexpr int kNames = 10000;
  const ServerProcess& server = servers_->certificates;
  CallInvented(server, 100);
  SendInvented(server, 1000);
  const size_t before = Page(server).size();
  CallInvented(server, kNames);
  SendInvented(server, kNames);
  EXPECT_EQ(e2e::WaitFor(
                server.metrics_address(),
                e2e::Handled("unknown", "unknown", "unknown", "Unimplemented"),
                kNames + 100),
            kNames + 100);
  EXPECT_EQ(Page(server).size(), before);
}

}  // namespace
}  // namespace frikommune
