#ifndef FRIKOMMUNE_SERVICES_HOST_STOP_SIGNAL_H_
#define FRIKOMMUNE_SERVICES_HOST_STOP_SIGNAL_H_

namespace frikommune::host {

// Keeps SIGTERM and SIGINT for WaitForStopSignal, in this thread and in those
// it starts from here on; ignores SIGPIPE. Before any other thread is started.
void HoldStopSignals();

// Waits for SIGTERM or SIGINT and returns its name.
const char* WaitForStopSignal();

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_STOP_SIGNAL_H_
