#include "services/host/flags.h"

#include "CLI/CLI.hpp"

namespace frikommune::host {
namespace {

constexpr int kUsageExitCode = 2;

constexpr char kFooter[] =
    "When it takes calls it prints one line on stdout,\n"
    "  ready grpc=HOST:PORT metrics=HOST:PORT\n"
    "and until then nothing. On SIGTERM or SIGINT it says in health that it "
    "is\n"
    "leaving, waits for the drain, ends its streams, answers what is under "
    "way,\n"
    "and exits with 0. It exits with 1 if it cannot start, and says why on "
    "stderr.";

// HOST:PORT, with digits after the last colon.
std::string CheckAddress(const std::string& address) {
  const size_t colon = address.rfind(':');
  const bool good =
      colon != std::string::npos && colon > 0 && colon + 1 < address.size() &&
      address.find_first_not_of("0123456789", colon + 1) == std::string::npos;
  return good ? "" : "is written HOST:PORT, such as 0.0.0.0:50051";
}

}  // namespace

Command ReadCommand(const std::string& name, const std::string& about,
                    const std::string& version,
                    const std::vector<AddressFlag>& addresses, int argc,
                    const char* const* argv) {
  Command command;
  Flags& flags = command.flags;
  CLI::App app(about, name);
  app.footer(kFooter);
  app.set_version_flag("--version", name + " " + version,
                       "Print the version and exit.");
  app.add_option("--catalog", flags.catalog,
                 "Folder of the law and the experiments. A catalog with a "
                 "fault stops the start.")
      ->capture_default_str();
  app.add_option("--listen", flags.listen,
                 "HOST:PORT for gRPC. Port 0 takes any that is free.")
      ->check(CheckAddress, "HOST:PORT")
      ->capture_default_str();
  app.add_option("--metrics-listen", flags.metrics_listen,
                 "HOST:PORT for GET /metrics. Port 0 takes any that is free.")
      ->check(CheckAddress, "HOST:PORT")
      ->capture_default_str();
  app.add_option("--drain-seconds", flags.drain_seconds,
                 "From saying that it is leaving to taking no more calls: the "
                 "time the network needs to notice.")
      ->check(CLI::Range(0.0, 600.0))
      ->capture_default_str();
  app.add_option("--grace-seconds", flags.grace_seconds,
                 "How long calls that are under way may then take.")
      ->check(CLI::Range(0.0, 600.0))
      ->capture_default_str();
  for (const AddressFlag& flag : addresses) {
    app.add_option(flag.name, *flag.address, flag.about)
        ->check(CheckAddress, "HOST:PORT")
        ->required();
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    command.exit_code = app.exit(e) == 0 ? 0 : kUsageExitCode;
  }
  return command;
}

}  // namespace frikommune::host
