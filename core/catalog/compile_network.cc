#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "core/catalog/compiler.h"
#include "core/civil_time/date.h"

namespace frikommune::catalog {

std::shared_ptr<const Snapshot> Snapshot::Build(
    Catalog catalog, const std::vector<AreaVocabulary>& areas,
    std::vector<Problem>& problems) {
  return Compiler(std::move(catalog), areas, problems).Compile();
}

Compiler::Compiler(Catalog catalog, const std::vector<AreaVocabulary>& areas,
                   std::vector<Problem>& problems)
    : problems_(problems), snapshot_(new Snapshot) {
  snapshot_->catalog_ = std::move(catalog);
  MakeAreas(areas);
}

std::shared_ptr<const Snapshot> Compiler::Compile() {
  const Catalog& catalog = snapshot_->catalog_;
  CheckCatalog(catalog, problems_);
  CompileNetwork();
  for (const auto& area : snapshot_->areas_) AddCatalogFacts(*area);
  for (const auto& provision : catalog.provisions) CompileProvision(*provision);
  for (const auto& experiment : catalog.experiments) {
    for (const auto& dispensation : experiment->dispensations()) {
      CompileDispensation(*experiment, dispensation);
    }
  }
  LinkQuestions();
  if (!problems_.empty()) return nullptr;
  for (const auto& area : snapshot_->areas_) {
    for (Question& question : area->questions) CompileEpochs(*area, question);
  }
  if (!problems_.empty()) return nullptr;
  CompileReasons();
  snapshot_->digest_ = DigestOf(catalog);
  return snapshot_;
}

void Compiler::Report(const google::protobuf::Message& where,
                      std::string message) {
  problems_.push_back(
      {snapshot_->catalog_.WhereIs(where), std::move(message), ""});
}

Value Compiler::DateOf(const std::string& text,
                       const google::protobuf::Message& where,
                       absl::string_view what) {
  const auto date = civil_time::ParseDate(text);
  if (date.ok()) return date->days();
  Report(where,
         absl::StrCat(what, " \"", text, "\": ", date.status().message()));
  return 0;
}

void Compiler::CompileNetwork() {
  const v1::Network& network = snapshot_->catalog_.network;
  std::vector<int> codes;
  for (const auto& municipality : network.municipalities()) {
    codes.push_back(municipality.code());
  }
  std::sort(codes.begin(), codes.end());
  for (size_t i = 0; i < codes.size(); ++i) {
    snapshot_->municipalities_.emplace_back(codes[i], static_cast<int>(i));
  }
  if (!network.has_supported_days()) {
    Report(network, "network/ says no supported_days");
  } else {
    const auto& days = network.supported_days();
    snapshot_->first_day_ = DateOf(days.from(), days, "supported_days.from");
    snapshot_->last_day_ = DateOf(days.to(), days, "supported_days.to");
  }
  for (const auto& regime : network.regimes()) {
    snapshot_->regimes_.emplace_back(
        DateOf(regime.from(), regime, "the regime's first day"),
        regime.regime());
  }
  std::sort(snapshot_->regimes_.begin(), snapshot_->regimes_.end());
  snapshot_->gates_.resize(decision::v1::Gate_ARRAYSIZE, nullptr);
  for (const auto& gate : network.gates()) {
    snapshot_->gates_[static_cast<size_t>(gate.gate())] = &gate;
  }
  for (const auto& note : network.notes()) {
    snapshot_->notes_[note.code()] = &note.text();
  }
  for (const auto& tariff : network.tariffs()) {
    snapshot_->tariffs_.Add(
        tariff, DateOf(tariff.from(), tariff, "the tariff's first day"));
  }
  for (const auto& source : network.sources()) {
    snapshot_->titles_[source.id()] = &source.title();
  }
}

}  // namespace frikommune::catalog
