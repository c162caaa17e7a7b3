#include "services/host/stop_signal.h"

#include <pthread.h>

#include <csignal>

namespace frikommune::host {
namespace {

sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  return signals;
}

}  // namespace

void HoldStopSignals() {
  const sigset_t signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

const char* WaitForStopSignal(const std::function<void()>& hang_up) {
  const sigset_t signals = StopSignals();
  int signal = 0;
  while (sigwait(&signals, &signal) != 0 || signal == SIGHUP) {
    if (signal == SIGHUP) hang_up();
  }
  return signal == SIGINT ? "SIGINT" : "SIGTERM";
}

}  // namespace frikommune::host
