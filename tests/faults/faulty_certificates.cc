// The certificates server with one protection broken, which its first argument
// names (faulty_ledgers.h); the others are the server's own. For the controls
// of the tests beside it, which must find the fault. Nothing of it is in the
// server that is shipped.

#include <iostream>
#include <string>

#include "adapters/clock/system_clock.h"
#include "adapters/random/random_ids.h"
#include "adapters/stores/open_stores.h"
#include "services/certificates/program.h"
#include "tests/faults/faulty_ledgers.h"

namespace frikommune {
namespace {

int Run(int argc, char** argv) {
  const std::string fault = argc > 1 ? argv[1] : "";
  if (faults::BreakLedger(fault, nullptr) == nullptr) {
    std::cerr << "faulty-certificates: no fault is called \"" << fault
              << "\"\n";
    return 2;
  }
  const auto open = [&fault](absl::string_view place,
                             const stores::StoreMeters& meters) {
    auto stores = stores::OpenStores(place, meters);
    if (stores.ok()) {
      stores->ledger = faults::BreakLedger(fault, std::move(stores->ledger));
    }
    return stores;
  };
  const SystemClock clock;
  RandomIds ids{clock};
  argv[1] = argv[0];
  return host::RunServer(certificates::MakeProgram({open, clock, ids}),
                         argc - 1, argv + 1);
}

}  // namespace
}  // namespace frikommune

int main(int argc, char** argv) { return frikommune::Run(argc, argv); }
