#ifndef FRIKOMMUNE_CORE_PROOF_QUESTION_PROOF_H_
#define FRIKOMMUNE_CORE_PROOF_QUESTION_PROOF_H_

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/decision/decide.h"
#include "core/proof/proof.h"
#include "core/proof/question_cells.h"

namespace frikommune::proof {

// The proof of one question. One use only.
class QuestionProof {
 public:
  QuestionProof(const catalog::Snapshot& snapshot, const catalog::Area& area,
                const catalog::Question& question, const CaseWorld& world,
                std::vector<catalog::Problem>& problems);

  QuestionReport Prove();

 private:
  void See(const Visit& visit);
  void SeeGap(const Visit& visit);
  void SeeOverlaps(const Visit& visit);
  // Holds the engine to the rules that the leaf names.
  void HoldEngine(const Visit& visit);
  // Holds the actions that are said, and the saving, to those of the leaf.
  void HoldWords(const Visit& visit, const decision::Answer& answer);
  // Holds that an unknown fact is asked for, or changes nothing.
  void HoldUnknowns(const Visit& visit, const decision::Answer& known);
  // Notes what the leaf shows to be of use.
  void NoteUse(const Visit& visit);
  // Whether an option's rule changes what ordinary law says.
  bool Changes(const Visit& visit);

  void ReportUnused();
  void ReportUnusedRows(const catalog::Table& table);
  void ReportUnasked(const catalog::Dispensation& dispensation);
  void ReportRefused();

  // Adds a problem once for each `where` and `kind`. With a case if `visit`.
  void Report(const google::protobuf::Message& where, const std::string& kind,
              const std::string& message, const Visit* visit);
  // The days on which the law of a visit holds and no test of the day changes.
  std::pair<catalog::Value, catalog::Value> LawDays(const Visit& visit) const;
  // "from 2019-01-01 to 2019-01-31, as on 2019-01-01, when meeting.form is ..."
  std::string Describe(const Visit& visit, catalog::Value first,
                       catalog::Value last);
  // Likewise, of the days of the visit's epoch.
  std::string Describe(const Visit& visit);
  int CodeOf(int municipality) const;

  const catalog::Snapshot& snapshot_;
  const catalog::Area& area_;
  const catalog::Question& question_;
  const CaseWorld& world_;
  std::vector<catalog::Problem>& problems_;
  QuestionCells cells_;
  catalog::Facts facts_;
  QuestionReport report_;
  // Rows that answer somewhere, by what they were compiled from.
  std::set<const google::protobuf::Message*> used_;
  // Options that change something, and the safeguards that some case waits for.
  std::set<const google::protobuf::Message*> changing_;
  std::set<std::pair<const google::protobuf::Message*, decision::v1::Gate>>
      asked_;
  std::set<std::pair<const google::protobuf::Message*, std::string>> reported_;
};

// Whether some municipality's part in the option is confirmed, so that its gate
// is open on some day.
bool IsEverOpen(const catalog::Question& question,
                const catalog::Dispensation& dispensation);

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_QUESTION_PROOF_H_
