#include "adapters/clock/system_clock.h"
#include "adapters/random/random_ids.h"
#include "adapters/stores/open_stores.h"
#include "services/certificates/program.h"

int main(int argc, char** argv) {
  const frikommune::SystemClock clock;
  frikommune::RandomIds ids{clock};
  return frikommune::host::RunServer(
      frikommune::certificates::MakeProgram(
          {frikommune::stores::OpenStores, clock, ids}),
      argc, argv);
}
