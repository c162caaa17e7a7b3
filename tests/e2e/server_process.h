#ifndef FRIKOMMUNE_TESTS_E2E_SERVER_PROCESS_H_
#define FRIKOMMUNE_TESTS_E2E_SERVER_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "grpcpp/grpcpp.h"

namespace frikommune::e2e {

// The catalog of the source tree.
std::string CatalogFolder();

// A server as a process of its own, on free ports, with the catalog of the
// source tree and a store in memory unless `flags` name others. Killed when it
// is let go.
class ServerProcess {
 public:
  // The one that has no store.
  static constexpr char kKeepsNothing[] = "frikommune-scheduling";

  // Starts the server and waits until it says that it is ready, or ends.
  explicit ServerProcess(const std::vector<std::string>& flags = {},
                         const std::string& program = kKeepsNothing);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  // False if it ended instead.
  bool ready() const { return !grpc_address_.empty(); }
  const std::string& grpc_address() const { return grpc_address_; }
  const std::string& admin_address() const { return admin_address_; }
  const std::string& metrics_address() const { return metrics_address_; }

  // A channel to it, which sends messages of any size.
  std::shared_ptr<grpc::Channel> Connect() const;

  // Sends it a signal.
  void Signal(int signal) const;

  // Waits until it ends and returns its exit code; -1 if it was killed.
  int Wait();

  // What it has written on stderr, once it has ended; on stdout.
  const std::string& errors() const { return errors_; }
  const std::string& output() const { return output_; }

 private:
  void ReadUntilReady();

  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
  std::string output_;
  std::string errors_;
  std::string grpc_address_;
  std::string admin_address_;
  std::string metrics_address_;
};

}  // namespace frikommune::e2e

#endif  // FRIKOMMUNE_TESTS_E2E_SERVER_PROCESS_H_
