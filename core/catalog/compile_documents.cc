#include "absl/strings/str_cat.h"
#include "core/catalog/compiler.h"

namespace frikommune::catalog {

using decision::v1::OUTCOME_INSUFFICIENT_FACTS;

// Null where no document is named.
const std::string* Compiler::CompileDocument(
    const std::string& document, const google::protobuf::Message& where) {
  if (document.empty()) return nullptr;
  if (!snapshot_->tariffs_.Has(document)) {
    Report(where,
           absl::StrCat("\"", document, "\" is no document of the tariffs"));
  }
  return &document;
}

// Relief by law saves nothing that an experiment may boast of.
void Compiler::CheckSaving(const v1::Row& row, const Rule& rule,
                           const std::string& law) {
  if (row.spares().empty()) return;
  const bool is_permission =
      rule.permission || rule.kind == annotations::v1::OUTCOME_KIND_PERMISSION;
  if (law != "law" && is_permission) return;
  Report(row, absl::StrCat("row ", row.id(), " spares a document, and is no ",
                           "permission of an experiment"));
}

// A row that answers INSUFFICIENT_FACTS names what it lacks, and no other does.
void Compiler::CheckMissing(const v1::Row& row, const std::string& law,
                            const Area& area) {
  const bool lacks = row.outcome() == OUTCOME_INSUFFICIENT_FACTS;
  if (lacks && law == "law") {
    Report(row, absl::StrCat("row ", row.id(),
                             " is ordinary law, which misses the facts of its "
                             "tests and no others"));
  }
  if (lacks != (row.missing_size() > 0)) {
    Report(row, absl::StrCat("row ", row.id(),
                             " has to say both OUTCOME_INSUFFICIENT_FACTS and "
                             "what is missing, or neither"));
  }
  for (const std::string& name : row.missing()) {
    if (!area.layout.vocabulary().IsGiven(name)) {
      Report(row, absl::StrCat("row ", row.id(), " misses \"", name,
                               "\", which no caller can give"));
    }
  }
}

}  // namespace frikommune::catalog
