#include "services/ledger/watch_stream.h"

#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "adapters/grpc/error_status.h"
#include "core/error/error.h"

namespace frikommune::ledger {
namespace {

// From finding nothing new to looking again.
constexpr absl::Duration kPause = absl::Milliseconds(100);

absl::Status GivenUp() { return absl::CancelledError("given up"); }

absl::Status ShuttingDown() {
  return MakeError(absl::StatusCode::kUnavailable,
                   decision::v1::ERROR_REASON_SHUTTING_DOWN, "",
                   "the server is shutting down; go on with the last cursor");
}

}  // namespace

WatchStream* WatchStream::Start(const ReadingMeans& means,
                                rpc::StreamDrain& streams,
                                const v1::WatchEntriesRequest& request,
                                const absl::Status& checked) {
  auto* const stream = new WatchStream(means, streams, request);
  if (!streams.Enter(stream)) {
    stream->End(ShuttingDown());
  } else if (!checked.ok()) {
    stream->End(checked);
  } else {
    stream->ReadSoon();
  }
  return stream;
}

void WatchStream::OnWriteDone(bool ok) { ok ? ReadSoon() : End(GivenUp()); }

void WatchStream::OnCancel() { End(GivenUp()); }

void WatchStream::EndForDrain() { End(ShuttingDown()); }

void WatchStream::OnDone() {
  streams_.Leave(this);
  Release();
}

void WatchStream::ReadSoon() {
  if (HasEnded()) return;
  ++holds_;
  const bool taken = workers_.TryRun([this] {
    ReadNow();
    Release();
  });
  if (taken) return;
  WaitAndRead();
  Release();
}

void WatchStream::ReadNow() {
  if (HasEnded()) return;
  if (const absl::Status read = Read(); !read.ok()) return End(read);
  if (response_.entries().empty()) return WaitAndRead();
  absl::MutexLock lock(&mutex_);
  if (!ended_) StartWrite(&response_);
}

absl::Status WatchStream::Read() {
  response_.Clear();
  if (!follower_.has_value()) {
    const auto follower = reader_.Follow(request_);
    if (!follower.ok()) return follower.status();
    follower_ = *follower;
  }
  return reader_.ReadNext(*follower_, response_);
}

void WatchStream::WaitAndRead() {
  if (HasEnded()) return;
  ++holds_;
  // A new one each time: the last may not have returned from its call yet.
  alarm_ = std::make_unique<grpc::Alarm>();
  alarm_->Set(absl::ToChronoTime(absl::Now() + kPause), [this](bool) {
    ReadSoon();
    Release();
  });
}

bool WatchStream::HasEnded() {
  absl::MutexLock lock(&mutex_);
  return ended_;
}

void WatchStream::End(const absl::Status& status) {
  absl::MutexLock lock(&mutex_);
  if (ended_) return;
  ended_ = true;
  Finish(rpc::ToGrpcStatus(status));
}

void WatchStream::Release() {
  if (--holds_ == 0) delete this;
}

}  // namespace frikommune::ledger
