#ifndef FRIKOMMUNE_SERVICES_LEDGER_WATCH_STREAM_H_
#define FRIKOMMUNE_SERVICES_LEDGER_WATCH_STREAM_H_

#include <atomic>
#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "adapters/grpc/stream_drain.h"
#include "frikommune/ledger/v1/ledger_service.grpc.pb.h"
#include "grpcpp/alarm.h"
#include "grpcpp/grpcpp.h"
#include "services/ledger/ledger_reader.h"

namespace frikommune::ledger {

// Sends a municipality's entries to one who follows them: a worker reads some
// from the store, they are sent, and when they have gone out the next are read.
// So a reader who takes its time costs nothing meanwhile. When there is nothing
// new it looks again a little later.
//
// The stream owns itself, and is gone when gRPC is done with it and nothing of
// it is under way.
class WatchStream final
    : public grpc::ServerWriteReactor<v1::WatchEntriesResponse>,
      public rpc::DrainableStream {
 public:
  // Begins a stream. `request` is checked, or `checked` says what is wrong with
  // it. What `means` names, and `streams`, outlive it.
  static WatchStream* Start(const ReadingMeans& means,
                            rpc::StreamDrain& streams,
                            const v1::WatchEntriesRequest& request,
                            const absl::Status& checked);

  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;
  void EndForDrain() override;

 private:
  WatchStream(const ReadingMeans& means, rpc::StreamDrain& streams,
              const v1::WatchEntriesRequest& request)
      : reader_(means),
        workers_(means.workers),
        streams_(streams),
        request_(request) {}

  // Lets a worker read, or waits if they have too much to do.
  void ReadSoon();
  // Reads and sends what there is; waits if there is nothing.
  void ReadNow();
  absl::Status Read();
  void WaitAndRead();
  bool HasEnded();
  // Ends the stream once; what comes after it is too late.
  void End(const absl::Status& status);
  void Release();

  const LedgerReader reader_;
  work::WorkerPool& workers_;
  rpc::StreamDrain& streams_;
  const v1::WatchEntriesRequest request_;
  // Not set until the first look.
  std::optional<Follower> follower_;
  v1::WatchEntriesResponse response_;
  std::unique_ptr<grpc::Alarm> alarm_;
  // gRPC, and a reading or a wait that is under way.
  std::atomic<int> holds_ = 1;
  absl::Mutex mutex_;
  bool ended_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_SERVICES_LEDGER_WATCH_STREAM_H_
