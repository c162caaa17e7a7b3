#ifndef FRIKOMMUNE_TESTS_FAULTS_LOAD_H_
#define FRIKOMMUNE_TESTS_FAULTS_LOAD_H_

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "tests/faults/tally.h"
#include "tests/faults/target.h"

namespace frikommune::faults {

// What a client may make of a status: refused for good, or unknown.
bool IsDefinite(grpc::StatusCode code);

// Clients that let a certificates service decide and keep, each as fast as it
// is answered. What is refused for now is sent again, and what is unknown with
// its request id, but for one in eight. Each writes a history into the folder.
class Load {
 public:
  struct Options {
    int clients = 16;
    // The number of the first client.
    int first_client = 0;
    // Where the histories are written, and how their names begin.
    std::string folder;
    std::string histories = "load";
    std::vector<std::string> municipalities = {"municipalities/851",
                                               "municipalities/840"};
    // Off to break the protection: then a request that is sent again is
    // another to the service.
    bool request_ids = true;
  };

  // The targets are the clients' in turns, and outlive it. Begins at once.
  // Clients of the same number send the same requests in every load.
  Load(Options options, std::vector<Target*> targets);
  // Stops.
  ~Load();

  // Ends when each client is answered or has given up.
  void Stop();

  // Answers of each kind.
  const Tally& acknowledged() const { return acknowledged_; }
  const Tally& refused() const { return refused_; }
  const Tally& unknown() const { return unknown_; }
  // Of those that were unknown before.
  const Tally& answered_later() const { return answered_later_; }

  // Waits for so many more acknowledgements.
  bool AwaitMore(int64_t more) const {
    return acknowledged_.Await(acknowledged_.count() + more);
  }

 private:
  void Run(int client);

  const Options options_;
  const std::vector<Target*> targets_;
  std::atomic<bool> stopping_ = false;
  Tally acknowledged_, refused_, unknown_, answered_later_;
  std::vector<std::thread> threads_;
};

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_LOAD_H_
