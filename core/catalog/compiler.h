#ifndef FRIKOMMUNE_CORE_CATALOG_COMPILER_H_
#define FRIKOMMUNE_CORE_CATALOG_COMPILER_H_

#include <memory>
#include <string>
#include <vector>

#include "core/catalog/snapshot.h"

namespace frikommune::catalog {

// Turns a catalog into a snapshot, and gathers every problem on the way, so
// that one run names them all. One use only.
class Compiler {
 public:
  Compiler(Catalog catalog, const std::vector<AreaVocabulary>& areas,
           std::vector<Problem>& problems);

  // Null if there was any problem.
  std::shared_ptr<const Snapshot> Compile();

 private:
  // compile_network.cc
  void CompileNetwork();
  Value DateOf(const std::string& text, const google::protobuf::Message& where,
               absl::string_view what);

  // compile_question.cc
  void MakeAreas(const std::vector<AreaVocabulary>& areas);
  void AddCatalogFacts(Area& area);
  void CompileProvision(const v1::Provision& provision);
  void CompileDispensation(const v1::Experiment& experiment,
                           const v1::Dispensation& source);
  Area* AreaOf(const std::string& provision);
  uint64_t MeetingKinds(
      const google::protobuf::RepeatedPtrField<std::string>& names,
      const Area& area, const google::protobuf::Message& where);
  void LinkQuestions();

  // compile_rules.cc
  void CompileVersion(const v1::Version& source, Area& area,
                      LawVersion& version);
  void AddRow(const v1::Row& row, const std::string& law, Area& area,
              Table& table);
  void AddOrdinaryWindow(const v1::Window& window, Area& area, Table& table);
  void AddExtraWindow(const v1::Window& window, const std::string& law,
                      Area& area, Table& table);
  std::vector<Condition> CompileConditions(
      const google::protobuf::RepeatedPtrField<v1::Condition>& sources,
      Area& area);
  Slot CompileDate(const std::string& text,
                   const google::protobuf::Message& where, Area& area);
  void CompileRemarks(
      const google::protobuf::RepeatedPtrField<v1::Action>& actions,
      const google::protobuf::RepeatedPtrField<v1::Flag>& flags, Area& area,
      Rule& rule);
  Condition DateTest(Slot from, Slot to, const Area& area) const;
  void CompileTally(const v1::Tally& source, Area& area);

  // compile_safeguards.cc
  void CheckArea(const v1::Provision& provision, const Area& area);
  void CheckArea(const v1::Experiment& experiment,
                 const v1::Dispensation& source, const Area& area);
  void CompileRestatements(const std::string& law, Area& area,
                           Dispensation& dispensation);
  void CheckRestatement(const v1::Restatement& source,
                        const v1::Dispensation& dispensation);

  // compile_documents.cc
  const std::string* CompileDocument(const std::string& document,
                                     const google::protobuf::Message& where);
  void CheckSaving(const v1::Row& row, const Rule& rule,
                   const std::string& law);
  void CheckMissing(const v1::Row& row, const std::string& law,
                    const Area& area);

  // compile_epochs.cc
  void CompileEpochs(Area& area, Question& question);
  OptionState StateOn(Question& question, const Dispensation& dispensation,
                      int municipality, Value day);
  void AddPolicies(const Area& area, const Question& question, int municipality,
                   Epoch& epoch);

  // compile_reasons.cc
  void CompileReasons();
  std::string Tell(
      const std::string& row, const decision::v1::Text& because,
      const google::protobuf::RepeatedPtrField<decision::v1::Citation>& cite)
      const;
  void CompileReasonsOf(Table& table, const Area& area) const;

  // compile_row_orders.cc
  const Dispensation& OrderedAs(const v1::Participation& participation,
                                const Dispensation& dispensation,
                                Question& question);

  void Report(const google::protobuf::Message& where, std::string message);

  std::vector<Problem>& problems_;
  std::shared_ptr<Snapshot> snapshot_;
};

// Adds what is wrong with a catalog that could yet be compiled: a missing
// citation or text, a participation that ends before it starts or is missing or
// there twice, a name used twice, a date out of order. In check.cc.
void CheckCatalog(const Catalog& catalog, std::vector<Problem>& problems);

// Adds what is wrong with the orders in which municipalities read the rows of
// an experiment: one of nothing, twice, or without each row once. In
// check_row_orders.cc.
void CheckRowOrders(const v1::Experiment& experiment, const Catalog& catalog,
                    std::vector<Problem>& problems);

// Whether the participation is about the option. In check_row_orders.cc.
bool Concerns(const v1::Participation& participation,
              const std::string& option);

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_COMPILER_H_
