#include <memory>
#include <utility>
#include <vector>

#include "services/host/run_server.h"
#include "services/scheduling/scheduling_handler.h"

int main(int argc, char** argv) {
  using frikommune::host::Parts;
  using frikommune::host::Service;
  using frikommune::scheduling::SchedulingHandler;
  using frikommune::scheduling::v1::SchedulingService;
  return frikommune::host::RunServer(
      {.name = "frikommune-scheduling",
       .label = "scheduling",
       .about = "Answers which meetings are due, when, and in which form: "
                "under what applies in a municipality, and under ordinary law.",
       .make_services =
           [](const Parts& parts) {
             std::vector<Service> services;
             services.push_back({SchedulingService::service_full_name(),
                                 std::make_unique<SchedulingHandler>(
                                     parts.catalog, parts.decisions,
                                     parts.effects, parts.streams)});
             return services;
           }},
      argc, argv);
}
