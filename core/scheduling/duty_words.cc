#include "core/scheduling/duty_words.h"

#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::scheduling {
namespace {

TermsWords Encode(const catalog::v1::Terms& terms) {
  v1::DutyTerms topics;
  *topics.mutable_topics() = terms.topics();
  v1::DutyTerms conductors;
  *conductors.mutable_conductors() = terms.conductors();
  return {topics.SerializeAsString(), conductors.SerializeAsString()};
}

DutyWords Encode(const catalog::v1::Provision& provision) {
  v1::PlannedDuty participants;
  *participants.mutable_participants() =
      provision.asked().plan().participants();
  v1::PlannedDuty title;
  *title.mutable_title() = provision.title();
  return {participants.SerializeAsString(), title.SerializeAsString()};
}

}  // namespace

DutyTexts::DutyTexts(const catalog::Area& area) {
  for (const catalog::Question& question : area.questions) {
    duties_.emplace(&question, Encode(*question.source));
    for (const catalog::LawVersion& version : question.versions) {
      terms_.emplace(&version.source->terms(), Encode(version.source->terms()));
    }
    for (const auto* dispensations :
         {&question.dispensations, &question.variants}) {
      for (const auto& dispensation : *dispensations) {
        const catalog::v1::Terms& terms = dispensation->source->terms();
        terms_.emplace(&terms, Encode(terms));
      }
    }
  }
}

}  // namespace frikommune::scheduling
