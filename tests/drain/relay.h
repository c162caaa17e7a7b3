#ifndef FRIKOMMUNE_TESTS_DRAIN_RELAY_H_
#define FRIKOMMUNE_TESTS_DRAIN_RELAY_H_

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace frikommune::tests {

// One address before several servers, as a Service of Kubernetes is: a new
// connection goes to a server that is ready, in turns, and stays with it until
// one of the two closes it.
class Relay {
 public:
  // `choose` names the HOST:PORT for a new connection; empty if there is none,
  // and then the connection is closed.
  explicit Relay(std::function<std::string()> choose);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // "127.0.0.1:PORT".
  const std::string& address() const { return address_; }

 private:
  void Accept() ABSL_LOCKS_EXCLUDED(mutex_);

  const std::function<std::string()> choose_;
  int listening_ = -1;
  std::string address_;
  absl::Mutex mutex_;
  std::vector<int> open_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::thread> pumps_ ABSL_GUARDED_BY(mutex_);
  std::thread acceptor_;
};

}  // namespace frikommune::tests

#endif  // FRIKOMMUNE_TESTS_DRAIN_RELAY_H_
