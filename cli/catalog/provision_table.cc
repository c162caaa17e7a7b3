#include "cli/catalog/provision_table.h"

#include <ostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace frikommune::cli {
namespace {

using catalog::v1::Row;
using catalog::v1::Window;
using decision::v1::Outcome;

std::string OutcomeText(Outcome outcome) {
  return ShortName(*decision::v1::Outcome_descriptor(), outcome);
}

std::vector<Column> Columns(const CatalogWords& words) {
  return {{words.Say("række", "row"), 8},
          {words.Say("når", "when"), 27},
          {words.Say("svar", "outcome"), 21},
          {words.Say("begrundelse", "why"), 24},
          {words.Say("kilde", "source"), 12}};
}

}  // namespace

ProvisionTable::ProvisionTable(const CatalogWords& words,
                               const catalog::Vocabulary& vocabulary,
                               std::ostream& out)
    : words_(words),
      vocabulary_(vocabulary),
      out_(out),
      table_(Columns(words)) {}

void ProvisionTable::Write(const std::vector<std::string>& cells) {
  if (!has_rows_) out_ << table_.Head();
  has_rows_ = true;
  out_ << table_.Row(cells);
}

std::string ProvisionTable::Remarks(
    const google::protobuf::RepeatedPtrField<catalog::v1::Action>& actions,
    const google::protobuf::RepeatedPtrField<catalog::v1::Flag>& flags) const {
  std::string text;
  for (const auto& action : actions) {
    absl::StrAppend(&text, "\n", words_.Say("handling ", "action "),
                    action.code());
    if (!action.from().empty()) {
      absl::StrAppend(&text, words_.Say(" fra ", " from "), action.from());
    }
    if (!action.to().empty())
      absl::StrAppend(&text, words_.Say(" til ", " to "), action.to());
    if (!action.document().empty()) {
      absl::StrAppend(&text, words_.Say(", bestiller ", ", orders "),
                      action.document());
    }
    if (action.when_size() > 0) {
      absl::StrAppend(&text, words_.Say(" når ", " when "),
                      words_.Write(action.when(), vocabulary_));
    }
  }
  for (const auto& flag : flags) {
    absl::StrAppend(&text, "\n", words_.Say("mærke ", "flag "), flag.code());
    if (flag.when_size() > 0) {
      absl::StrAppend(&text, words_.Say(" når ", " when "),
                      words_.Write(flag.when(), vocabulary_));
    }
  }
  return text;
}

void ProvisionTable::Add(const Row& row) {
  std::string outcome = row.as_ordinary_law()
                            ? words_.Say("som efter loven", "as ordinary law")
                            : OutcomeText(row.outcome());
  if (!row.deadline().empty()) {
    absl::StrAppend(&outcome, "\n", words_.Say("senest ", "by "),
                    row.deadline());
  }
  if (row.has_counts()) {
    absl::StrAppend(&outcome, "\n",
                    row.counts() ? words_.Say("tæller", "counts")
                                 : words_.Say("tæller ikke", "does not count"));
  }
  if (row.has_resets_clock()) {
    absl::StrAppend(
        &outcome, "\n",
        row.resets_clock()
            ? words_.Say("fristen regnes herfra", "restarts the interval")
            : words_.Say("flytter ikke fristen", "does not restart it"));
  }
  if (row.missing_size() > 0) {
    absl::StrAppend(&outcome, "\n", words_.Say("mangler ", "missing "),
                    absl::StrJoin(row.missing(), ", "));
  }
  if (!row.spares().empty()) {
    absl::StrAppend(&outcome, "\n", words_.Say("sparer ", "spares "),
                    row.spares());
  }
  absl::StrAppend(&outcome, Remarks(row.actions(), row.flags()));
  Write({row.id(), words_.Write(row.when(), vocabulary_), outcome,
         words_.In(row.because()), words_.Write(row.cite(), row.confidence())});
}

void ProvisionTable::Add(const catalog::v1::Restatement& restatement) {
  const std::string gate =
      ShortName(*decision::v1::Gate_descriptor(), restatement.gate());
  const bool closes = restatement.when_size() > 0;
  Write({restatement.id(),
         closes ? words_.Write(restatement.when(), vocabulary_)
                : words_.Say("sagen venter", "the case waits"),
         closes ? absl::StrCat(words_.Say("lukket: ", "closed: "), gate) : gate,
         words_.In(restatement.because()),
         words_.Write(restatement.cite(), restatement.confidence())});
}

void ProvisionTable::Add(const Window& window, bool is_law) {
  std::vector<std::string> when;
  if (window.when_size() > 0)
    when.push_back(words_.Write(window.when(), vocabulary_));
  const auto limits = [&when](const std::string& prefix,
                              const std::string& from, const std::string& to) {
    if (from.empty() && to.empty()) return;
    when.push_back(absl::StrCat(prefix, from, from.empty() ? "" : " <= ", "on",
                                to.empty() ? "" : " <= ", to));
  };
  limits("", window.earliest(), window.latest());
  limits(words_.Say("helst ", "best "), window.target_from(),
         window.target_to());
  if (when.empty()) when.push_back(words_.Say("altid", "always"));

  const auto within = window.outcome() != decision::v1::OUTCOME_UNSPECIFIED
                          ? window.outcome()
                      : is_law ? decision::v1::OUTCOME_ALLOWED_BY_LAW
                               : decision::v1::OUTCOME_ALLOWED_BY_EXPERIMENT;
  std::string outcome = OutcomeText(within);
  if (is_law && !window.earliest().empty()) {
    absl::StrAppend(&outcome, "\n", words_.Say("før: ", "before: "),
                    OutcomeText(decision::v1::OUTCOME_TOO_EARLY));
  }
  if (is_law && !window.latest().empty()) {
    absl::StrAppend(&outcome, "\n", words_.Say("efter: ", "after: "),
                    OutcomeText(decision::v1::OUTCOME_LATE));
  }
  absl::StrAppend(&outcome, Remarks(window.actions(), window.flags()));
  Write({window.id(), absl::StrJoin(when, "\n"), outcome,
         words_.In(window.because()),
         words_.Write(window.cite(), window.confidence())});
}

void ProvisionTable::End() { has_rows_ = false; }

void ProvisionTable::Add(const catalog::v1::Terms& terms) {
  if (terms.topics_free()) {
    out_ << words_.Say("Emner: frie", "Topics: free") << "\n";
  } else if (terms.topics_size() > 0) {
    out_ << words_.Say("Emner: ", "Topics: ")
         << absl::StrJoin(terms.topics(), ", ") << "\n";
  }
  if (terms.conductors_size() > 0) {
    out_ << words_.Say("Samtaleholder: ", "Conductors: ")
         << absl::StrJoin(terms.conductors(), ", ") << "\n";
  }
}

}  // namespace frikommune::cli
