#ifndef FRIKOMMUNE_ADAPTERS_GRPC_STREAM_DRAIN_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_STREAM_DRAIN_H_

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"

namespace frikommune::rpc {

// A stream that can be asked to end. A server waits for its streams when it
// stops, so one that nobody ends holds it up to the last moment.
class DrainableStream {
 public:
  virtual ~DrainableStream() = default;

  // Ends the stream with UNAVAILABLE if it has not ended. Does not wait, and
  // does not call Leave itself.
  virtual void EndForDrain() = 0;
};

// The open streams of a server. Thread-safe.
class StreamDrain {
 public:
  // Takes in a stream that began, until it leaves. False if the server is
  // stopping: then it is not taken in, and must end by itself.
  bool Enter(DrainableStream* stream) ABSL_LOCKS_EXCLUDED(mutex_);

  // The stream ended and may go away. Waits while it is being asked to end.
  void Leave(DrainableStream* stream) ABSL_LOCKS_EXCLUDED(mutex_);

  // Asks every stream to end and takes in no more.
  void Drain() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::Mutex mutex_;
  bool draining_ ABSL_GUARDED_BY(mutex_) = false;
  absl::flat_hash_set<DrainableStream*> streams_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_STREAM_DRAIN_H_
