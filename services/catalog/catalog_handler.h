#ifndef FRIKOMMUNE_SERVICES_CATALOG_CATALOG_HANDLER_H_
#define FRIKOMMUNE_SERVICES_CATALOG_CATALOG_HANDLER_H_

#include "core/catalog/snapshot.h"
#include "core/request/validate.h"
#include "frikommune/catalog/v1/catalog_service.grpc.pb.h"
#include "services/in_force/catalog_in_force.h"

namespace frikommune::catalog {

// Answers what law and which experiments the server decides by, out of the
// catalog in force, which outlives it. Thread-safe; never waits.
class CatalogHandler final : public v1::CatalogService::CallbackService {
 public:
  explicit CatalogHandler(const CatalogInForce& catalog) : catalog_(catalog) {}

  grpc::ServerUnaryReactor* GetCatalog(
      grpc::CallbackServerContext* context,
      const v1::GetCatalogRequest* request,
      v1::GetCatalogResponse* response) override;

  grpc::ServerUnaryReactor* ListMunicipalities(
      grpc::CallbackServerContext* context,
      const v1::ListMunicipalitiesRequest* request,
      v1::ListMunicipalitiesResponse* response) override;

  grpc::ServerUnaryReactor* ListExperiments(
      grpc::CallbackServerContext* context,
      const v1::ListExperimentsRequest* request,
      v1::ListExperimentsResponse* response) override;

  grpc::ServerUnaryReactor* GetExperiment(
      grpc::CallbackServerContext* context,
      const v1::GetExperimentRequest* request,
      v1::GetExperimentResponse* response) override;

  grpc::ServerUnaryReactor* ExplainProvision(
      grpc::CallbackServerContext* context,
      const v1::ExplainProvisionRequest* request,
      v1::ExplainProvisionResponse* response) override;

 private:
  // The catalog in force, to the end of the call whose handler this is.
  const Snapshot& Now() const;

  const CatalogInForce& catalog_;
  const request::Validator get_catalog_{v1::GetCatalogRequest::descriptor()};
  const request::Validator list_municipalities_{
      v1::ListMunicipalitiesRequest::descriptor()};
  const request::Validator list_experiments_{
      v1::ListExperimentsRequest::descriptor()};
  const request::Validator get_experiment_{
      v1::GetExperimentRequest::descriptor()};
  const request::Validator explain_provision_{
      v1::ExplainProvisionRequest::descriptor()};
};

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_SERVICES_CATALOG_CATALOG_HANDLER_H_
