#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "frikommune/catalog/v1/catalog_service.grpc.pb.h"
#include "tests/e2e/server_process.h"

namespace frikommune::e2e {
namespace {

namespace v1 = catalog::v1;
using grpc::StatusCode;

class CatalogTest : public testing::Test {
 protected:
  v1::ExplainProvisionResponse Explain(const std::string& municipality,
                                       const std::string& date) {
    grpc::ClientContext context;
    v1::ExplainProvisionRequest request;
    request.set_provision("scheduling/joint-meeting-1");
    request.set_municipality(municipality);
    request.set_date(date);
    v1::ExplainProvisionResponse response;
    const auto status = stub_->ExplainProvision(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  }
  StatusCode ExplainFails(const std::string& provision,
                          const std::string& municipality) {
    grpc::ClientContext context;
    v1::ExplainProvisionRequest request;
    request.set_provision(provision);
    request.set_municipality(municipality);
    request.set_date("2019-01-01");
    v1::ExplainProvisionResponse response;
    return stub_->ExplainProvision(&context, request, &response).error_code();
  }

  const ServerProcess server_;
  std::unique_ptr<v1::CatalogService::Stub> stub_ =
      v1::CatalogService::NewStub(server_.Connect());
};

TEST_F(CatalogTest, TellsWhatItHolds) {
  grpc::ClientContext context;
  v1::GetCatalogResponse response;
  ASSERT_TRUE(stub_->GetCatalog(&context, {}, &response).ok());
  EXPECT_EQ(response.digest().size(), 64);
  EXPECT_EQ(response.municipality_count(), 11);
  EXPECT_EQ(response.experiment_count(), 18);
  EXPECT_THAT(response.provisions(),
              testing::Contains("scheduling/joint-meeting-1"));
}

TEST_F(CatalogTest, ListsEveryExperimentOnceInOrder) {
  std::string token, last;
  int seen = 0;
  do {
    grpc::ClientContext context;
    v1::ListExperimentsRequest request;
    request.set_page_size(5);
    request.set_page_token(token);
    v1::ListExperimentsResponse response;
    ASSERT_TRUE(stub_->ListExperiments(&context, request, &response).ok());
    for (const auto& experiment : response.experiments()) {
      EXPECT_LT(last, experiment.id());
      EXPECT_EQ(experiment.dispensations_size(), 0);
      last = experiment.id();
      ++seen;
    }
    token = response.next_page_token();
  } while (!token.empty());
  EXPECT_EQ(seen, 18);
}

TEST_F(CatalogTest, ListsEveryMunicipality) {
  grpc::ClientContext context;
  v1::ListMunicipalitiesResponse response;
  ASSERT_TRUE(stub_->ListMunicipalities(&context, {}, &response).ok());
  EXPECT_EQ(response.municipalities_size(), 11);
  EXPECT_EQ(response.next_page_token(), "");
  for (int i = 1; i < response.municipalities_size(); ++i) {
    EXPECT_LT(response.municipalities(i - 1).code(),
              response.municipalities(i).code());
  }
}

TEST_F(CatalogTest, GetsAnExperimentByItsName) {
  v1::GetExperimentRequest request;
  v1::GetExperimentResponse response;
  request.set_name("experiments/E01");
  grpc::ClientContext found;
  ASSERT_TRUE(stub_->GetExperiment(&found, request, &response).ok());
  EXPECT_EQ(response.experiment().id(), "E01");
  EXPECT_GT(response.experiment().dispensations_size(), 0);
  request.set_name("experiments/E99");
  grpc::ClientContext missing;
  EXPECT_EQ(stub_->GetExperiment(&missing, request, &response).error_code(),
            StatusCode::NOT_FOUND);
  request.set_name("E01");
  grpc::ClientContext misnamed;
  EXPECT_EQ(stub_->GetExperiment(&misnamed, request, &response).error_code(),
            StatusCode::INVALID_ARGUMENT);
}

TEST_F(CatalogTest, ExplainsWhatIsInForceOnEachSideOfADay) {
  const auto law = Explain("", "2019-12-31");
  EXPECT_EQ(law.options_size(), 0);
  EXPECT_TRUE(law.has_ordinary_law());
  EXPECT_NE(law.ordinary_law().from(),
            Explain("", "2020-01-01").ordinary_law().from());
  // Aalborg takes part in the joint meetings of E01; of Rebild nothing is
  // known.
  const auto aalborg = Explain("municipalities/851", "2019-02-25");
  ASSERT_EQ(aalborg.options_size(), 1);
  EXPECT_EQ(aalborg.options(0).experiment(), "E01");
  EXPECT_EQ(aalborg.options(0).option(), "joint");
  EXPECT_FALSE(aalborg.options(0).has_closed_because());
  const auto rebild = Explain("municipalities/840", "2019-02-25");
  ASSERT_EQ(rebild.options_size(), 1);
  EXPECT_EQ(rebild.options(0).closed_because().row(),
            "gate/PARTICIPATION_UNKNOWN");
  EXPECT_NE(rebild.options(0).closed_because().text().da(), "");
}

TEST_F(CatalogTest, BeforeTheFirstDayNoLawIsOnFile) {
  EXPECT_FALSE(Explain("", "1990-01-01").has_ordinary_law());
}

TEST_F(CatalogTest, WhatItDoesNotKnowItDoesNotExplain) {
  EXPECT_EQ(ExplainFails("scheduling/invented", ""), StatusCode::NOT_FOUND);
  EXPECT_EQ(ExplainFails("scheduling/joint-meeting-1", "municipalities/999"),
            StatusCode::NOT_FOUND);
  EXPECT_EQ(ExplainFails("scheduling/joint-meeting-1", "851"),
            StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ExplainFails("scheduling/joint-meeting-1", "municipalities/0851"),
            StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace frikommune::e2e
