#include "tests/faults/target.h"

#include <chrono>

#include "absl/synchronization/notification.h"

namespace frikommune::faults {
namespace {

constexpr absl::Duration kDeadline = absl::Seconds(5);
constexpr absl::Duration kMoment = absl::Milliseconds(10);

std::unique_ptr<grpc::GenericStub> Connect(const std::string& address) {
  grpc::ChannelArguments arguments;
  // A connection of its own, which is not waited for long.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 10);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 50);
  // What was lost is the caller's to send again, with its id.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return std::make_unique<grpc::GenericStub>(grpc::CreateCustomChannel(
      address, grpc::InsecureChannelCredentials(), arguments));
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

grpc::Status Caller::Call(const std::string& method, const std::string& request,
                          std::string& answer) {
  if (const Target::Place now = target_.Where(); now.moves != place_.moves) {
    place_ = now;
    stub_ = Connect(now.address);
  }
  if (stub_ == nullptr) return {grpc::StatusCode::UNAVAILABLE, "nowhere"};
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       absl::ToChronoSeconds(kDeadline));
  const grpc::Slice slice(request);
  const grpc::ByteBuffer sent(&slice, 1);
  grpc::ByteBuffer received;
  grpc::Status status;
  absl::Notification done;
  stub_->UnaryCall(&context, method, {}, &sent, &received,
                   [&](grpc::Status ended) {
                     status = std::move(ended);
                     done.Notify();
                   });
  done.WaitForNotification();
  if (status.ok()) answer = BytesOf(received);
  return status;
}

void Caller::Rest() { target_.AwaitMove(place_.moves, kMoment); }

}  // namespace frikommune::faults
