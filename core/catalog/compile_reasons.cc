#include <algorithm>

#include "core/catalog/compiler.h"

namespace frikommune::catalog {

// Answers repeat what a row or a gate says word for word, so it is encoded
// once.
std::string Compiler::Tell(
    const std::string& row, const decision::v1::Text& because,
    const google::protobuf::RepeatedPtrField<decision::v1::Citation>& cite)
    const {
  decision::v1::Reason reason;
  reason.set_row(row);
  *reason.mutable_text() = because;
  for (const decision::v1::Citation& citation : cite) {
    decision::v1::Citation& cited = *reason.add_citations();
    cited = citation;
    cited.set_title(snapshot_->TitleOf(citation.source()));
  }
  return reason.SerializeAsString();
}

void Compiler::CompileReasonsOf(Table& table, const Area& area) const {
  for (Rule& rule : table.rules) {
    rule.told = Tell(rule.id, *rule.because, *rule.cite);
    for (const Condition& condition : rule.when) {
      AddSlots(condition, area.layout, rule.reads);
    }
    if (rule.deadline != kNoSlot) {
      area.layout.expression(rule.deadline).AddSlots(rule.reads);
    }
    std::sort(rule.reads.begin(), rule.reads.end());
    rule.reads.erase(std::unique(rule.reads.begin(), rule.reads.end()),
                     rule.reads.end());
  }
}

void Compiler::CompileReasons() {
  for (const v1::GateText* gate : snapshot_->gates_) {
    snapshot_->gates_told_.push_back(
        gate != nullptr ? Tell("", gate->because(), gate->cite()) : "");
  }
  for (const auto& area : snapshot_->areas_) {
    for (Question& question : area->questions) {
      for (LawVersion& version : question.versions) {
        CompileReasonsOf(version.table, *area);
      }
      for (const auto* dispensations :
           {&question.dispensations, &question.variants}) {
        for (const auto& dispensation : *dispensations) {
          CompileReasonsOf(dispensation->table, *area);
          CompileReasonsOf(dispensation->after_end, *area);
          CompileReasonsOf(dispensation->beside, *area);
          CompileReasonsOf(dispensation->restatements, *area);
        }
      }
    }
  }
}

}  // namespace frikommune::catalog
