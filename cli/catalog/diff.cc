#include "cli/catalog/diff.h"

#include <map>
#include <ostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/files/catalog_files.h"
#include "cli/text_table.h"
#include "core/civil_time/date.h"
#include "core/proof/comparison.h"

namespace frikommune::cli {
namespace {

constexpr size_t kWidth = 96;

std::string DaysText(
    const std::vector<std::pair<catalog::Value, catalog::Value>>& days) {
  const auto text = [](catalog::Value day) {
    return civil_time::FormatDate(civil_time::Date::FromDays(day));
  };
  return absl::StrJoin(days, ", ", [&](std::string* out, const auto& stretch) {
    absl::StrAppend(out, text(stretch.first), " to ", text(stretch.second));
  });
}

std::string NameOf(const catalog::Snapshot& snapshot, int code) {
  for (const auto& municipality : snapshot.catalog().network.municipalities()) {
    if (municipality.code() == code) return municipality.name();
  }
  return absl::StrCat(code);
}

// Municipalities with the same days stand together.
void WritePlaces(const catalog::Snapshot& snapshot, const proof::Change& change,
                 std::ostream& out) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> names;
  for (const auto& [code, days] : change.days) {
    const std::string text = DaysText(days);
    if (names[text].empty()) order.push_back(text);
    names[text].push_back(NameOf(snapshot, code));
  }
  for (const std::string& days : order) {
    for (const std::string& line :
         Wrap(absl::StrCat(absl::StrJoin(names[days], ", "), ": ", days),
              kWidth)) {
      out << "  " << line << "\n";
    }
  }
}

}  // namespace

int RunDiff(const DiffOptions& options, std::ostream& out,
            std::ostream& errors) {
  std::vector<std::shared_ptr<const catalog::Snapshot>> snapshots;
  for (const std::string& folder : {options.before, options.after}) {
    auto snapshot = files::LoadCatalog(folder);
    if (!snapshot.ok()) {
      errors << snapshot.status().message() << "\n";
      return 2;
    }
    snapshots.push_back(*std::move(snapshot));
  }
  const proof::Comparison comparison =
      proof::Compare(*snapshots[0], *snapshots[1]);
  for (const std::string& line : comparison.unmatched) out << line << "\n";
  std::string provision;
  for (const proof::Change& change : comparison.changes) {
    if (change.provision != provision) out << (provision.empty() ? "" : "\n");
    if (change.provision != provision) out << change.provision << "\n";
    provision = change.provision;
    WritePlaces(*snapshots[0], change, out);
    for (const std::string& line : change.what) out << "    " << line << "\n";
    out << "    " << change.example << "\n";
  }
  const size_t count = comparison.changes.size() + comparison.unmatched.size();
  out << (count == 0 ? "no answer changes" : absl::StrCat(count, " changes"))
      << "\n";
  return count == 0 ? 0 : 1;
}

}  // namespace frikommune::cli
