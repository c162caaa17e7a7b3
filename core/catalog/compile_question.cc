#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/catalog/compiler.h"

namespace frikommune::catalog {

void Compiler::MakeAreas(const std::vector<AreaVocabulary>& areas) {
  for (const AreaVocabulary& source : areas) {
    snapshot_->areas_.push_back(
        std::make_unique<Area>(source.name, source.vocabulary));
  }
}

Area* Compiler::AreaOf(const std::string& provision) {
  const std::string name = provision.substr(0, provision.find('/'));
  for (const auto& area : snapshot_->areas_) {
    if (area->name == name) return area.get();
  }
  return nullptr;
}

// The facts that the catalog defines, and those the machinery knows by name.
// After this the vocabulary is complete, and tests can be compiled.
void Compiler::AddCatalogFacts(Area& area) {
  Vocabulary& words = area.layout.vocabulary();
  area.event = words.AddFact("event", FactKind::kDate);
  area.ordinary_deadline = words.AddFact("ordinary.deadline", FactKind::kDate);
  area.experiment_last_day =
      words.AddFact("experiment.last_day", FactKind::kDate);
  const auto define = [&](const std::string& name, FactKind kind,
                          const google::protobuf::Message& where) {
    if (words.Find(name) != nullptr) {
      Report(where, absl::StrCat("\"", name, "\" is a fact already"));
    } else {
      words.AddFact(name, kind);
    }
  };
  std::vector<const v1::Tally*> tallies;
  for (const auto& provision : snapshot_->catalog_.provisions) {
    if (AreaOf(provision->id()) != &area) continue;
    for (const auto& tally : provision->tallies()) tallies.push_back(&tally);
    for (const auto& receipt : provision->receipts()) {
      define(receipt.fact(), FactKind::kDate, receipt);
      define(absl::StrCat(receipt.fact(), ".holds"), FactKind::kBoolean,
             receipt);
      area.receipts.push_back(
          {words.Find(receipt.fact())->slot,
           words.Find(absl::StrCat(receipt.fact(), ".holds"))->slot,
           receipt.months(), receipt.within_months()});
      if (receipt.months() < 1 || receipt.within_months() < receipt.months()) {
        Report(receipt,
               "a receipt needs months of 1 or more, within as many or more");
      }
    }
  }
  for (const auto& experiment : snapshot_->catalog_.experiments) {
    for (const auto& dispensation : experiment->dispensations()) {
      if (AreaOf(dispensation.provision()) != &area) continue;
      for (const auto& tally : dispensation.tallies())
        tallies.push_back(&tally);
    }
  }
  for (const v1::Tally* tally : tallies)
    define(tally->fact(), FactKind::kInteger, *tally);
  area.layout.Seal();
  const auto known = [&words](absl::string_view name) {
    const Fact* fact = words.Find(name);
    return fact != nullptr ? fact->slot : kNoSlot;
  };
  area.on = known("on");
  area.target_group = known("target_group");
  area.date_set = known("date_set");
  area.assessment_recorded = known("assessment_recorded");
  area.leader_standing = known("leader_standing");
  for (const v1::Tally* tally : tallies) CompileTally(*tally, area);
}

uint64_t Compiler::MeetingKinds(
    const google::protobuf::RepeatedPtrField<std::string>& names,
    const Area& area, const google::protobuf::Message& where) {
  uint64_t kinds = 0;
  const Fact* kind = area.layout.vocabulary().Find("meeting.kind");
  for (const std::string& name : names) {
    const auto* value =
        kind != nullptr ? kind->values->FindValueByName(name) : nullptr;
    if (value == nullptr || value->number() == 0) {
      Report(where, absl::StrCat("\"", name, "\" is no kind of meeting"));
    } else {
      kinds |= uint64_t{1} << value->number();
    }
  }
  return kinds;
}

void Compiler::CompileProvision(const v1::Provision& provision) {
  Area* const area = AreaOf(provision.id());
  if (area == nullptr) {
    Report(provision,
           absl::StrCat("\"", provision.id(), "\" is in no known area of law"));
    return;
  }
  CheckArea(provision, *area);
  Question question;
  question.source = &provision;
  question.id = provision.id();
  if (provision.target_groups_size() > 0) question.groups = 0;
  for (const int group : provision.target_groups()) {
    question.groups |= MaskOf(static_cast<decision::v1::TargetGroup>(group));
  }
  for (const v1::Version& source : provision.versions()) {
    LawVersion& version = question.versions.emplace_back();
    CompileVersion(source, *area, version);
    question.is_duty = question.is_duty || version.table.is_duty;
    for (const Rule& rule : version.table.rules) {
      if (rule.counts != Effect::kSilent) question.speaks_of_counting = true;
    }
  }
  const v1::Asked& asked = provision.asked();
  question.meeting_kinds = MeetingKinds(asked.meeting_kinds(), *area, asked);
  if (!asked.plan().fulfilled_by().empty()) {
    google::protobuf::RepeatedPtrField<std::string> name;
    *name.Add() = asked.plan().fulfilled_by();
    const uint64_t kind = MeetingKinds(name, *area, asked.plan());
    while (kind >> question.fulfilled_by > 1) ++question.fulfilled_by;
  }
  if (!asked.plan().needs_fact().empty()) {
    const Fact* fact =
        area->layout.vocabulary().Find(asked.plan().needs_fact());
    if (fact == nullptr) {
      Report(asked.plan(),
             absl::StrCat("unknown fact \"", asked.plan().needs_fact(), "\""));
    } else {
      question.needs_fact = fact->slot;
    }
  }
  area->questions.push_back(std::move(question));
}

void Compiler::CompileDispensation(const v1::Experiment& experiment,
                                   const v1::Dispensation& source) {
  Area* const area = AreaOf(source.provision());
  Question* question = nullptr;
  if (area != nullptr) {
    for (Question& candidate : area->questions) {
      if (candidate.id == source.provision()) question = &candidate;
    }
  }
  if (question == nullptr) {
    Report(source,
           absl::StrCat("there is no provision \"", source.provision(), "\""));
    return;
  }
  auto dispensation = std::make_unique<Dispensation>();
  dispensation->experiment = &experiment;
  dispensation->source = &source;
  for (const v1::Option& option : experiment.options()) {
    if (option.id() == source.option()) dispensation->option = &option;
  }
  if (dispensation->option == nullptr) {
    Report(source, absl::StrCat(experiment.id(), " has no option \"",
                                source.option(), "\""));
    return;
  }
  CheckArea(experiment, source, *area);
  dispensation->covers = CompileConditions(source.covers(), *area);
  dispensation->needs_assessment = source.needs_assessment();
  dispensation->needs_leader_review = source.needs_leader_review();
  CompileRestatements(experiment.id(), *area, *dispensation);
  for (const v1::Window& window : source.windows()) {
    AddExtraWindow(window, experiment.id(), *area, dispensation->table);
  }
  for (const v1::Row& row : source.rows()) {
    AddRow(row, experiment.id(), *area, dispensation->table);
  }
  for (const v1::Row& row : source.after_end()) {
    AddRow(row, experiment.id(), *area, dispensation->after_end);
  }
  for (const v1::Row& row : source.beside()) {
    if (!row.as_ordinary_law()) {
      Report(row, absl::StrCat("row ", row.id(),
                               " is said beside an outcome: "
                               "as_ordinary_law is missing"));
    }
    AddRow(row, experiment.id(), *area, dispensation->beside);
  }
  question->dispensations.push_back(std::move(dispensation));
}

void Compiler::LinkQuestions() {
  for (const auto& area : snapshot_->areas_) {
    const auto find = [&](const std::string& id, const v1::PlanItem& where) {
      for (size_t i = 0; i < area->questions.size(); ++i) {
        if (area->questions[i].id == id) return static_cast<int>(i);
      }
      Report(where, absl::StrCat("there is no provision \"", id, "\""));
      return -1;
    };
    for (Question& question : area->questions) {
      const v1::PlanItem& plan = question.source->asked().plan();
      if (!plan.form_provision().empty()) {
        question.form_question = find(plan.form_provision(), plan);
      }
      for (const std::string& id : plan.terms_provisions()) {
        question.terms_questions.push_back(find(id, plan));
      }
    }
  }
}

}  // namespace frikommune::catalog
