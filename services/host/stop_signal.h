#ifndef FRIKOMMUNE_SERVICES_HOST_STOP_SIGNAL_H_
#define FRIKOMMUNE_SERVICES_HOST_STOP_SIGNAL_H_

#include <functional>

namespace frikommune::host {

// Keeps SIGTERM, SIGINT and SIGHUP for WaitForStopSignal, in this thread and in
// those it starts from here on; ignores SIGPIPE. Before any other thread is
// started.
void HoldStopSignals();

// Waits for SIGTERM or SIGINT and returns its name. Calls `hang_up` at each
// SIGHUP until then.
const char* WaitForStopSignal(const std::function<void()>& hang_up);

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_STOP_SIGNAL_H_
