#ifndef FRIKOMMUNE_TESTS_E2E_REFUSAL_H_
#define FRIKOMMUNE_TESTS_E2E_REFUSAL_H_

#include <ostream>
#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::e2e {

// A refusal as callers read it.
struct Refusal {
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string reason;
  std::string field;

  friend bool operator==(const Refusal&, const Refusal&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
    return out << refusal.code << " " << refusal.reason << " of '"
               << refusal.field << "'";
  }
};

inline Refusal RefusalOf(const grpc::Status& status) {
  Refusal refusal{status.error_code(), "", ""};
  google::rpc::Status told;
  told.ParseFromString(status.error_details());
  for (const auto& detail : told.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&info)) refusal.reason = info.reason();
    if (detail.UnpackTo(&bad) && bad.field_violations_size() > 0) {
      refusal.field = bad.field_violations(0).field();
    }
  }
  return refusal;
}

}  // namespace frikommune::e2e

#endif  // FRIKOMMUNE_TESTS_E2E_REFUSAL_H_
