#include "tests/postgres/postgres_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace frikommune::tests {
namespace {

constexpr char kPrograms[] = "/usr/lib/postgresql/15/bin/";

[[noreturn]] void GiveUp(const std::string& what) {
  std::fprintf(stderr, "PostgresServer: %s\n", what.c_str());
  std::abort();
}

// PostgreSQL refuses to run as root.
const passwd* UserToBecome() {
  if (geteuid() != 0) return nullptr;
  const passwd* const user = getpwnam("postgres");
  if (user == nullptr) GiveUp("there is no user postgres");
  return user;
}

// Runs a program in a child that ends with this process. Its standard error
// goes to `err`.
pid_t Spawn(const std::vector<std::string>& words, int err) {
  const passwd* const user = UserToBecome();
  std::vector<char*> argv;
  argv.reserve(words.size() + 1);
  for (const std::string& word : words)
    argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = fork();
  if (pid < 0) GiveUp("cannot fork");
  if (pid > 0) return pid;
  // A group of its own, so that a signal to the test's is not its.
  setpgid(0, 0);
  if (user != nullptr &&
      (setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) {
    _exit(126);
  }
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  dup2(err, STDERR_FILENO);
  dup2(err, STDOUT_FILENO);
  execv(argv[0], argv.data());
  _exit(127);
}

// A port that was free a moment ago.
int FreePort() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) !=
          0) {
    GiveUp("no free port");
  }
  close(listener);
  return ntohs(address.sin_port);
}

// The processes that a process has started, and that run.
std::vector<pid_t> ChildrenOf(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    pid_t pid = 0;
    if (!absl::SimpleAtoi(entry.path().filename().string(), &pid)) continue;
    std::ifstream file(entry.path() / "stat");
    std::string stat;
    std::getline(file, stat);
    // "PID (NAME) STATE PARENT ...", and a name may hold anything.
    const std::vector<absl::string_view> words =
        absl::StrSplit(stat.substr(stat.rfind(')') + 1), ' ');
    pid_t its_parent = 0;
    if (words.size() > 2 && absl::SimpleAtoi(words[2], &its_parent) &&
        its_parent == parent) {
      children.push_back(pid);
    }
  }
  return children;
}

// Waits until a process that was killed is gone: a child of somebody else.
void AwaitEnd(pid_t pid) {
  const auto handle = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (handle < 0) return;
  pollfd ended = {handle, POLLIN, 0};
  poll(&ended, 1, -1);
  close(handle);
}

}  // namespace

PostgresServer::PostgresServer(std::vector<std::string> settings)
    : settings_(std::move(settings)) {
  MakeCluster();
  Start();
}

PostgresServer::~PostgresServer() {
  if (pid_ > 0) {
    kill(pid_,
         SIGINT);  // Fast: ends the connections, and leaves a clean state.
    waitpid(pid_, nullptr, 0);
  }
  if (log_reader_.joinable()) log_reader_.join();
  std::filesystem::remove_all(folder_);
}

void PostgresServer::MakeCluster() {
  std::string pattern =
      std::filesystem::temp_directory_path() / "frikommune-postgres-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) GiveUp("cannot make a folder");
  folder_ = pattern;
  if (const passwd* user = UserToBecome(); user != nullptr) {
    if (chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0)
      GiveUp("cannot give the folder away");
  }
  const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
  const pid_t pid = Spawn({absl::StrCat(kPrograms, "initdb"), "-D",
                           folder_ + "/data", "-U", "frikommune", "-A", "trust",
                           "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"},
                          null);
  close(null);
  int status = 0;
  waitpid(pid, &status, 0);
  if (status != 0) GiveUp("initdb failed; is postgresql-15 installed?");
}

void PostgresServer::Start() {
  if (log_reader_.joinable()) log_reader_.join();
  if (port_ == 0) port_ = FreePort();
  std::vector<std::string> words = {
      absl::StrCat(kPrograms, "postgres"),
      "-D",
      folder_ + "/data",
      "-k",
      folder_,
      "-p",
      absl::StrCat(port_),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "log_min_messages=log",
      "-c",
      "log_checkpoints=off",
  };
  for (const std::string& setting : settings_) {
    words.push_back("-c");
    words.push_back(setting);
  }
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) GiveUp("no pipe");
  pid_ = Spawn(words, ends[1]);
  close(ends[1]);
  ReadUntilReady(ends[0]);
}

void PostgresServer::ReadUntilReady(int log) {
  std::string said;
  char buffer[4096];
  while (!absl::StrContains(said, "ready to accept connections")) {
    const ssize_t got = read(log, buffer, sizeof buffer);
    if (got <= 0) GiveUp("the server ended: " + said);
    said.append(buffer, static_cast<size_t>(got));
  }
  // Or it would wait for a reader one day.
  log_reader_ = std::thread([log] {
    char rest[4096];
    while (read(log, rest, sizeof rest) > 0) {
    }
    close(log);
  });
}

void PostgresServer::Kill() {
  // Each of its processes leads a group of its own. It is stopped first, so
  // that it starts no more of them.
  kill(pid_, SIGSTOP);
  const std::vector<pid_t> children = ChildrenOf(pid_);
  for (const pid_t child : children) kill(child, SIGKILL);
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  // Until the last one is gone it holds the server's memory.
  for (const pid_t child : children) AwaitEnd(child);
  pid_ = -1;
  // What it left says that it runs, and its process id may be another's by now.
  std::filesystem::remove(folder_ + "/data/postmaster.pid");
}

std::string PostgresServer::MakeDatabase(const std::string& name) {
  PGconn* const connection = PQconnectdb(ConnInfo("postgres").c_str());
  PGresult* const result =
      PQexec(connection, absl::StrCat("CREATE DATABASE ", name).c_str());
  if (PQresultStatus(result) != PGRES_COMMAND_OK)
    GiveUp(PQerrorMessage(connection));
  PQclear(result);
  PQfinish(connection);
  return ConnInfo(name);
}

std::string PostgresServer::ConnInfo(const std::string& name) const {
  return absl::StrCat("host=", folder_, " port=", port_,
                      " user=frikommune dbname=", name);
}

}  // namespace frikommune::tests
