#ifndef FRIKOMMUNE_CORE_PROOF_QUESTION_TESTS_H_
#define FRIKOMMUNE_CORE_PROOF_QUESTION_TESTS_H_

#include <string>
#include <vector>

#include "core/catalog/question.h"
#include "core/proof/case_world.h"
#include "core/proof/date_tests.h"

namespace frikommune::proof {

// A fact that is no date, and one value for each cell that the tests tell
// apart.
struct FactCells {
  catalog::Slot slot = catalog::kNoSlot;
  std::vector<catalog::Value> values;
};

// All that the tables of a question turn on: ordinary law in every version, and
// every option that changes it.
struct QuestionTests {
  // Booleans, enums and integers, without the target group.
  std::vector<FactCells> facts;
  std::vector<DateTest> dates;
  // Dates of which it is asked whether they are known.
  std::vector<catalog::Slot> answered_dates;
  // The tests of the citizen's group.
  std::vector<const catalog::Condition*> groups;
  // Date tests that the proof cannot take, with the row or option they stand
  // in.
  struct Refused {
    const google::protobuf::Message* source;
    std::string test;
  };
  std::vector<Refused> refused;
};

// Gathers the tests of a question and cuts each fact's domain by them.
QuestionTests TestsOf(const catalog::Area& area,
                      const catalog::Question& question,
                      const CaseWorld& world);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_QUESTION_TESTS_H_
