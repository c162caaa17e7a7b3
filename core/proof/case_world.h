#ifndef FRIKOMMUNE_CORE_PROOF_CASE_WORLD_H_
#define FRIKOMMUNE_CORE_PROOF_CASE_WORLD_H_

#include <string>

#include "core/catalog/question.h"
#include "core/catalog/snapshot.h"

namespace frikommune::proof {

// What the proof must know of the cases of an area of law beyond the words of
// its tables. Implementations are immutable and safe to share.
class CaseWorld {
 public:
  struct Range {
    catalog::Value low;
    catalog::Value high;
  };

  virtual ~CaseWorld() = default;

  // Whether the fact is found for every case, so that it is never unknown.
  virtual bool IsAlwaysKnown(const catalog::Fact& fact) const = 0;

  // Whether a date may be known to be none.
  virtual bool MayBeNone(const catalog::Fact& fact) const = 0;

  // Whether a date cannot lie after the day that is decided for.
  virtual bool IsPast(const catalog::Fact& fact) const = 0;

  // The numbers an integer may have in a case of the question.
  virtual Range RangeOf(const catalog::Question& question,
                        const catalog::Fact& fact) const = 0;

  // The values, by the bits of their numbers, that an enum may have in a case
  // of the question.
  virtual uint64_t ValuesOf(const catalog::Question& question,
                            const catalog::Fact& fact) const = 0;

  // A case line that `frikommune replay` can run: a request with these facts,
  // and what the catalog answers to it. Says so in its name if no request has
  // just these facts.
  virtual std::string WriteCase(const catalog::Snapshot& snapshot,
                                const catalog::Question& question,
                                int municipality_code,
                                const catalog::Facts& facts,
                                const std::string& name) const = 0;
};

// The world of that area of law; null if the proof knows none.
const CaseWorld* WorldOf(const std::string& area);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_CASE_WORLD_H_
