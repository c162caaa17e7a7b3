#include "tests/faults/cut_proxy.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

namespace frikommune::faults {
namespace {

constexpr int kLookMs = 50;

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

int MakeSocket() {
  const int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) std::abort();
  // Small messages are passed on as they come.
  const int on = 1;
  setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return made;
}

bool SendAll(int to, absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

}  // namespace

CutProxy::CutProxy(int server_port, IsAnswer is_answer)
    : server_port_(server_port),
      is_answer_(std::move(is_answer)),
      listener_(MakeSocket()) {
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  if (bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      listen(listener_, SOMAXCONN) != 0 ||
      getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) !=
          0) {
    std::abort();
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { Accept(); });
}

CutProxy::~CutProxy() {
  closing_ = true;
  acceptor_.join();
  close(listener_);
  std::vector<std::thread> connections;
  {
    absl::MutexLock lock(&mutex_);
    connections.swap(connections_);
  }
  for (std::thread& connection : connections) connection.join();
}

void CutProxy::Accept() {
  pollfd waiting = {listener_, POLLIN, 0};
  while (!closing_) {
    if (poll(&waiting, 1, kLookMs) <= 0) continue;
    const int client = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    absl::MutexLock lock(&mutex_);
    connections_.emplace_back([this, client] { Serve(client); });
  }
}

void CutProxy::Serve(int client) {
  const int server = MakeSocket();
  const sockaddr_in address = Loopback(server_port_);
  if (connect(server, reinterpret_cast<const sockaddr*>(&address),
              sizeof address) == 0) {
    Pass(client, server);
  }
  close(server);
  close(client);
}

void CutProxy::Pass(int client, int server) {
  std::vector<char> buffer(size_t{64} << 10);
  pollfd ends[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
  while (!closing_) {
    if (poll(ends, 2, kLookMs) <= 0) continue;
    for (int from = 0; from < 2; ++from) {
      if (ends[from].revents == 0) continue;
      const ssize_t got = recv(ends[from].fd, buffer.data(), buffer.size(), 0);
      if (got <= 0) return;
      const absl::string_view bytes(buffer.data(), static_cast<size_t>(got));
      if (from == 1 && CutsHere(bytes)) return;
      if (!SendAll(ends[1 - from].fd, bytes)) return;
    }
  }
}

bool CutProxy::CutsHere(absl::string_view answer) {
  const int one_in = one_in_;
  if (one_in == 0 || !is_answer_(answer)) return false;
  if (++answers_ % static_cast<uint64_t>(one_in) != 0) return false;
  cuts_.Add();
  return true;
}

}  // namespace frikommune::faults
