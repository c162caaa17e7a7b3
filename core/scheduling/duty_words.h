#ifndef FRIKOMMUNE_CORE_SCHEDULING_DUTY_WORDS_H_
#define FRIKOMMUNE_CORE_SCHEDULING_DUTY_WORDS_H_

#include <string>

#include "absl/container/flat_hash_map.h"
#include "core/catalog/question.h"
#include "core/catalog/snapshot.h"

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
// and then safe to share; the snapshot must outlive it.
class DutyTexts {
 public:
  // Of the questions that are planned in `area`.
  explicit DutyTexts(const catalog::Area& area);

  // The words of terms of the area, and of one of its planned questions.
  const TermsWords& Of(const catalog::v1::Terms& terms) const {
    return terms_.find(&terms)->second;
  }
  const DutyWords& Of(const catalog::Question& question) const {
    return duties_.find(&question)->second;
  }

 private:
  absl::flat_hash_map<const catalog::v1::Terms*, TermsWords> terms_;
  absl::flat_hash_map<const catalog::Question*, DutyWords> duties_;
};

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_DUTY_WORDS_H_
