#include "services/catalog/catalog_handler.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "adapters/grpc/call_watch.h"
#include "adapters/grpc/unary.h"
#include "core/error/error.h"
#include "services/catalog/explain.h"
#include "services/catalog/page.h"

namespace frikommune::catalog {
namespace {

void Tell(const Snapshot& snapshot, v1::GetCatalogResponse& response) {
  const Catalog& catalog = snapshot.catalog();
  response.set_digest(snapshot.digest());
  response.set_municipality_count(catalog.network.municipalities_size());
  response.set_experiment_count(static_cast<int>(catalog.experiments.size()));
  for (const auto& provision : catalog.provisions) {
    response.add_provisions(provision->id());
  }
  *response.mutable_supported_days() = catalog.network.supported_days();
}

// In the order of their codes, whatever the order of the files.
std::vector<const v1::Municipality*> ByCode(const v1::Network& network) {
  std::vector<const v1::Municipality*> municipalities;
  for (const auto& one : network.municipalities()) {
    municipalities.push_back(&one);
  }
  std::sort(municipalities.begin(), municipalities.end(),
            [](const auto* a, const auto* b) { return a->code() < b->code(); });
  return municipalities;
}

std::vector<const v1::Experiment*> ById(const Catalog& catalog) {
  std::vector<const v1::Experiment*> experiments;
  for (const auto& one : catalog.experiments) experiments.push_back(one.get());
  std::sort(experiments.begin(), experiments.end(),
            [](const auto* a, const auto* b) { return a->id() < b->id(); });
  return experiments;
}

absl::Status FindExperiment(const Catalog& catalog, absl::string_view name,
                            v1::Experiment& found) {
  absl::string_view id = name;
  if (!absl::ConsumePrefix(&id, "experiments/") || id.empty()) {
    return MakeError(absl::StatusCode::kInvalidArgument,
                     decision::v1::ERROR_REASON_NAME_INVALID, "name",
                     "name is written experiments/E01");
  }
  for (const auto& experiment : catalog.experiments) {
    if (experiment->id() == id) {
      found = *experiment;
      return absl::OkStatus();
    }
  }
  return MakeError(absl::StatusCode::kNotFound,
                   decision::v1::ERROR_REASON_NOT_IN_CATALOG, "name",
                   "no experiment of that name is in the catalog");
}

// Names a list of this catalog, for page tokens.
std::string ListName(const Snapshot& snapshot, absl::string_view list) {
  constexpr size_t kEnough = 12;
  return absl::StrCat(list, "-", snapshot.digest().substr(0, kEnough));
}

}  // namespace

const Snapshot& CatalogHandler::Now() const {
  auto held = catalog_.Get();
  const Snapshot& snapshot = *held;
  rpc::CallWatch::Current().AnsweredBy(std::move(held), snapshot.digest());
  return snapshot;
}

grpc::ServerUnaryReactor* CatalogHandler::GetCatalog(
    grpc::CallbackServerContext* context, const v1::GetCatalogRequest* request,
    v1::GetCatalogResponse* response) {
  return rpc::ServeUnary(context, *request, get_catalog_, rpc::kUnaryBytesMax,
                         [&] {
                           Tell(Now(), *response);
                           return absl::OkStatus();
                         });
}

grpc::ServerUnaryReactor* CatalogHandler::ListMunicipalities(
    grpc::CallbackServerContext* context,
    const v1::ListMunicipalitiesRequest* request,
    v1::ListMunicipalitiesResponse* response) {
  const auto serve = [&]() -> absl::Status {
    const Snapshot& snapshot = Now();
    const v1::Network& network = snapshot.catalog().network;
    const auto all = ByCode(network);
    auto page = PageOf(ListName(snapshot, "municipalities"),
                       static_cast<int>(all.size()), request->page_size(),
                       request->page_token());
    if (!page.ok()) return page.status();
    for (int i = page->first; i < page->last; ++i) {
      *response->add_municipalities() = *all[static_cast<size_t>(i)];
    }
    for (const auto& delegation : network.delegations()) {
      const bool concerns = std::any_of(
          response->municipalities().begin(), response->municipalities().end(),
          [&](const v1::Municipality& one) {
            return one.code() == delegation.from_municipality();
          });
      if (concerns) *response->add_delegations() = delegation;
    }
    response->set_next_page_token(page->next_token);
    return absl::OkStatus();
  };
  return rpc::ServeUnary(context, *request, list_municipalities_,
                         rpc::kUnaryBytesMax, serve);
}

grpc::ServerUnaryReactor* CatalogHandler::ListExperiments(
    grpc::CallbackServerContext* context,
    const v1::ListExperimentsRequest* request,
    v1::ListExperimentsResponse* response) {
  const auto serve = [&]() -> absl::Status {
    const Snapshot& snapshot = Now();
    const auto all = ById(snapshot.catalog());
    auto page =
        PageOf(ListName(snapshot, "experiments"), static_cast<int>(all.size()),
               request->page_size(), request->page_token());
    if (!page.ok()) return page.status();
    for (int i = page->first; i < page->last; ++i) {
      v1::Experiment& experiment = *response->add_experiments();
      experiment = *all[static_cast<size_t>(i)];
      experiment.clear_dispensations();
    }
    response->set_next_page_token(page->next_token);
    return absl::OkStatus();
  };
  return rpc::ServeUnary(context, *request, list_experiments_,
                         rpc::kUnaryBytesMax, serve);
}

grpc::ServerUnaryReactor* CatalogHandler::GetExperiment(
    grpc::CallbackServerContext* context,
    const v1::GetExperimentRequest* request,
    v1::GetExperimentResponse* response) {
  return rpc::ServeUnary(
      context, *request, get_experiment_, rpc::kUnaryBytesMax, [&] {
        return FindExperiment(Now().catalog(), request->name(),
                              *response->mutable_experiment());
      });
}

grpc::ServerUnaryReactor* CatalogHandler::ExplainProvision(
    grpc::CallbackServerContext* context,
    const v1::ExplainProvisionRequest* request,
    v1::ExplainProvisionResponse* response) {
  return rpc::ServeUnary(context, *request, explain_provision_,
                         rpc::kUnaryBytesMax,
                         [&] { return Explain(Now(), *request, *response); });
}

}  // namespace frikommune::catalog
