// frikommune-scheduling as it is, but that no call is counted or written down:
// what that costs is the difference.
#include <memory>
#include <vector>

#include "services/host/run_server.h"
#include "services/scheduling/scheduling_handler.h"

int main(int argc, char** argv) {
  using frikommune::host::Parts;
  using frikommune::host::Service;
  using frikommune::scheduling::SchedulingHandler;
  using frikommune::scheduling::v1::SchedulingService;
  return frikommune::host::RunServer(
      {.name = "unobserved_server",
       .label = "scheduling",
       .about = "Answers as frikommune-scheduling does, unobserved.",
       .observed = false,
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
