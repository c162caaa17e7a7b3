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

DutyTexts::DutyTexts(const catalog::Area& area) : area_(area) {
  for (const catalog::Question& question : area.questions) {
    Texts& texts = texts_.emplace_back();
    texts.words = Encode(*question.source);
    for (const catalog::LawVersion& version : question.versions) {
      texts.versions.push_back(Encode(version.source->terms()));
    }
    for (const auto* dispensations :
         {&question.dispensations, &question.variants}) {
      for (const auto& dispensation : *dispensations) {
        if (!dispensation->source->has_terms()) continue;
        texts.options.push_back(
            {dispensation.get(), Encode(dispensation->source->terms())});
      }
    }
  }
}

}  // namespace frikommune::scheduling
