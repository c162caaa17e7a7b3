#include "tests/e2e/server_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace frikommune::e2e {
namespace {

// A pipe whose ends no other child inherits.
void MakePipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
}

// Reads what there is; false at the end.
bool ReadSome(int from, std::string& to) {
  char buffer[4096];
  const ssize_t got = read(from, buffer, sizeof buffer);
  if (got <= 0) return false;
  to.append(buffer, static_cast<size_t>(got));
  return true;
}

bool Names(const std::vector<std::string>& flags, absl::string_view name) {
  for (absl::string_view flag : flags) {
    if (absl::ConsumePrefix(&flag, name)) return true;
  }
  return false;
}

}  // namespace

std::string CatalogFolder() { return FRIKOMMUNE_SOURCE_DIR "/catalog"; }

ServerProcess::ServerProcess(const std::vector<std::string>& flags,
                             const std::string& program) {
  const std::string path = FRIKOMMUNE_BIN_DIR "/" + program;
  std::vector<std::string> arguments = {path};
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  if (!Names(flags, "--catalog")) {
    arguments.push_back("--catalog=" + CatalogFolder());
  }
  if (program != kKeepsNothing && !Names(flags, "--store")) {
    arguments.push_back("--store=memory");
  }
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);

  int out[2], err[2];
  MakePipe(out);
  MakePipe(err);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err[1], STDERR_FILENO);
  if (posix_spawn(&pid_, path.c_str(), &actions, nullptr, argv.data(),
                  environ) != 0) {
    pid_ = -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  close(out[1]);
  close(err[1]);
  out_ = out[0];
  err_ = err[0];
  ReadUntilReady();
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  close(out_);
  close(err_);
}

void ServerProcess::ReadUntilReady() {
  while (output_.find('\n') == std::string::npos) {
    if (!ReadSome(out_, output_)) return;
  }
  const std::string line = output_.substr(0, output_.find('\n'));
  const std::vector<std::string> words = absl::StrSplit(line, ' ');
  if (words.size() != 4 || words[0] != "ready") return;
  grpc_address_ = std::string(absl::StripPrefix(words[1], "grpc="));
  admin_address_ = std::string(absl::StripPrefix(words[2], "admin="));
  metrics_address_ = std::string(absl::StripPrefix(words[3], "metrics="));
}

std::shared_ptr<grpc::Channel> ServerProcess::Connect() const {
  grpc::ChannelArguments arguments;
  arguments.SetMaxSendMessageSize(-1);
  arguments.SetMaxReceiveMessageSize(-1);
  return grpc::CreateCustomChannel(
      grpc_address_, grpc::InsecureChannelCredentials(), arguments);
}

void ServerProcess::Signal(int signal) const { kill(pid_, signal); }

int ServerProcess::Wait() {
  // At once: a server may have more to say on one than a pipe holds.
  std::thread errors([this] {
    while (ReadSome(err_, errors_)) {
    }
  });
  while (ReadSome(out_, output_)) {
  }
  errors.join();
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace frikommune::e2e
