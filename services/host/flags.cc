#include "services/host/flags.h"

#include <algorithm>
#include <iostream>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "services/host/configuration.h"

namespace frikommune::host {
namespace {

constexpr int kUsageExitCode = 2;
constexpr double kSecondsMax = 86400;

constexpr char kFooter[] =
    "Each flag may also be set in the environment, as FRIKOMMUNE_ and its name "
    "in\n"
    "capitals: FRIKOMMUNE_DRAIN_SECONDS.\n\n"
    "When it takes calls it prints one line on stdout,\n"
    "  ready grpc=HOST:PORT admin=HOST:PORT metrics=HOST:PORT\n"
    "and until then nothing. On SIGTERM or SIGINT it says in health that it "
    "is\n"
    "leaving, waits for the drain, ends its streams, answers what is under "
    "way,\n"
    "and exits with 0. It exits with 1 if it cannot start, and says why on "
    "stderr.";

// "FRIKOMMUNE_DRAIN_SECONDS" of "drain-seconds".
std::string VariableOf(const std::string& flag) {
  std::string variable = absl::StrCat(
      "FRIKOMMUNE_",
      absl::AsciiStrToUpper(absl::StrReplaceAll(flag, {{"-", "_"}})));
  return variable;
}

// What is to be parsed, the last word first: the command line, and before it
// what the environment says, so that the command line has the last word.
std::vector<std::string> WithEnvironment(const CLI::App& app,
                                         const Environment& environment,
                                         int argc, const char* const* argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  std::reverse(words.begin(), words.end());
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_lnames().empty() || option->get_items_expected_max() == 0) {
      continue;
    }
    const std::string& flag = option->get_lnames().front();
    const char* const value = environment(VariableOf(flag));
    if (value != nullptr) words.push_back(absl::StrCat("--", flag, "=", value));
  }
  return words;
}

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

CLI::Option* AddSeconds(const std::string& name, double& seconds,
                        const CLI::Range& range, const std::string& about,
                        CLI::App& app) {
  return app.add_option(name, seconds, about)
      ->check(range)
      ->capture_default_str();
}

// How connections are renewed, and found to be dead.
void AddConnections(Flags& flags, CLI::App& app) {
  const CLI::Range range(0.1, kSecondsMax);
  AddSeconds("--max-connection-age-grace-seconds",
             flags.max_connection_age_grace_seconds, range,
             "How long calls of a connection that is renewed may then take: "
             "the longest that a stream is sure to live.",
             app);
  AddSeconds("--max-connection-idle-seconds", flags.max_connection_idle_seconds,
             range, "After how long without a call a connection is closed.",
             app);
  AddSeconds("--keepalive-seconds", flags.keepalive_seconds, range,
             "After how long without a word a caller is asked whether it is "
             "there. Callers may ask twice as often.",
             app);
  AddSeconds("--keepalive-timeout-seconds", flags.keepalive_timeout_seconds,
             range, "How long it may then take to answer.", app);
  app.add_option("--max-concurrent-streams", flags.max_concurrent_streams,
                 "Calls at once on one connection; more wait at the caller.")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  AddSeconds("--max-deadline-seconds", flags.max_deadline_seconds, range,
             "How long a call may wait for what is kept, give or take a tenth, "
             "however long its caller would. Streams live as long as their "
             "connections.",
             app);
}

std::vector<FileFlag> TlsFiles(Flags& flags) {
  return {{"--tls-certificate",
           "PEM file of the certificate that callers are shown, and of those "
           "that vouch for it. Without it, plaintext. These files may be "
           "exchanged while the server runs.",
           &flags.tls_certificate},
          {"--tls-key", "PEM file of its key.", &flags.tls_key},
          {"--tls-client-ca",
           "PEM file of the authorities that vouch for callers. With it, who "
           "shows no certificate of theirs is turned away.",
           &flags.tls_client_ca,
           {"--tls-certificate"}}};
}

void AddFiles(const std::vector<FileFlag>& files, CLI::App& app) {
  for (const FileFlag& file : files) {
    CLI::Option* const option =
        app.add_option(file.name, *file.path, file.about);
    for (const std::string& needed : file.needs) {
      option->needs(app.get_option(needed));
    }
  }
}

}  // namespace

Command ReadCommand(const Usage& usage, int argc, const char* const* argv,
                    const Environment& environment) {
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
  app.add_option("--catalog-poll-seconds", flags.catalog_poll_seconds,
                 "How often that folder is looked at. One that has changed is "
                 "put in force if it is good; if not, the last good one goes "
                 "on. SIGHUP does it at once.")
      ->check(CLI::Range(0.05, kSecondsMax))
      ->capture_default_str();
  app.add_option("--listen", flags.listen,
                 "HOST:PORT for callers, over gRPC. Port 0 takes any that is "
                 "free.")
      ->check(CheckAddress, "HOST:PORT")
      ->capture_default_str();
  app.add_option("--admin-listen", flags.admin_listen,
                 "HOST:PORT for operators, over gRPC without TLS: health, "
                 "reflection, channelz. Port 0 takes any that is free.")
      ->check(CheckAddress, "HOST:PORT")
      ->capture_default_str();
  app.add_option("--metrics-listen", flags.metrics_listen,
                 "HOST:PORT for GET /metrics, /livez, /readyz and /configz. "
                 "Port 0 takes any that is free.")
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
  CLI::Option* const age = AddSeconds(
      "--max-connection-age-seconds", flags.max_connection_age_seconds,
      CLI::Range(0.1, kSecondsMax),
      "After how long a connection is renewed, give or take a tenth. "
      "Unless it is set, half of --drain-seconds if that is less: a "
      "caller who notices nothing of a restart has then left before "
      "the server stops.",
      app);
  AddConnections(flags, app);
  AddFiles(TlsFiles(flags), app);
  AddFiles(usage.files, app);
  for (const AddressFlag& flag : usage.addresses) {
    app.add_option(flag.name, *flag.address, flag.about)
        ->check(CheckAddress, "HOST:PORT")
        ->required();
  }
  if (usage.keeps_state) AddStore(usage.name, flags.store, app);
  app.add_option("--log-level", flags.log_level, "What is worth a line.")
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}))
      ->capture_default_str();
  app.add_option("--log-ok-share", flags.log_ok_share,
                 "The share of the calls that went well and fast which is "
                 "logged, from 0 to 1. Others always are.")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
  app.set_config("--config", "",
                 "File of flags, a line each, such as drain-seconds=10. The "
                 "environment and the command line come before it.");
  app.allow_config_extras(CLI::config_extras_mode::error);
  bool print = false;
  app.add_flag("--print-config", print,
               "Print what every flag comes to, without secrets, and exit.")
      ->configurable(false);
  for (CLI::Option* option : app.get_options()) {
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  try {
    app.parse(WithEnvironment(app, environment, argc, argv));
  } catch (const CLI::ParseError& e) {
    command.exit_code = app.exit(e) == 0 ? 0 : kUsageExitCode;
    return command;
  }
  if (age->count() == 0 && flags.drain_seconds > 0) {
    double& seconds = flags.max_connection_age_seconds;
    seconds = std::min(seconds, flags.drain_seconds / 2);
    age->default_str(absl::StrCat(seconds));
  }
  command.configuration = ConfigurationOf(app);
  if (print) {
    std::cout << command.configuration;
    command.exit_code = 0;
  }
  return command;
}

}  // namespace frikommune::host
