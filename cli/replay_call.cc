#include "cli/replay_call.h"

#include <cstddef>
#include <utility>

#include "absl/time/clock.h"
#include "grpcpp/generic/generic_stub.h"

namespace frikommune::cli {
namespace {

grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

std::string ToBytes(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

// One call. Writing and reading go on side by side, so that neither end waits
// for the other with its buffers full.
class Call {
 public:
  Call(grpc::GenericStub& stub, const std::string& path,
       const std::vector<std::string>& requests, absl::Duration timeout)
      : requests_(requests) {
    context_.set_deadline(absl::ToChronoTime(absl::Now() + timeout));
    stream_ = stub.PrepareCall(&context_, path, &queue_);
  }

  CallResult Run() {
    ++under_way_;
    stream_->StartCall(Tag(kStart));
    void* tag = nullptr;
    bool ok = false;
    while (under_way_ > 0 && queue_.Next(&tag, &ok)) {
      --under_way_;
      Continue(static_cast<Step>(reinterpret_cast<size_t>(tag)), ok);
    }
    queue_.Shutdown();
    while (queue_.Next(&tag, &ok)) {
    }
    return std::move(result_);
  }

 private:
  enum Step : size_t { kStart = 1, kWrite, kRead, kFinish };

  static void* Tag(Step step) { return reinterpret_cast<void*>(step); }

  void Continue(Step step, bool ok) {
    switch (step) {
      case kStart:
        if (!ok) return Finish();
        WriteNext();
        return ReadNext();
      case kWrite:
        if (ok) WriteNext();
        return;
      case kRead:
        if (!ok) return Finish();
        result_.responses.push_back(ToBytes(buffer_));
        return ReadNext();
      case kFinish:
        return;
    }
  }

  void WriteNext() {
    if (written_ > requests_.size()) return;
    ++under_way_;
    if (written_ == requests_.size()) {
      stream_->WritesDone(Tag(kWrite));
    } else {
      stream_->Write(ToBuffer(requests_[written_]), Tag(kWrite));
    }
    ++written_;
  }

  void ReadNext() {
    ++under_way_;
    stream_->Read(&buffer_, Tag(kRead));
  }

  void Finish() {
    ++under_way_;
    stream_->Finish(&result_.status, Tag(kFinish));
  }

  const std::vector<std::string>& requests_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
  grpc::ByteBuffer buffer_;
  CallResult result_;
  // Requests sent, and one more when their end is.
  size_t written_ = 0;
  // Steps begun that have not come back.
  int under_way_ = 0;
};

}  // namespace

CallResult MakeCall(const std::shared_ptr<grpc::Channel>& channel,
                    const std::string& path,
                    const std::vector<std::string>& requests,
                    absl::Duration timeout) {
  grpc::GenericStub stub(channel);
  return Call(stub, path, requests, timeout).Run();
}

}  // namespace frikommune::cli
