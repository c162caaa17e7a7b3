// The reasons of every decision that a case of the catalog reaches: fit for a
// letter by forvaltningsloven §§ 22-24.

#include "core/letter/letter.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "adapters/files/catalog_files.h"
#include "core/catalog/condition.h"
#include "core/certificates/decider.h"
#include "core/letter/words.h"
#include "core/rehab/decider.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "nlohmann/json.hpp"

namespace frikommune::letter {
namespace {

using decision::v1::RecordedDecision;
using testing::HasSubstr;
using testing::Not;

constexpr char kRoot[] = FRIKOMMUNE_SOURCE_DIR "/catalog";

const catalog::Snapshot& Snapshot() {
  static const auto* const kSnapshot =
      new std::shared_ptr<const catalog::Snapshot>(*files::LoadCatalog(kRoot));
  return **kSnapshot;
}

// Decides a case of its call; false if it is refused.
template <typename Request, typename Decider>
bool Decide(const nlohmann::json& request, RecordedDecision& out) {
  Request read;
  EXPECT_TRUE(
      google::protobuf::util::JsonStringToMessage(request.dump(), &read).ok());
  out.set_decision_date(read.decision_date());
  return Decider(Snapshot())
      .Decide(read, decision::v1::VIEW_FULL, *out.mutable_decision())
      .ok();
}

bool DecideCase(const nlohmann::json& one, RecordedDecision& out) {
  const std::string call = one["call"];
  if (absl::EndsWith(call, "/DecideCertificate")) {
    return Decide<certificates::v1::DecideCertificateRequest,
                  certificates::Decider>(one["request"], out);
  }
  if (absl::EndsWith(call, "/RouteCase")) {
    return Decide<rehab::v1::RouteCaseRequest, rehab::Decider>(one["request"],
                                                               out);
  }
  if (absl::EndsWith(call, "/DecideExtension")) {
    return Decide<rehab::v1::DecideExtensionRequest, rehab::Decider>(
        one["request"], out);
  }
  return false;
}

// Every decision that a case reaches, by the case's name.
template <typename Visit>
void ForEachDecision(const Visit& visit) {
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(kRoot)) {
    if (entry.path().extension() != ".jsonl") continue;
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const auto one = nlohmann::json::parse(line, nullptr, false);
      if (!one.is_object() || !one["request"].is_object()) continue;
      RecordedDecision decision;
      if (DecideCase(one, decision)) visit(std::string(one["name"]), decision);
    }
  }
}

// What stands under a heading, up to the next empty line.
std::string PartOf(const std::string& text, const std::string& heading) {
  const size_t at = text.find(heading);
  if (at == std::string::npos) return "";
  const size_t begin = at + heading.size();
  return text.substr(begin, text.find("\n\n", begin) - begin);
}

