#ifndef FRIKOMMUNE_TESTS_POSTGRES_POSTGRES_SERVER_H_
#define FRIKOMMUNE_TESTS_POSTGRES_POSTGRES_SERVER_H_

#include <sys/types.h>

#include <string>
#include <thread>
#include <vector>

namespace frikommune::tests {

// A PostgreSQL 15 server in a temporary folder, on a socket there and on a free
// port of the loopback, as the user "postgres" where the test runs as root. It
// is ended, by its own process id, and its folder removed when it is let go.
class PostgresServer {
 public:
  // Makes an empty cluster and starts it. `settings` are of the form
  // "synchronous_commit=off". The test aborts if that cannot be done.
  explicit PostgresServer(std::vector<std::string> settings = {});
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // Makes a database and returns how to connect to it, by the socket.
  std::string MakeDatabase(const std::string& name);

  // How to connect to a database that is there.
  std::string ConnInfo(const std::string& name) const;

  // Of the loopback.
  int port() const { return port_; }

  // Kills the server with all its processes, as a crash would.
  void Kill();

  // Starts it again in the same folder, and waits until it takes connections.
  void Start();

 private:
  void MakeCluster();
  void ReadUntilReady(int log);

  const std::vector<std::string> settings_;
  std::string folder_;
  int port_ = 0;
  pid_t pid_ = -1;
  std::thread log_reader_;
};

}  // namespace frikommune::tests

#endif  // FRIKOMMUNE_TESTS_POSTGRES_POSTGRES_SERVER_H_
