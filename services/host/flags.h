#ifndef FRIKOMMUNE_SERVICES_HOST_FLAGS_H_
#define FRIKOMMUNE_SERVICES_HOST_FLAGS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace frikommune::host {

// What an operator sets, on a server's command line, in its environment or in a
// file.
struct Flags {
  std::string catalog = "catalog";
  double catalog_poll_seconds = 2;
  std::string listen = "127.0.0.1:0";
  std::string admin_listen = "127.0.0.1:0";
  std::string metrics_listen = "127.0.0.1:0";
  // Empty for a server that keeps nothing.
  std::string store;
  double drain_seconds = 0;
  double grace_seconds = 5;
  // The share of the calls that went well and fast which is logged.
  double log_ok_share = 0.1;
  // Half of the drain, if that is less and it is not set: then a caller who
  // notices nothing has renewed its connection before the drain is over.
  double max_connection_age_seconds = 300;
  double max_connection_age_grace_seconds = 600;
  double max_connection_idle_seconds = 900;
  double keepalive_seconds = 60;
  double keepalive_timeout_seconds = 20;
  int max_concurrent_streams = 128;
  double max_deadline_seconds = 60;
  // Empty for plaintext; the last for callers without certificates.
  std::string tls_certificate;
  std::string tls_key;
  std::string tls_client_ca;
  // "debug", "info", "warn" or "error".
  std::string log_level = "info";
};

// What there is to do: to run with `flags`, or to exit at once.
struct Command {
  Flags flags;
  // Set after --help, --version and --print-config (0) and after flags that
  // cannot be read (2).
  std::optional<int> exit_code;
  // The flags as --config takes them, without secrets.
  std::string configuration;
};

// A flag of one server beside those of all: another server's HOST:PORT, which
// it cannot do without.
struct AddressFlag {
  // "--certificates".
  std::string name;
  // What it is, for --help.
  std::string about;
  // Where it is written.
  std::string* address;
};

// A file that one server may be told of, beside the flags of all.
struct FileFlag {
  // "--certificates-ca".
  std::string name;
  std::string about;
  // Where its path is written; empty if it is not set.
  std::string* path;
  // Flags without which it makes no sense.
  std::vector<std::string> needs = {};
};

// A server, as its command line knows it.
struct Usage {
  // "frikommune-rehab".
  std::string name;
  // What it does.
  std::string about;
  std::string version;
  // The addresses it needs.
  std::vector<AddressFlag> addresses = {};
  std::vector<FileFlag> files = {};
  // It has --store; the default is var/ and what the name says after
  // "frikommune-": "sqlite:var/rehab.db".
  bool keeps_state = false;
};

// The environment: the value of a variable, or null.
using Environment = std::function<const char*(const std::string&)>;

// Reads the command line of a server; then, for what is not in that, variables
// of the environment (FRIKOMMUNE_DRAIN_SECONDS for --drain-seconds); and last
// the file that --config names. Answers --help, --version and
// --print-config on stdout, and says on stderr what it cannot read.
Command ReadCommand(const Usage& usage, int argc, const char* const* argv,
                    const Environment& environment);

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_FLAGS_H_
