#include "core/letter/letter.h"

#include <string>
#include <vector>

#include "absl/algorithm/container.h"
#include "absl/strings/str_cat.h"
#include "core/letter/words.h"

namespace frikommune::letter {
namespace {

using decision::v1::Decision;
using decision::v1::Reason;
using decision::v1::RecordedDecision;

// The fixed words of a letter.
struct Phrases {
  const char* question;
  const char* decided_on;
  const char* considerations;
  const char* by_ordinary_law;
  const char* rules;
  const char* experiment;
  const char* facts;
  const char* day_of_decision;
  const char* missing;
  const char* deadline;
  const char* actions;
  const char* leader;
};

constexpr Phrases kDanish = {
    "Spørgsmål: ",
    "Afgørelse den ",
    "Hovedhensyn:\n",
    "Efter de almindelige regler: ",
    "Regler:\n",
    "Afgørelsen bygger på frikommuneforsøget ",
    "Oplysninger, der har haft betydning:\n",
    "dagen for afgørelsen",
    "Der mangler oplysning om: ",
    "Sidste frist: ",
    "Det skal der ske:\n",
    "Begrundelse fra ledelsen: ",
};
constexpr Phrases kEnglish = {
    "Question: ",
    "Decision on ",
    "Main considerations:\n",
    "Under the ordinary rules: ",
    "Rules:\n",
    "The decision rests on the free municipality experiment ",
    "Facts that mattered:\n",
    "the day of the decision",
    "Facts are missing: ",
    "Last day: ",
    "What must be done:\n",
    "Reasons of the leader: ",
};

// Lines under a heading, each once.
class Lines {
 public:
  void Add(std::string line) {
    if (line.empty() || absl::c_linear_search(lines_, line)) return;
    lines_.push_back(std::move(line));
  }
  bool empty() const { return lines_.empty(); }
  std::string Text() const {
    std::string text;
    for (const std::string& line : lines_) {
      absl::StrAppend(&text, "- ", line, "\n");
    }
    return text;
  }

 private:
  std::vector<std::string> lines_;
};

// One language of the letter.
class Letter {
 public:
  Letter(const catalog::Snapshot& snapshot, const RecordedDecision& kept,
         Language language)
      : snapshot_(snapshot),
        kept_(kept),
        decision_(kept.decision()),
        language_(language),
        phrases_(language == Language::kDanish ? kDanish : kEnglish),
        words_(snapshot, language) {}

  std::string Write() const {
    return absl::StrCat(Outcome(), "\n", Considerations(), "\n", Rules(), "\n",
                        Facts(), Consequences());
  }

 private:
  std::string Outcome() const {
    std::string text;
    const catalog::Area* area = nullptr;
    const auto* question = snapshot_.FindQuestion(decision_.provision(), &area);
    if (question != nullptr) {
      absl::StrAppend(&text, phrases_.question,
                      In(language_, question->source->question()), "\n");
    }
    absl::StrAppend(&text, phrases_.decided_on,
                    WriteDay(language_, kept_.decision_date()), ": ",
                    words_.Of(decision::v1::Outcome_Name(decision_.outcome())),
                    ".\n");
    return text;
  }

  std::string Considerations() const {
    Lines lines;
    for (const Reason& reason : decision_.reasons()) {
      lines.Add(In(language_, reason.text()));
    }
    std::string law = absl::StrCat(
        phrases_.by_ordinary_law,
        words_.Of(decision::v1::Outcome_Name(decision_.ordinary_law_outcome())),
        ".");
    for (const Reason& reason : decision_.ordinary_law_reasons()) {
      absl::StrAppend(&law, " ", In(language_, reason.text()));
    }
    lines.Add(std::move(law));
    if (!kept_.leader_review().reason().empty()) {
      lines.Add(absl::StrCat(phrases_.leader, kept_.leader_review().reason()));
    }
    return absl::StrCat(phrases_.considerations, lines.Text());
  }

  std::string Rules() const {
    Lines lines;
    for (const Reason& reason : decision_.reasons()) AddRule(reason, lines);
    for (const Reason& reason : decision_.ordinary_law_reasons()) {
      AddRule(reason, lines);
    }
    if (decision_.counts_as_experiment_use()) lines.Add(Experiment());
    return absl::StrCat(phrases_.rules, lines.Text());
  }

  static void AddRule(const Reason& reason, Lines& lines) {
    for (const auto& citation : reason.citations()) {
      lines.Add(absl::StrCat(reason.row(), ": ", citation.title(),
                             citation.pinpoint().empty() ? "" : ", ",
                             citation.pinpoint()));
    }
  }

  std::string Experiment() const {
    for (const auto& experiment : snapshot_.catalog().experiments) {
      if (experiment->id() != decision_.experiment()) continue;
      return absl::StrCat(phrases_.experiment, experiment->id(), ": ",
                          In(language_, experiment->name()));
    }
    return "";
  }

  std::string Facts() const {
    Lines lines;
    lines.Add(absl::StrCat(phrases_.day_of_decision, ": ",
                           WriteDay(language_, kept_.decision_date())));
    for (const auto* reasons :
         {&decision_.reasons(), &decision_.ordinary_law_reasons()}) {
      for (const Reason& reason : *reasons) {
        for (const auto& used : reason.facts()) {
          lines.Add(absl::StrCat(words_.Of(used.fact()), ": ",
                                 words_.OfValue(used.value())));
        }
      }
    }
    std::string text = absl::StrCat(phrases_.facts, lines.Text());
    if (!decision_.missing_facts().empty()) {
      absl::StrAppend(&text, phrases_.missing);
      const char* between = "";
      for (const auto& fact : decision_.missing_facts()) {
        absl::StrAppend(&text, between, words_.Of(fact));
        between = "; ";
      }
      absl::StrAppend(&text, ".\n");
    }
    return text;
  }

  // The deadline, and what must be done.
  std::string Consequences() const {
    std::string text;
    if (!decision_.deadline().empty()) {
      absl::StrAppend(&text, "\n", phrases_.deadline,
                      WriteDay(language_, decision_.deadline()), ".\n");
    }
    Lines lines;
    for (const auto& action : decision_.required_actions()) {
      std::string line = words_.Of(action.code());
      if (!action.from().empty()) {
        absl::StrAppend(&line, ", ", WriteDay(language_, action.from()), " - ",
                        WriteDay(language_, action.to()));
      }
      lines.Add(std::move(line));
    }
    if (!lines.empty()) {
      absl::StrAppend(&text, "\n", phrases_.actions, lines.Text());
    }
    return text;
  }

  const catalog::Snapshot& snapshot_;
  const RecordedDecision& kept_;
  const Decision& decision_;
  const Language language_;
  const Phrases& phrases_;
  const Words words_;
};

}  // namespace

decision::v1::Text Reasons(const catalog::Snapshot& snapshot,
                           const RecordedDecision& decision) {
  decision::v1::Text text;
  text.set_da(Letter(snapshot, decision, Language::kDanish).Write());
  text.set_en(Letter(snapshot, decision, Language::kEnglish).Write());
  return text;
}

}  // namespace frikommune::letter
