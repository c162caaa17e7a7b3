#include "tests/drain/relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace frikommune::tests {
namespace {

sockaddr_in AddressOf(const std::string& address) {
  const std::vector<std::string> parts = absl::StrSplit(address, ':');
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::atoi(parts.at(1).c_str())));
  inet_pton(AF_INET, parts.at(0).c_str(), &to.sin_addr);
  return to;
}

int Connect(const std::string& address) {
  const sockaddr_in to = AddressOf(address);
  const int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(made, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0) {
    return made;
  }
  close(made);
  return -1;
}

void SendAtOnce(int connection) {
  const int yes = 1;
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

// Carries what one end says to the other, up to its last word.
void Pump(int from, int to) {
  char buffer[65536];
  ssize_t got = 0;
  while ((got = read(from, buffer, sizeof buffer)) > 0) {
    for (ssize_t sent = 0; sent < got;) {
      const ssize_t more = send(to, buffer + sent,
                                static_cast<size_t>(got - sent), MSG_NOSIGNAL);
      if (more <= 0) break;
      sent += more;
    }
  }
  shutdown(to, SHUT_WR);
}

}  // namespace

Relay::Relay(std::function<std::string()> choose) : choose_(std::move(choose)) {
  listening_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in at = AddressOf("127.0.0.1:0");
  socklen_t size = sizeof at;
  if (bind(listening_, reinterpret_cast<const sockaddr*>(&at), size) != 0 ||
      listen(listening_, SOMAXCONN) != 0 ||
      getsockname(listening_, reinterpret_cast<sockaddr*>(&at), &size) != 0) {
    std::abort();
  }
  address_ = absl::StrCat("127.0.0.1:", ntohs(at.sin_port));
  acceptor_ = std::thread([this] { Accept(); });
}

Relay::~Relay() {
  shutdown(listening_, SHUT_RDWR);
  acceptor_.join();
  close(listening_);
  std::vector<std::thread> pumps;
  {
    absl::MutexLock lock(&mutex_);
    for (const int connection : open_) shutdown(connection, SHUT_RDWR);
    pumps = std::move(pumps_);
  }
  for (std::thread& pump : pumps) pump.join();
  absl::MutexLock lock(&mutex_);
  for (const int connection : open_) close(connection);
}

void Relay::Accept() {
  int caller = -1;
  while ((caller = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0) {
    const std::string chosen = choose_();
    const int server = chosen.empty() ? -1 : Connect(chosen);
    if (server < 0) {
      close(caller);
      continue;
    }
    SendAtOnce(caller);
    SendAtOnce(server);
    absl::MutexLock lock(&mutex_);
    open_.insert(open_.end(), {caller, server});
    pumps_.emplace_back(Pump, caller, server);
    pumps_.emplace_back(Pump, server, caller);
  }
}

}  // namespace frikommune::tests
