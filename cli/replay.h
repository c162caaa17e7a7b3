#ifndef FRIKOMMUNE_CLI_REPLAY_H_
#define FRIKOMMUNE_CLI_REPLAY_H_

#include <iosfwd>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace frikommune::cli {

// What `frikommune replay` is asked to do.
struct ReplayOptions {
  // Files of cases, one on a line (replay_case.h); "-" is standard input; of a
  // folder, every .jsonl file in it and below. Empty lines are passed over.
  std::vector<std::string> files;
  // The servers (replay_targets.h).
  std::vector<std::string> targets = {"127.0.0.1:50051"};
  // One JSON object for each case, instead of text.
  bool json = false;
  // A table of both laws' answers, instead of a line for each case; its texts
  // in `language`, "da" or "en".
  bool table = false;
  // A table of what happened on which day, under both laws, that 120 columns
  // hold.
  bool timeline = false;
  std::string language = "en";
  // How long one call may take. To reach the server may take as long, and five
  // seconds at most.
  absl::Duration timeout = absl::Seconds(10);
};

// Makes every case's call against a live server and compares the answers.
// Writes a line for each case to `out`, what differs, and how many passed. `in`
// is standard input.
//
// Returns the exit code: 0 if every case passed; 1 if one did not; 2 if a file
// or a line cannot be read, there are no cases, or the server cannot be
// reached.
int RunReplay(const ReplayOptions& options, std::istream& in,
              std::ostream& out);

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_REPLAY_H_
