#include "services/host/flags.h"

#include <map>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

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

// Whether it can be opened is found out when it is.
std::string CheckStore(const std::string& store) {
  const size_t colon = store.find(':');
  const std::string kind = store.substr(0, colon);
  const bool good = store == "memory" ||
                    ((kind == "sqlite" || kind == "postgres") &&
                     colon != std::string::npos && colon + 1 < store.size());
  return good ? "" : "is written sqlite:PATH, postgres:CONNINFO or memory";
}

void AddStore(const std::string& name, std::string& store, CLI::App& app) {
  store = absl::StrCat("sqlite:var/", absl::StripPrefix(name, "frikommune-"),
                       ".db");
  app.add_option("--store", store,
                 "What it keeps its state in: sqlite:PATH, a file that is made "
                 "if it is not there; postgres:CONNINFO, after `frikommune "
                 "migrate`; memory, gone when it stops.")
      ->check(CheckStore, "STORE")
      ->capture_default_str();
}

void AddLogs(Flags& flags, CLI::App& app) {
  static const std::map<std::string, Severity> kLevels = {
      {"debug", Severity::kDebug},
      {"info", Severity::kInfo},
      {"warning", Severity::kWarning},
      {"error", Severity::kError}};
  app.add_option("--log-level", flags.log_level,
                 "The least grave lines that are logged: debug, info, warning "
                 "or error.")
      ->transform(CLI::Transformer(kLevels).description("LEVEL"))
      ->default_str("info");
  app.add_option("--log-ok-share", flags.log_ok_share,
                 "The share of the calls that went well and fast which is "
                 "logged, from 0 to 1. Others always are.")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
}

}  // namespace

Command ReadCommand(const Usage& usage, int argc, const char* const* argv) {
  Command command;
  Flags& flags = command.flags;
  CLI::App app(usage.about, usage.name);
  app.footer(kFooter);
  app.set_version_flag("--version", usage.name + " " + usage.version,
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
  AddLogs(flags, app);
  for (const AddressFlag& flag : usage.addresses) {
    app.add_option(flag.name, *flag.address, flag.about)
        ->check(CheckAddress, "HOST:PORT")
        ->required();
  }
  if (usage.keeps_state) AddStore(usage.name, flags.store, app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    command.exit_code = app.exit(e) == 0 ? 0 : kUsageExitCode;
  }
  return command;
}

}  // namespace frikommune::host
