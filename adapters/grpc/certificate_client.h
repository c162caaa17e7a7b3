#ifndef FRIKOMMUNE_ADAPTERS_GRPC_CERTIFICATE_CLIENT_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_CERTIFICATE_CLIENT_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "adapters/grpc/tls.h"
#include "frikommune/certificates/v1/certificates_service.grpc.pb.h"
#include "grpcpp/grpcpp.h"
#include "ports/certificate_source.h"
#include "ports/rpc_client_meter.h"

namespace frikommune::rpc {

// A number from 0 to 1, another one each time. Safe to call from many threads.
double RandomJitter();

// How long is waited, and how often is asked.
struct CertificateClientOptions {
  absl::Duration attempt_deadline = absl::Milliseconds(500);
  int attempts_max = 3;
  absl::Duration backoff_first = absl::Milliseconds(50);
  absl::Duration backoff_max = absl::Milliseconds(400);
  std::function<double()> jitter = RandomJitter;
  // Watches every attempt; outlives the client. Null for nobody.
  RpcClientMeter* meter = nullptr;
};

// The wait before a retry, counted from 1: it doubles from `backoff_first` up
// to `backoff_max`, and of that a half is left to `jitter`, from 0 to 1, so
// that those who failed together do not come again together.
absl::Duration BackoffBefore(int retry, double jitter,
                             const CertificateClientOptions& options);

// A channel to the certificates service at HOST:PORT. It connects again soon
// after the service was away.
std::shared_ptr<grpc::Channel> CertificateChannel(
    const std::string& target,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials =
        grpc::InsecureChannelCredentials());

// Asks CertificatesService.GetCertificateStatus. UNAVAILABLE and
// DEADLINE_EXCEEDED are tried again, up to `attempts_max` times in all, so that
// an answer comes within attempts_max x attempt_deadline and the backoffs
// between, 1.65 s by default. What another error means is not retried: it would
// be the same again.
//
// Asked in the handler of a call, or where its watch was entered
// (call_watch.h), it goes on with the trace of that call.
//
// No thread waits meanwhile. `Done` is called on a thread of gRPC's. The end of
// the client gives up what is under way, tells so, and returns when all have
// been told; it does not happen on a thread of gRPC's.
class CertificateClient final : public CertificateSource {
 public:
  explicit CertificateClient(ChannelSource channels,
                             CertificateClientOptions options = {});
  // With the same channel for every call.
  explicit CertificateClient(std::shared_ptr<grpc::Channel> channel,
                             CertificateClientOptions options = {});
  ~CertificateClient() override;
  CertificateClient(const CertificateClient&) = delete;
  CertificateClient& operator=(const CertificateClient&) = delete;

  void Ask(int municipality, absl::string_view case_id, Done done) override
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  class Question;
  using Stub = certificates::v1::CertificatesService::Stub;

  // A stub of the channel that is given now.
  std::shared_ptr<Stub> CurrentStub() ABSL_LOCKS_EXCLUDED(mutex_);

  const CertificateClientOptions options_;
  const ChannelSource channels_;
  absl::Mutex mutex_;
  std::shared_ptr<grpc::Channel> channel_ ABSL_GUARDED_BY(mutex_);
  std::shared_ptr<Stub> stub_ ABSL_GUARDED_BY(mutex_);
  // What is under way.
  absl::flat_hash_set<std::shared_ptr<Question>> questions_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_CERTIFICATE_CLIENT_H_
