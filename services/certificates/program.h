#ifndef FRIKOMMUNE_SERVICES_CERTIFICATES_PROGRAM_H_
#define FRIKOMMUNE_SERVICES_CERTIFICATES_PROGRAM_H_

#include <functional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "adapters/stores/stores.h"
#include "ports/clock.h"
#include "ports/ids.h"
#include "services/host/run_server.h"

namespace frikommune::certificates {

// What the server is made with; the clock and the ids outlive it.
struct ProgramMeans {
  std::function<absl::StatusOr<stores::Stores>(absl::string_view,
                                               const stores::StoreMeters&)>
      open_stores;
  const Clock& clock;
  Ids& ids;
};

// The certificates server, as RunServer runs it.
host::Program MakeProgram(const ProgramMeans& means);

}  // namespace frikommune::certificates

#endif  // FRIKOMMUNE_SERVICES_CERTIFICATES_PROGRAM_H_
