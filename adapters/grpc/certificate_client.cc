#include "adapters/grpc/certificate_client.h"

#include <algorithm>
#include <chrono>
#include <utility>
#include <vector>

#include "absl/random/random.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "adapters/grpc/call_watch.h"
#include "adapters/grpc/trace_context.h"
#include "core/error/error.h"
#include "grpcpp/alarm.h"
#include "spdlog/spdlog.h"

namespace frikommune::rpc {
namespace {

namespace v1 = certificates::v1;

// gRPC waits a second before it connects again, and longer each time; a retry
// would find the same broken connection.
constexpr int kReconnectFirstMs = 50;
constexpr int kReconnectMaxMs = 1000;
// How long a connection may take to be made, with all its handshakes; the
// library calls it the least time between two attempts.
constexpr int kConnectMs = 2000;

bool IsWorthRetrying(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::UNAVAILABLE ||
         status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
}

absl::Status CouldNotAsk(absl::string_view why) {
  return MakeError(absl::StatusCode::kUnavailable,
                   decision::v1::ERROR_REASON_CERTIFICATES_UNAVAILABLE, "",
                   absl::StrCat("certificates could not be asked: ", why));
}

std::chrono::system_clock::time_point After(absl::Duration wait) {
  return absl::ToChronoTime(absl::Now() + wait);
}

}  // namespace

double RandomJitter() {
  thread_local absl::InsecureBitGen random;
  return absl::Uniform(absl::IntervalClosed, random, 0.0, 1.0);
}

absl::Duration BackoffBefore(int retry, double jitter,
                             const CertificateClientOptions& options) {
  absl::Duration full = options.backoff_first;
  for (int i = 1; i < retry && full < options.backoff_max; ++i) full *= 2;
  return std::min(full, options.backoff_max) * (0.5 + jitter / 2);
}

std::shared_ptr<grpc::Channel> CertificateChannel(
    const std::string& target,
    const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kReconnectFirstMs);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, kConnectMs);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kReconnectMaxMs);
  // The client below retries.
  arguments.SetInt(GRPC_ARG_ENABLE_RETRIES, 0);
  return grpc::CreateCustomChannel(target, credentials, arguments);
}

// One question, from the first attempt until it is answered. It goes from
// attempt to backoff to attempt, each step called by gRPC; what gRPC will call
// holds it.
class CertificateClient::Question final
    : public std::enable_shared_from_this<Question> {
 public:
  Question(CertificateClient& client, int municipality,
           absl::string_view case_id, Done done)
      : client_(client),
        done_(std::move(done)),
        trace_(CallWatch::Current().ChildTrace()) {
    request_.set_municipality(absl::StrCat("municipalities/", municipality));
    request_.set_case_id(std::string(case_id));
    request_.set_document(v1::DOCUMENT_TYPE_LAE265);
  }

  void Attempt() {
    auto context = std::make_shared<grpc::ClientContext>();
    context->set_deadline(After(client_.options_.attempt_deadline));
    if (!trace_.empty()) context->AddMetadata(kTraceparent, trace_);
    {
      absl::MutexLock lock(&mutex_);
      context_ = context;
    }
    if (GivenUp()) return Finish(CouldNotAsk("the server is stopping"));
    ++attempts_;
    begun_ = absl::Now();
    if (RpcClientMeter* const meter = client_.options_.meter) meter->Started();
    // gRPC may answer before this returns, so no lock is held.
    client_.CurrentStub()->async()->GetCertificateStatus(
        context.get(), &request_, &response_,
        [self = shared_from_this()](const grpc::Status& status) {
          self->Answered(status);
        });
  }

  // Makes what is under way end soon.
  void GiveUp() ABSL_LOCKS_EXCLUDED(mutex_) {
    std::shared_ptr<grpc::ClientContext> context;
    {
      absl::MutexLock lock(&mutex_);
      given_up_ = true;
      alarm_.Cancel();
      context = context_;
    }
    if (context != nullptr) context->TryCancel();
  }

 private:
  bool GivenUp() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return given_up_;
  }

  void Answered(const grpc::Status& status) {
    if (RpcClientMeter* const meter = client_.options_.meter) {
      meter->Handled(static_cast<absl::StatusCode>(status.error_code()),
                     absl::Now() - begun_);
    }
    if (status.ok()) {
      return Finish(CertificateAnswer{response_.standing(), response_.name()});
    }
    if (GivenUp()) return Finish(CouldNotAsk("the server is stopping"));
    if (!IsWorthRetrying(status)) {
      spdlog::error("certificates answered with code {}",
                    static_cast<int>(status.error_code()));
      return Finish(CouldNotAsk("it did not take the question"));
    }
    if (attempts_ >= client_.options_.attempts_max) {
      return Finish(CouldNotAsk(
          absl::StrCat("it was away in each of ", attempts_, " attempts")));
    }
    const absl::Duration backoff =
        BackoffBefore(attempts_, client_.options_.jitter(), client_.options_);
    // An alarm rings on another thread, whenever it is set to.
    absl::MutexLock lock(&mutex_);
    alarm_.Set(After(given_up_ ? absl::ZeroDuration() : backoff),
               [self = shared_from_this()](bool) { self->Attempt(); });
  }

  void Finish(absl::StatusOr<CertificateAnswer> answer) {
    std::move(done_)(std::move(answer));
    // The client may be gone as soon as the lock is.
    absl::MutexLock lock(&client_.mutex_);
    client_.questions_.erase(shared_from_this());
  }

  CertificateClient& client_;
  Done done_;
  // Of each attempt; empty for none.
  const std::string trace_;
  v1::GetCertificateStatusRequest request_;
  v1::GetCertificateStatusResponse response_;
  int attempts_ = 0;
  // The attempt that is under way.
  absl::Time begun_;
  absl::Mutex mutex_;
  bool given_up_ ABSL_GUARDED_BY(mutex_) = false;
  std::shared_ptr<grpc::ClientContext> context_ ABSL_GUARDED_BY(mutex_);
  grpc::Alarm alarm_ ABSL_GUARDED_BY(mutex_);
};

CertificateClient::CertificateClient(ChannelSource channels,
                                     CertificateClientOptions options)
    : options_(std::move(options)), channels_(std::move(channels)) {}

CertificateClient::CertificateClient(std::shared_ptr<grpc::Channel> channel,
                                     CertificateClientOptions options)
    : CertificateClient([channel = std::move(channel)] { return channel; },
                        std::move(options)) {}

std::shared_ptr<CertificateClient::Stub> CertificateClient::CurrentStub() {
  std::shared_ptr<grpc::Channel> channel = channels_();
  absl::MutexLock lock(&mutex_);
  if (channel != channel_) {
    stub_ = v1::CertificatesService::NewStub(channel);
    channel_ = std::move(channel);
  }
  return stub_;
}

CertificateClient::~CertificateClient() {
  std::vector<std::shared_ptr<Question>> under_way;
  {
    absl::MutexLock lock(&mutex_);
    under_way.assign(questions_.begin(), questions_.end());
  }
  for (const auto& question : under_way) question->GiveUp();
  absl::MutexLock lock(&mutex_);
  const auto none = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return questions_.empty();
  };
  mutex_.Await(absl::Condition(&none));
}

void CertificateClient::Ask(int municipality, absl::string_view case_id,
                            Done done) {
  auto question =
      std::make_shared<Question>(*this, municipality, case_id, std::move(done));
  {
    absl::MutexLock lock(&mutex_);
    questions_.insert(question);
  }
  question->Attempt();
}

}  // namespace frikommune::rpc