TEST(LetterTest, EveryDecisionHasItsRulesItsConsiderationsAndItsFacts) {
  std::set<decision::v1::Outcome> outcomes;
  std::set<std::string> rows;
  ForEachDecision([&](const std::string& name, const RecordedDecision& one) {
    SCOPED_TRACE(name);
    outcomes.insert(one.decision().outcome());
    const auto text = Reasons(Snapshot(), one);
    const std::string rules = PartOf(text.da(), "Regler:\n");
    const std::string considered = PartOf(text.da(), "Hovedhensyn:\n");
    const std::string facts =
        PartOf(text.da(), "Oplysninger, der har haft betydning:\n");
    for (const auto& reason : one.decision().reasons()) {
      rows.insert(reason.row());
      EXPECT_THAT(considered, HasSubstr(reason.text().da()));
      for (const auto& citation : reason.citations()) {
        EXPECT_THAT(rules, HasSubstr(citation.title()));
      }
    }
    for (const auto& reason : one.decision().ordinary_law_reasons()) {
      EXPECT_THAT(considered, HasSubstr(reason.text().da()));
    }
    EXPECT_EQ(rules.empty(), one.decision().reasons().empty());
    if (one.decision().counts_as_experiment_use()) {
      EXPECT_THAT(rules, HasSubstr("frikommuneforsøget " +
                                   one.decision().experiment()));
    }
    EXPECT_FALSE(considered.empty());
    EXPECT_THAT(facts, HasSubstr("- dagen for afgørelsen: "));
    for (const auto* language : {&text.da(), &text.en()}) {
      // No name of the catalog, and no day as machines write it.
      EXPECT_THAT(*language, Not(HasSubstr("OUTCOME")));
      EXPECT_THAT(
          *language,
          Not(testing::ContainsRegex("(^|[^A-Za-z0-9/-])[a-z]+_[a-z_]+")));
    }
    EXPECT_THAT(PartOf(text.en(), "Facts that mattered:\n"),
                Not(testing::ContainsRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}")));
    EXPECT_EQ(PartOf(text.en(), "Rules:\n").empty(),
              one.decision().reasons().empty());
  });
  // The walk is a walk: it saw what the two services can answer.
  using namespace decision::v1;  // The outcomes, by their names.
  for (const Outcome outcome :
       {OUTCOME_WAIVE_LAE265, OUTCOME_OBTAIN_LAE265, OUTCOME_WAIVE_LAE285,
        OUTCOME_OBTAIN_LAE285, OUTCOME_ALREADY_OBTAINED, OUTCOME_EXEMPT,
        OUTCOME_NOT_REQUIRED_BY_LAW, OUTCOME_PRESENT_TO_TEAM,
        OUTCOME_EXTEND_WITHOUT_TEAM, OUTCOME_NEEDS_LEADER_REVIEW}) {
    EXPECT_EQ(outcomes.count(outcome), 1u) << Outcome_Name(outcome);
  }
  EXPECT_GT(rows.size(), 25u);
}

// What a rule of the two areas can name, a letter can say.
TEST(LetterTest, EveryNameOfARuleHasAWord) {
  const Words words(Snapshot(), Language::kDanish);
  const auto expect = [&words](absl::string_view name) {
    EXPECT_TRUE(words.Has(name)) << name;
  };
  for (const char* name : {"certificates", "rehab"}) {
    const catalog::Area* const area = Snapshot().FindArea(name);
    ASSERT_NE(area, nullptr);
    const auto visit = [&](const catalog::Table& table) {
      for (const catalog::Rule& rule : table.rules) {
        if (rule.outcome != decision::v1::OUTCOME_UNSPECIFIED) {
          expect(decision::v1::Outcome_Name(rule.outcome));
        }
        for (const auto& action : rule.actions) expect(*action.code);
        std::vector<catalog::Slot> slots;
        for (const auto& condition : rule.when) {
          AddSlots(condition, area->layout, slots);
        }
        for (const catalog::Slot slot : slots) {
          const catalog::Fact& fact = area->layout.vocabulary().fact(slot);
          expect(fact.name);
          if (fact.values == nullptr) continue;
          // The first value of an enum is what nobody has answered.
          for (int i = 1; i < fact.values->value_count(); ++i) {
            expect(fact.values->value(i)->name());
          }
        }
      }
    };
    for (const catalog::Question& question : area->questions) {
      for (const auto& version : question.versions) visit(version.table);
      for (const auto& dispensation : question.dispensations) {
        visit(dispensation->table);
        visit(dispensation->after_end);
        visit(dispensation->beside);
      }
    }
  }
}

TEST(WriteDayTest, AsItIsWrittenInALetter) {
  EXPECT_EQ(WriteDay(Language::kDanish, "2018-03-01"), "1. marts 2018");
  EXPECT_EQ(WriteDay(Language::kEnglish, "2021-12-31"), "31 December 2021");
  EXPECT_EQ(WriteDay(Language::kDanish, "12"), "12");
}

}  // namespace
}  // namespace frikommune::letter
