#include "core/scheduling/write_duty.h"

#include <algorithm>

namespace frikommune::scheduling {
namespace {

using decision::WriteDay;
using wire::MessageWriter;

// The duty under one law, and the days on which it may be done.
struct Law {
  const DutyView& duty;
  const decision::Stretches& days;
};

// The terms of a provision under both laws on the day of the plan.
struct Terms {
  const TermsWords* here;
  const TermsWords* by_law;
};
using TermsList = absl::InlinedVector<Terms, 2>;

TermsList TermsOf(const PlannedItem& item, const DutyTexts& texts,
                  CaseFacts& facts) {
  TermsList list;
  for (const int index : item.question->terms_questions) {
    const catalog::Question& question =
        facts.area().questions[static_cast<size_t>(index)];
    const catalog::Epoch* const epoch = decision::EpochOn(
        question, facts.municipality(), facts.facts().Get(facts.area().on));
    if (epoch == nullptr || epoch->law == nullptr) continue;
    const TermsWords& by_law = texts.OfLaw(question, *epoch->law);
    const catalog::Dispensation* const open = decision::OpenOption(
        facts.area(), question, facts.municipality(), facts.facts());
    const TermsWords* const here =
        open != nullptr ? texts.OfOption(question, *open) : nullptr;
    list.push_back({here != nullptr ? here : &by_law, &by_law});
  }
  return list;
}

// Whether the duty stands alike under both laws, as most do.
bool IsAlike(const PlannedItem& item, const TermsList& terms) {
  return item.here == item.ordinary_law &&
         item.days.here == item.days.ordinary_law &&
         std::all_of(terms.begin(), terms.end(),
                     [](const Terms& of) { return of.here == of.by_law; });
}

void WriteStanding(const DutyView& duty, MessageWriter& out) {
  using T = v1::DutyTerms;
  out.Number(T::kStatusFieldNumber, duty.status);
  WriteDay(T::kEarliestFieldNumber, duty.earliest, out);
  WriteDay(T::kTargetFromFieldNumber, duty.target_from, out);
  WriteDay(T::kTargetToFieldNumber, duty.target_to, out);
  WriteDay(T::kLatestFieldNumber, duty.latest, out);
}

// The days are told as the last stretches of one outcome; the whole row stands
// with each.
void WriteDays(const decision::Stretches& days, MessageWriter& out) {
  for (const decision::Stretch& stretch : days) {
    out.Message(v1::DutyTerms::kAllowedDaysFieldNumber, [&] {
      WriteDay(v1::DayRange::kFromFieldNumber, stretch.first, out);
      WriteDay(v1::DayRange::kToFieldNumber, stretch.last, out);
      out.Number(v1::DayRange::kOutcomeFieldNumber, stretch.outcome);
      if (stretch.rule != nullptr) {
        out.Text(v1::DayRange::kRowFieldNumber, stretch.rule->id);
      }
    });
  }
}

void WriteForms(FormMask forms, MessageWriter& out) {
  if (forms == 0) return;
  out.Message(v1::DutyTerms::kPermittedFormsFieldNumber, [&] {
    for (int form = 1; form < v1::MeetingForm_ARRAYSIZE; ++form) {
      if (((forms >> form) & 1) != 0) out.PackedNumber(form);
    }
  });
}

void WriteTerms(const TermsList& list, const TermsWords* Terms::*law,
                MessageWriter& out) {
  for (const Terms& terms : list) out.Encoded((terms.*law)->topics);
  for (const Terms& terms : list) out.Encoded((terms.*law)->conductors);
}

}  // namespace

void WriteDuty(const PlannedItem& item, decision::v1::View view,
               const decision::Flags& flags, const DutyTexts& texts,
               CaseFacts& facts, MessageWriter& out) {
  using D = v1::PlannedDuty;
  const bool in_full = view == decision::v1::VIEW_FULL;
  out.Number(D::kKindFieldNumber, item.question->fulfilled_by);
  out.Number(D::kOrdinalFieldNumber, item.ordinal);
  out.Message(
      D::kDecisionFieldNumber,
      [&] {
        decision::Render(facts.snapshot(), facts.area(), item.answer, view,
                         flags, facts.facts(), out);
      },
      wire::Expect::kLong);
  const TermsList terms = in_full ? TermsOf(item, texts, facts) : TermsList();
  const auto write = [&](int field, const Law& law,
                         const TermsWords* Terms::*of_law) {
    const auto fill = [&] {
      WriteStanding(law.duty, out);
      if (!in_full) return;
      WriteDays(law.days, out);
      WriteForms(law.duty.forms, out);
      WriteTerms(terms, of_law, out);
    };
    out.Message(field, fill,
                in_full ? wire::Expect::kLong : wire::Expect::kShort);
  };
  const size_t begin = out.size();
  write(D::kHereFieldNumber, {item.here, item.days.here}, &Terms::here);
  if (IsAlike(item, terms)) {
    out.Repeat(D::kOrdinaryLawFieldNumber, D::kHereFieldNumber, begin,
               out.size());
  } else {
    write(D::kOrdinaryLawFieldNumber,
          {item.ordinary_law, item.days.ordinary_law}, &Terms::by_law);
  }
  const DutyWords* const words = in_full ? &texts.Of(*item.question) : nullptr;
  if (in_full) out.Encoded(words->participants);
  if (item.event != nullptr) {
    out.Text(D::kDateFieldNumber, item.event->meeting->date());
  }
  if (in_full) out.Encoded(words->title);
}

}  // namespace frikommune::scheduling
