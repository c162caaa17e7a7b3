#include "core/catalog/snapshot.h"

namespace frikommune::catalog {

const Question* Area::Find(absl::string_view id) const {
  for (const Question& question : questions) {
    if (question.id == id) return &question;
  }
  return nullptr;
}

const Area* Snapshot::FindArea(absl::string_view name) const {
  for (const auto& area : areas_) {
    if (area->name == name) return area.get();
  }
  return nullptr;
}

const Question* Snapshot::FindQuestion(absl::string_view id,
                                       const Area** area) const {
  *area = FindArea(id.substr(0, id.find('/')));
  return *area != nullptr ? (*area)->Find(id) : nullptr;
}

int Snapshot::MunicipalityIndex(int code) const {
  for (const auto& [known, index] : municipalities_) {
    if (known == code) return index;
  }
  return -1;
}

decision::v1::Regime Snapshot::RegimeOn(Value day) const {
  auto found = decision::v1::REGIME_UNSPECIFIED;
  for (const auto& [from, regime] : regimes_) {
    if (day >= from) found = regime;
  }
  return found;
}

const v1::GateText* Snapshot::TextOf(decision::v1::Gate gate) const {
  const auto index = static_cast<size_t>(gate);
  return index < gates_.size() ? gates_[index] : nullptr;
}

absl::string_view Snapshot::ToldOf(decision::v1::Gate gate) const {
  const auto index = static_cast<size_t>(gate);
  return index < gates_told_.size() ? absl::string_view(gates_told_[index])
                                    : absl::string_view();
}

const decision::v1::Text& Snapshot::NoteTextOf(absl::string_view code) const {
  const auto found = notes_.find(code);
  return found != notes_.end() ? *found->second
                               : decision::v1::Text::default_instance();
}

const std::string& Snapshot::TitleOf(absl::string_view source) const {
  static const std::string* const kNoTitle = new std::string;
  const auto found = titles_.find(source);
  return found != titles_.end() ? *found->second : *kNoTitle;
}

}  // namespace frikommune::catalog
