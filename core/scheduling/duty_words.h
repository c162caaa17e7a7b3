#ifndef FRIKOMMUNE_CORE_SCHEDULING_DUTY_WORDS_H_
#define FRIKOMMUNE_CORE_SCHEDULING_DUTY_WORDS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "core/catalog/question.h"

namespace frikommune::scheduling {

// What the catalog's terms say of a duty, as fields of v1::DutyTerms.
struct TermsWords {
  std::string topics;
  std::string conductors;
};

// What the catalog says of a duty itself, as fields of v1::PlannedDuty.
struct DutyWords {
  std::string participants;
  std::string title;
};

// The texts that planned duties repeat word for word, encoded once. Immutable,
// and then safe to share; the area must outlive it.
class DutyTexts {
 public:
  explicit DutyTexts(const catalog::Area& area);

  // The words of a question of the area, and of the terms that its law and an
  // option of it have. Those of an option that leaves them as they are: null.
  const DutyWords& Of(const catalog::Question& question) const {
    return TextsOf(question).words;
  }
  const TermsWords& OfLaw(const catalog::Question& question,
                          const catalog::LawVersion& version) const {
    return TextsOf(question)
        .versions[static_cast<size_t>(&version - question.versions.data())];
  }
  const TermsWords* OfOption(const catalog::Question& question,
                             const catalog::Dispensation& dispensation) const {
    for (const OptionTerms& option : TextsOf(question).options) {
      if (option.dispensation == &dispensation) return &option.words;
    }
    return nullptr;
  }

 private:
  struct OptionTerms {
    const catalog::Dispensation* dispensation;
    TermsWords words;
  };
  struct Texts {
    DutyWords words;
    // As the question has them.
    std::vector<TermsWords> versions;
    // Of those that have terms of their own.
    std::vector<OptionTerms> options;
  };

  const Texts& TextsOf(const catalog::Question& question) const {
    return texts_[static_cast<size_t>(&question - area_.questions.data())];
  }

  const catalog::Area& area_;
  // As the area has its questions.
  std::vector<Texts> texts_;
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_DUTY_WORDS_H_
