#ifndef FRIKOMMUNE_SERVICES_HOST_FLAGS_H_
#define FRIKOMMUNE_SERVICES_HOST_FLAGS_H_

#include <optional>
#include <string>
#include <vector>

#include "services/host/call_lines.h"

namespace frikommune::host {

// What an operator sets on a server's command line.
struct Flags {
  std::string catalog = "catalog";
  std::string listen = "127.0.0.1:0";
  std::string metrics_listen = "127.0.0.1:0";
  // Empty for a server that keeps nothing.
  std::string store;
  double drain_seconds = 0;
  double grace_seconds = 5;
  Severity log_level = Severity::kInfo;
  double log_ok_share = 0.1;
};

// What there is to do: to run with `flags`, or to exit at once.
struct Command {
  Flags flags;
  // Set after --help and --version (0) and after flags that cannot be read (2).
  std::optional<int> exit_code;
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

// A server, as its command line knows it.
struct Usage {
  // "frikommune-rehab".
  std::string name;
  // What it does.
  std::string about;
  std::string version;
  // The addresses it needs.
  std::vector<AddressFlag> addresses = {};
  // It has --store; the default is var/ and what the name says after
  // "frikommune-": "sqlite:var/rehab.db".
  bool keeps_state = false;
};

// Reads the command line of a server. Answers --help and --version on stdout,
// and says on stderr what it cannot read.
Command ReadCommand(const Usage& usage, int argc, const char* const* argv);

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_FLAGS_H_
