#ifndef FRIKOMMUNE_TESTS_STORES_SHELL_H_
#define FRIKOMMUNE_TESTS_STORES_SHELL_H_

#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"

namespace frikommune::tests {

struct Outcome {
  int exit_code;
  // Both streams.
  std::string said;
};

// Runs a command as a shell does.
inline Outcome RunShell(const std::string& command) {
  Outcome outcome;
  FILE* const output = popen((command + " 2>&1").c_str(), "r");
  if (output == nullptr) std::abort();
  char buffer[4096];
  while (const size_t got = fread(buffer, 1, sizeof buffer, output)) {
    outcome.said.append(buffer, got);
  }
  outcome.exit_code = WEXITSTATUS(pclose(output));
  return outcome;
}

// Runs the program `frikommune`.
inline Outcome RunFrikommune(const std::string& arguments) {
  return RunShell(
      absl::StrCat("'", FRIKOMMUNE_BIN_DIR, "/frikommune' ", arguments));
}

}  // namespace frikommune::tests

#endif  // FRIKOMMUNE_TESTS_STORES_SHELL_H_
