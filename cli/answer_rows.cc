#include "cli/answer_rows.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "cli/json_subset.h"

namespace frikommune::cli {
namespace {

using nlohmann::json;

std::string TextOf(const json& message, const char* field) {
  const auto found = message.find(field);
  return found != message.end() && found->is_string()
             ? found->get<std::string>()
             : "";
}

// An enum value as words: "OUTCOME_ALLOWED_BY_LAW" is "allowed by law".
std::string Words(absl::string_view value) {
  for (const absl::string_view prefix :
       {"OUTCOME_", "GATE_", "DUTY_STATUS_", "AGENDA_ITEM_STATE_",
        "CERTIFICATE_STANDING_", "DOCUMENT_TYPE_"}) {
    absl::ConsumePrefix(&value, prefix);
  }
  return absl::StrReplaceAll(absl::AsciiStrToLower(value), {{"_", " "}});
}

void AddLine(std::string& text, const std::string& line) {
  if (line.empty()) return;
  absl::StrAppend(&text, text.empty() ? "" : "\n", line);
}

// "due from 2019-01-07 to 2019-03-03", of a duty of a plan.
std::string DutyLine(const json& duty) {
  std::string line = Words(TextOf(duty, "status"));
  const std::string earliest = TextOf(duty, "earliest");
  const std::string latest = TextOf(duty, "latest");
  if (line.empty()) return line;
  if (!earliest.empty()) absl::StrAppend(&line, ", from ", earliest);
  if (!latest.empty())
    absl::StrAppend(&line, earliest.empty() ? ", by " : " to ", latest);
  return line;
}

std::string DeadlineLine(const json& decision, const char* field) {
  const std::string deadline = TextOf(decision, field);
  return deadline.empty() ? "" : absl::StrCat("last day ", deadline);
}

std::string HereCell(const json& decision, const json* duty) {
  std::string cell = absl::StrCat(TextOf(decision, "provision"), ":");
  AddLine(cell, Words(TextOf(decision, "outcome")));
  if (decision.value("countsAsExperimentUse", false)) {
    absl::StrAppend(&cell, " (", TextOf(decision, "experiment"), " ",
                    TextOf(decision, "option"), ")");
  }
  if (duty != nullptr && duty->contains("here")) {
    AddLine(cell, DutyLine((*duty)["here"]));
  } else {
    AddLine(cell, DeadlineLine(decision, "deadline"));
  }
  for (const auto& action : decision.value("requiredActions", json::array())) {
    std::string line = absl::StrCat("must ", Words(TextOf(action, "code")));
    const std::string from = TextOf(action, "from");
    if (!from.empty())
      absl::StrAppend(&line, " ", from, " to ", TextOf(action, "to"));
    AddLine(cell, line);
  }
  for (const auto& fact : decision.value("missingFacts", json::array())) {
    AddLine(cell, absl::StrCat("missing: ", fact.get<std::string>()));
  }
  for (const auto& flag : decision.value("flags", json::array())) {
    AddLine(cell, absl::StrCat("note: ", Words(flag.get<std::string>())));
  }
  return cell;
}

std::string LawCell(const json& decision, const json* duty) {
  std::string cell = Words(TextOf(decision, "ordinaryLawOutcome"));
  if (duty != nullptr && duty->contains("ordinaryLaw")) {
    AddLine(cell, DutyLine((*duty)["ordinaryLaw"]));
  } else {
    AddLine(cell, DeadlineLine(decision, "ordinaryLawDeadline"));
  }
  return cell;
}

// What decided: the first reason, and the rows of all of them.
std::string WhyCell(const json& decision, const std::string& language) {
  const json reasons = decision.value("reasons", json::array());
  std::string cell;
  std::string rows;
  for (const auto& reason : reasons) {
    absl::StrAppend(&rows, rows.empty() ? "" : ", ", TextOf(reason, "row"));
    for (const auto& citation : reason.value("citations", json::array())) {
      const std::string pinpoint = TextOf(citation, "pinpoint");
      absl::StrAppend(&rows, " [", TextOf(citation, "source"),
                      pinpoint.empty() ? "" : " ", pinpoint, "]");
    }
  }
  if (!reasons.empty()) {
    AddLine(cell,
            TextOf(reasons[0].value("text", json::object()), language.c_str()));
  }
  AddLine(cell, rows);
  return cell;
}

class Walk {
 public:
  Walk(const std::string& language, std::vector<AnswerRow>& rows)
      : language_(language), rows_(rows) {}

  // Goes where both have something; `duty` is the message that holds `actual`.
  void Visit(const json& expected, const json& actual, const json* duty) {
    if (expected.is_object() && actual.is_object()) {
      if (actual.contains("ordinaryLawOutcome")) {
        rows_.push_back({HereCell(actual, duty), LawCell(actual, duty),
                         WhyCell(actual, language_)});
        return;
      }
      for (const auto& [field, value] : expected.items()) {
        const auto found = actual.find(field);
        if (found != actual.end()) Visit(value, *found, &actual);
      }
      // What is expected of the duty's terms speaks of its decision too.
      if (actual.contains("decision") && !expected.contains("decision")) {
        Visit(json::object(), actual["decision"], &actual);
      }
    } else if (expected.is_array() && actual.is_array()) {
      size_t at = 0;
      for (const json& element : expected) {
        while (at < actual.size() && !Differences(element, actual[at]).empty())
          ++at;
        if (at == actual.size()) return;
        Visit(element, actual[at++], nullptr);
      }
    }
  }

 private:
  const std::string& language_;
  std::vector<AnswerRow>& rows_;
};

}  // namespace

std::vector<AnswerRow> AnswerRows(const json& expected, const json& answer,
                                  const std::string& language) {
  std::vector<AnswerRow> rows;
  Walk(language, rows).Visit(expected, answer, nullptr);
  return rows;
}

std::string AnswerLine(const json& answer) {
  if (const auto item = answer.find("item"); item != answer.end()) {
    return absl::StrCat("on the agenda of ", TextOf(*item, "date"), ", place ",
                        item->value("place", 0), ":\n",
                        Words(TextOf(*item, "state")));
  }
  if (const auto day = answer.find("teamMeeting"); day != answer.end()) {
    return absl::StrCat("the team meets on ", TextOf(*day, "date"), ", ",
                        day->value("booked", 0), " of ",
                        day->value("capacity", 0), " places taken");
  }
  if (answer.contains("standing")) {
    return absl::StrCat("certificate: ", Words(TextOf(answer, "standing")));
  }
  if (const auto document = answer.find("document"); document != answer.end()) {
    return absl::StrCat(
        "kept: ",
        Words(TextOf(document->value("document", json::object()), "type")));
  }
  return "";
}

}  // namespace frikommune::cli
