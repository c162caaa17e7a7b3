#include "adapters/grpc/call_watch.h"

namespace frikommune::rpc {
namespace {

// Hears nothing.
class Nobody final : public CallWatch {};

CallWatch*& CurrentOfThread() {
  static Nobody nobody;
  thread_local CallWatch* current = &nobody;
  return current;
}

}  // namespace

CallWatch& CallWatch::Current() { return *CurrentOfThread(); }

bool CallWatch::IsWelcome() const { return true; }

void CallWatch::Received(size_t) {}

void CallWatch::IsAtOnce() {}

void CallWatch::AskedAs(absl::string_view) {}

// NOLINTNEXTLINE(performance-unnecessary-value-param): others keep it.
void CallWatch::AnsweredBy(std::shared_ptr<const void>, absl::string_view) {}

std::string CallWatch::ChildTrace() { return ""; }

CallWatch::Entered::Entered(CallWatch& watch) : before_(CurrentOfThread()) {
  CurrentOfThread() = &watch;
}

CallWatch::Entered::~Entered() { CurrentOfThread() = before_; }

}  // namespace frikommune::rpc
