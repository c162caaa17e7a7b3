#ifndef FRIKOMMUNE_CLI_CATALOG_PROVISION_TABLE_H_
#define FRIKOMMUNE_CLI_CATALOG_PROVISION_TABLE_H_

#include <iosfwd>
#include <string>

#include "cli/catalog/words.h"
#include "cli/text_table.h"

namespace frikommune::cli {

// Rows and windows of a provision as a table: row, when, outcome, why, source.
// The head is written with the first row, and nothing if there is none.
class ProvisionTable {
 public:
  // All that is given outlives it.
  ProvisionTable(const CatalogWords& words,
                 const catalog::Vocabulary& vocabulary, std::ostream& out);

  void Add(const catalog::v1::Row& row);
  // A window of ordinary law also says what is outside it.
  void Add(const catalog::v1::Window& window, bool is_law);
  // A row that restates a gate.
  void Add(const catalog::v1::Restatement& restatement);
  void End();
  // Below the table: mandatory topics, and who may hold the meeting.
  void Add(const catalog::v1::Terms& terms);

 private:
  void Write(const std::vector<std::string>& cells);
  std::string Remarks(
      const google::protobuf::RepeatedPtrField<catalog::v1::Action>& actions,
      const google::protobuf::RepeatedPtrField<catalog::v1::Flag>& flags) const;

  const CatalogWords& words_;
  const catalog::Vocabulary& vocabulary_;
  std::ostream& out_;
  TextTable table_;
  bool has_rows_ = false;
};

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_CATALOG_PROVISION_TABLE_H_
