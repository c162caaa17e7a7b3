#ifndef FRIKOMMUNE_CORE_CATALOG_SNAPSHOT_H_
#define FRIKOMMUNE_CORE_CATALOG_SNAPSHOT_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/catalog/question.h"
#include "core/catalog/tariffs.h"

namespace frikommune::catalog {

// The name of an area of law, the first part of its provisions' ids, and the
// words its tables may use.
struct AreaVocabulary {
  std::string name;
  Vocabulary vocabulary;
};

// A catalog that has been checked and compiled: what every answer is decided
// by. Immutable; safe to share between threads.
class Snapshot {
 public:
  // Checks and compiles a catalog. Adds to `problems` what keeps it from being
  // used, with file and line; null if there is any.
  static std::shared_ptr<const Snapshot> Build(
      Catalog catalog, const std::vector<AreaVocabulary>& areas,
      std::vector<Problem>& problems);

  const Catalog& catalog() const { return catalog_; }
  const std::string& digest() const { return digest_; }

  // The area of that name, or null.
  const Area* FindArea(absl::string_view name) const;
  const std::vector<std::unique_ptr<Area>>& areas() const { return areas_; }

  // The question of a provision, and its area; null if there is none.
  const Question* FindQuestion(absl::string_view id, const Area** area) const;

  // The place of a municipality in the order of codes; -1 if it is not in the
  // network.
  int MunicipalityIndex(int code) const;
  int municipality_count() const {
    return catalog_.network.municipalities_size();
  }

  // The days that can be decided for, as days since 1970-01-01.
  Value first_day() const { return first_day_; }
  Value last_day() const { return last_day_; }

  // The legal regime of a day.
  decision::v1::Regime RegimeOn(Value day) const;

  // What a gate says when it closes; null for a gate without a text.
  const v1::GateText* TextOf(decision::v1::Gate gate) const;

  // The same as fields of an encoded Reason, beside its row; empty for a gate
  // without a text.
  absl::string_view ToldOf(decision::v1::Gate gate) const;

  // What a note says; empty if it has no text.
  const decision::v1::Text& NoteTextOf(absl::string_view code) const;

  // The fees of documents.
  const Tariffs& tariffs() const { return tariffs_; }

  // The title of a source; empty if it is not in the catalog.
  const std::string& TitleOf(absl::string_view source) const;

 private:
  friend class Compiler;
  Snapshot() = default;

  Catalog catalog_;
  std::string digest_;
  std::vector<std::unique_ptr<Area>> areas_;
  std::vector<std::pair<int, int>> municipalities_;
  std::vector<std::pair<Value, decision::v1::Regime>> regimes_;
  std::vector<const v1::GateText*> gates_;
  std::vector<std::string> gates_told_;
  absl::flat_hash_map<std::string, const decision::v1::Text*> notes_;
  absl::flat_hash_map<std::string, const std::string*> titles_;
  Tariffs tariffs_;
  Value first_day_ = 0;
  Value last_day_ = 0;
};

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_SNAPSHOT_H_
