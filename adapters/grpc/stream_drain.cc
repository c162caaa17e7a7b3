#include "adapters/grpc/stream_drain.h"

namespace frikommune::rpc {

bool StreamDrain::Enter(DrainableStream* stream) {
  absl::MutexLock lock(&mutex_);
  if (draining_) return false;
  streams_.insert(stream);
  return true;
}

void StreamDrain::Leave(DrainableStream* stream) {
  absl::MutexLock lock(&mutex_);
  streams_.erase(stream);
}

void StreamDrain::Drain() {
  absl::MutexLock lock(&mutex_);
  draining_ = true;
  for (DrainableStream* stream : streams_) stream->EndForDrain();
}

}  // namespace frikommune::rpc
