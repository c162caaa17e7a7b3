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
    threads_.emplace_back(
        [this, client] { Run(options_.first_client + client); });
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
  HistoryWriter history(absl::StrCat(options_.folder, "/", options_.histories,
                                     client, ".history"));
  const std::string& municipality =
      options_.municipalities[number % options_.municipalities.size()];
  int unknowns = client;
  for (int made = 0; !stopping_; ++made) {
    const std::string name = absl::StrCat("c", client, "n", made);
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
        if (was_unknown) answered_later_.Add();
        acknowledged_.Add();
        break;
      }
      const bool definite = IsDefinite(status.error_code());
      history.Write(definite ? Sight::kFail : Sight::kUnknown, name,
                    absl::StrCat(status.error_code()));
      (definite ? refused_ : unknown_).Add();
      was_unknown |= !definite;
      if (!definite && unknowns++ % kOneInSoManyGivesUp == 0) break;
      if (stopping_) ++last_attempts;
      caller.Rest();
    }
  }
}

}  // namespace frikommune::faults
