#include "services/rehab/settlement.h"

#include <string>
#include <utility>

#include "core/error/error.h"

namespace frikommune::rehab {

struct Settlement::Question {
  AgendaRequest request;
  // The item's name.
  std::string name;
  WhenAway when_away = WhenAway::kAnswer;
  absl::StatusOr<CertificateAnswer> certificate = CertificateAnswer();
  v1::AgendaItem* answer = nullptr;
  Done done;
};

Settlement::~Settlement() {
  absl::MutexLock lock(&mutex_);
  const auto none = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return under_way_ == 0;
  };
  mutex_.Await(absl::Condition(&none));
}

void Settlement::Settle(const AgendaRequest& request,
                        const v1::AgendaItem& item, WhenAway when_away,
                        v1::AgendaItem& answer, Done done) {
  {
    absl::MutexLock lock(&mutex_);
    ++under_way_;
  }
  auto question = std::make_shared<Question>();
  question->request = request;
  question->name = item.name();
  question->when_away = when_away;
  question->answer = &answer;
  question->done = std::move(done);
  certificates_.Ask(
      request.municipality, item.waiting_case().case_id(),
      [this, question](absl::StatusOr<CertificateAnswer> certificate) {
        Answered(question, std::move(certificate));
      });
}

void Settlement::Answered(const std::shared_ptr<Question>& question,
                          absl::StatusOr<CertificateAnswer> certificate) {
  if (!certificate.ok() && question->when_away == WhenAway::kRefuse) {
    return Finish(*question, certificate.status());
  }
  question->certificate = std::move(certificate);
  const bool taken_in =
      workers_.TryRun([this, question] { Finish(*question, Keep(*question)); });
  if (!taken_in) {
    Finish(*question,
           MakeError(absl::StatusCode::kResourceExhausted,
                     decision::v1::ERROR_REASON_OVERLOADED, "",
                     "the item waits, and its place is kept; the server has "
                     "too much to do to go on, so send the request again"));
  }
}

absl::Status Settlement::Keep(Question& question) {
  v1::AgendaItemState state = v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE;
  std::string settled_by;
  if (question.certificate.ok()) {
    state = v1::AGENDA_ITEM_STATE_CERTIFICATE_OPEN;
    if (IsSettled(question.certificate->standing)) {
      state = v1::AGENDA_ITEM_STATE_CONFIRMED;
      settled_by = question.certificate->name;
    }
  }
  auto change =
      store_.Settle(question.request, question.name, state, settled_by);
  if (!change.ok()) return change.status();
  *question.answer = std::move(change->items.at(0));
  return absl::OkStatus();
}

void Settlement::Finish(Question& question, absl::Status status) {
  std::move(question.done)(std::move(status));
  absl::MutexLock lock(&mutex_);
  --under_way_;
}

}  // namespace frikommune::rehab
