#include "cli/catalog/option_standing.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "core/civil_time/date.h"

namespace frikommune::cli {
namespace {

using catalog::Dispensation;
using catalog::Epoch;
using catalog::Question;
using catalog::Snapshot;
using catalog::Value;
using decision::v1::GATE_UNSPECIFIED;

// Days on which an option stands alike in one municipality.
struct Standing {
  Value first;
  Value last;
  decision::v1::Gate closed;
  catalog::GroupMask groups;
  const catalog::v1::RowOrder* order;
};

// Days with another order of rows are told apart only if `by_order`.
std::vector<Standing> StandingsIn(const std::vector<Epoch>& epochs,
                                  const Dispensation& dispensation,
                                  bool by_order) {
  std::vector<Standing> standings;
  for (const Epoch& epoch : epochs) {
    for (const catalog::OptionState& state : epoch.options) {
      if (!state.dispensation->IsSameOption(dispensation)) continue;
      if (!standings.empty() && standings.back().closed == state.closed &&
          standings.back().groups == state.groups &&
          (!by_order || standings.back().order == state.dispensation->order)) {
        standings.back().last = epoch.last;
      } else {
        standings.push_back({epoch.first, epoch.last, state.closed,
                             state.groups, state.dispensation->order});
      }
    }
  }
  return standings;
}

std::string Days(const Standing& standing, const CatalogWords& words) {
  const auto text = [](Value day) {
    return civil_time::FormatDate(civil_time::Date::FromDays(day));
  };
  return absl::StrCat(text(standing.first), words.Say(" til ", " to "),
                      text(standing.last));
}

// "open for INSURED_UNEMPLOYED", "closed: NOT_PARTICIPATING".
std::string Write(const Standing& standing, const CatalogWords& words) {
  if (standing.closed != GATE_UNSPECIFIED) {
    return absl::StrCat(
        words.Say("lukket: ", "closed: "),
        ShortName(*decision::v1::Gate_descriptor(), standing.closed));
  }
  std::string open = words.Say("åbent", "open");
  if (standing.groups == catalog::kEveryGroup) return open;
  return absl::StrCat(open, words.Say(" for ", " for "),
                      GroupNames(standing.groups));
}

bool IsOn(const Standing& standing, Value day) {
  return standing.first <= day && day <= standing.last;
}

// What is said of one municipality beside others: where it stands on a day, or
// the days on which it is open, or else why it never is.
std::string WriteShort(const std::vector<Standing>& standings, Value day,
                       const CatalogWords& words) {
  std::vector<std::string> says;
  for (const Standing& standing : standings) {
    if (day != catalog::kNone) {
      if (IsOn(standing, day)) says.push_back(Write(standing, words));
    } else if (standing.closed == GATE_UNSPECIFIED) {
      says.push_back(
          absl::StrCat(Write(standing, words), " ", Days(standing, words)));
    }
  }
  if (says.empty() && !standings.empty())
    says.push_back(Write(standings.back(), words));
  return absl::StrJoin(says, "; ");
}

}  // namespace

std::string GroupNames(catalog::GroupMask groups) {
  std::vector<std::string> names;
  const auto* type = decision::v1::TargetGroup_descriptor();
  for (int i = 1; i < type->value_count(); ++i) {
    const int number = type->value(i)->number();
    if (((groups >> number) & 1) != 0)
      names.push_back(ShortName(*type, number));
  }
  return absl::StrJoin(names, ", ");
}

std::vector<std::string> StandingOf(const Snapshot& snapshot,
                                    const Question& question,
                                    const Dispensation& dispensation,
                                    int municipality, Value day,
                                    const CatalogWords& words) {
  std::vector<std::string> lines;
  for (const Standing& standing :
       StandingsIn(question.epochs[static_cast<size_t>(municipality)],
                   dispensation, false)) {
    if (day == catalog::kNone) {
      lines.push_back(
          absl::StrCat(Days(standing, words), ": ", Write(standing, words)));
    } else if (IsOn(standing, day)) {
      const auto* text = snapshot.TextOf(standing.closed);
      lines.push_back(
          absl::StrCat(Write(standing, words), text != nullptr ? ". " : "",
                       text != nullptr ? words.In(text->because()) : ""));
    }
  }
  return lines;
}

std::vector<std::string> StandingOfAll(const Snapshot& snapshot,
                                       const Question& question,
                                       const Dispensation& dispensation,
                                       Value day, const CatalogWords& words) {
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> names;
  for (const auto& municipality : snapshot.catalog().network.municipalities()) {
    const auto index =
        static_cast<size_t>(snapshot.MunicipalityIndex(municipality.code()));
    const std::string says = WriteShort(
        StandingsIn(question.epochs[index], dispensation, false), day, words);
    if (names[says].empty()) order.push_back(says);
    names[says].push_back(municipality.name());
  }
  std::vector<std::string> lines;
  lines.reserve(order.size());
  for (const std::string& says : order) {
    lines.push_back(absl::StrCat(absl::StrJoin(names[says], ", "), ": ", says));
  }
  return lines;
}

std::vector<std::string> OrdersOf(const Snapshot& snapshot,
                                  const Question& question,
                                  const Dispensation& dispensation,
                                  int municipality, Value day,
                                  const CatalogWords& words) {
  std::vector<std::string> lines;
  for (const auto& candidate : snapshot.catalog().network.municipalities()) {
    const int index = snapshot.MunicipalityIndex(candidate.code());
    if (municipality >= 0 && index != municipality) continue;
    for (const Standing& standing : StandingsIn(
             question.epochs[static_cast<size_t>(index)], dispensation, true)) {
      if (standing.order == nullptr || standing.closed != GATE_UNSPECIFIED ||
          (day != catalog::kNone && !IsOn(standing, day))) {
        continue;
      }
      lines.push_back(absl::StrCat(
          candidate.name(),
          words.Say(" læser rækkerne i rækkefølgen ", " reads the rows as "),
          absl::StrJoin(standing.order->rows(), ", "), ", ",
          Days(standing, words)));
    }
  }
  return lines;
}

}  // namespace frikommune::cli
