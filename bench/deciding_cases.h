#ifndef FRIKOMMUNE_BENCH_DECIDING_CASES_H_
#define FRIKOMMUNE_BENCH_DECIDING_CASES_H_

#include "frikommune/certificates/v1/certificates_service.pb.h"
#include "frikommune/rehab/v1/rehab_service.pb.h"

namespace frikommune::bench {

// Requests as a case system sends them, with all facts and keeping nothing:
// each is assessed and answered by an experiment.
certificates::v1::DecideCertificateRequest CertificateRequest();
rehab::v1::RouteCaseRequest RouteRequest();
rehab::v1::DecideExtensionRequest ExtensionRequest();

// `count` different ones in all municipalities, on days under both laws, in the
// view that a batch has by default. The same ones each time.
certificates::v1::BatchDecideCertificatesRequest CertificateBatch(int count);
rehab::v1::BatchRouteCasesRequest RouteBatch(int count);

}  // namespace frikommune::bench

#endif  // FRIKOMMUNE_BENCH_DECIDING_CASES_H_
