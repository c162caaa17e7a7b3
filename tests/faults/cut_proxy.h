#ifndef FRIKOMMUNE_TESTS_FAULTS_CUT_PROXY_H_
#define FRIKOMMUNE_TESTS_FAULTS_CUT_PROXY_H_

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "tests/faults/tally.h"

namespace frikommune::faults {

// Stands between clients and a server on a port of the loopback, and passes on
// what they say; but once in a while it closes a connection, for both of them,
// in place of passing on an answer.
class CutProxy {
 public:
  // Whether bytes that come from the server are such an answer. Called from
  // many threads.
  using IsAnswer = std::function<bool(absl::string_view)>;

  // The test aborts if it cannot listen.
  CutProxy(int server_port, IsAnswer is_answer);
  // Closes all connections.
  ~CutProxy();
  CutProxy(const CutProxy&) = delete;
  CutProxy& operator=(const CutProxy&) = delete;

  int port() const { return port_; }

  // From now on cuts one answer in so many; 0 for none.
  void CutOneIn(int answers) { one_in_ = answers; }

  const Tally& cuts() const { return cuts_; }

 private:
  void Accept();
  void Serve(int client) ABSL_LOCKS_EXCLUDED(mutex_);
  // Passes bytes on until one of the two is gone or the connection is cut.
  void Pass(int client, int server);
  bool CutsHere(absl::string_view answer);

  const int server_port_;
  const IsAnswer is_answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> closing_ = false;
  std::atomic<int> one_in_ = 0;
  std::atomic<uint64_t> answers_ = 0;
  Tally cuts_;
  absl::Mutex mutex_;
  std::vector<std::thread> connections_ ABSL_GUARDED_BY(mutex_);
  std::thread acceptor_;
};

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_CUT_PROXY_H_
