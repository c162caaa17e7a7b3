#include "tests/faults/load.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "tests/e2e/certificate_case.h"
#include "tests/faults/history.h"

namespace frikommune::faults {
namespace {

constexpr char kDecide[] =
    "/frikommune.certificates.v1.CertificatesService/DecideCertificate";

// How many clients leave an unknown at that.
constexpr int kOneInSoManyGivesUp = 8;

// How often a client sends a request while it is being told to stop.
constexpr int kLastAttempts = 3;

}  // namespace

bool IsDefinite(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
    case grpc::StatusCode::INVALID_ARGUMENT:
    case grpc::StatusCode::FAILED_PRECONDITION:
    case grpc::StatusCode::NOT_FOUND:
      return true;
    default:
      return false;
  }
}

Load::Load(Options options, std::vector<Target*> targets)
    : options_(std::move(options)), targets_(std::move(targets)) {
  for (int client = 0; client < options_.clients; ++client) {
    threads_.emplace_back([this, client] { Run(client); });
  }
}

Load::~Load() { Stop(); }

void Load::Stop() {
  stopping_ = true;
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Load::Run(int client) {
  const auto number = static_cast<size_t>(client);
  Caller caller(*targets_[number % targets_.size()]);
  HistoryWriter history(
      absl::StrCat(options_.folder, "/", options_.name, client, ".history"));
  const std::string& municipality =
      options_.municipalities[number % options_.municipalities.size()];
  int unknowns = client;
  for (int made = 0; !stopping_; ++made) {
    const std::string name =
        absl::StrCat(options_.name, "c", client, "n", made);
    auto request = e2e::CertificateCase(municipality, name);
    request.set_case_id(name);
    if (!options_.request_ids) request.clear_request_id();
    const std::string bytes = request.SerializeAsString();
    const std::string digest = DigestOf(bytes);
    bool was_unknown = false;
    for (int last_attempts = 0; last_attempts < kLastAttempts;) {
      history.Write(Sight::kInvoke, name, digest);
      std::string answer;
      const grpc::Status status = caller.Call(kDecide, bytes, answer);
      if (status.ok()) {
        history.Write(Sight::kOk, name, DigestOf(answer));
        if (was_unknown) ++answered_after_unknown_;
        Count(acknowledged_);
        break;
      }
      const bool definite = IsDefinite(status.error_code());
      history.Write(definite ? Sight::kFail : Sight::kUnknown, name,
                    absl::StrCat(status.error_code()));
      Count(definite ? refused_ : unknown_);
      was_unknown |= !definite;
      if (!definite && unknowns++ % kOneInSoManyGivesUp == 0) break;
      if (stopping_) ++last_attempts;
      caller.Rest();
    }
  }
}

void Load::Count(std::atomic<int64_t>& what) {
  absl::MutexLock lock(&mutex_);
  ++what;
}

bool Load::Await(const std::atomic<int64_t>& what, int64_t more, int64_t than,
                 absl::Duration at_most) {
  absl::MutexLock lock(&mutex_);
  const auto there = [&] { return what >= than + more; };
  return mutex_.AwaitWithTimeout(absl::Condition(&there), at_most);
}

bool Load::AwaitAcknowledged(int64_t more, int64_t than,
                             absl::Duration at_most) {
  return Await(acknowledged_, more, than, at_most);
}

bool Load::AwaitRefused(int64_t more, int64_t than, absl::Duration at_most) {
  return Await(refused_, more, than, at_most);
}

bool Load::AwaitUnknown(int64_t more, int64_t than, absl::Duration at_most) {
  return Await(unknown_, more, than, at_most);
}

}  // namespace frikommune::faults
