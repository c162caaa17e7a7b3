#include "cli/catalog/show.h"

#include <ostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "adapters/files/catalog_files.h"
#include "cli/catalog/option_standing.h"
#include "cli/catalog/provision_table.h"
#include "cli/text_table.h"
#include "core/civil_time/date.h"

namespace frikommune::cli {
namespace {

using catalog::Question;
using catalog::Snapshot;
using catalog::Value;

constexpr int kUsage = 2;
constexpr size_t kWidth = 100;

std::string DayText(Value day) {
  return civil_time::FormatDate(civil_time::Date::FromDays(day));
}

class Shower {
 public:
  Shower(const Snapshot& snapshot, Language language, std::ostream& out)
      : snapshot_(snapshot), words_(language), out_(out) {}

  void List() {
    for (const auto& area : snapshot_.areas()) {
      for (const Question& question : area->questions) {
        std::vector<std::string> options;
        for (const auto& dispensation : question.dispensations) {
          options.push_back(absl::StrCat(dispensation->experiment->id(), " ",
                                         dispensation->option->id()));
        }
        Paragraph(absl::StrCat(
            question.id, ": ", words_.In(question.source->title()),
            options.empty() ? "" : " ",
            options.empty()
                ? ""
                : absl::StrCat("[", absl::StrJoin(options, ", "), "]")));
      }
    }
  }

  // `municipality` and `day` are none where they are not asked for.
  void Show(const catalog::Area& area, const Question& question,
            int municipality, Value day) {
    area_ = &area;
    out_ << question.id << "\n";
    Paragraph(words_.In(question.source->title()));
    Paragraph(words_.In(question.source->question()));
    if (question.source->target_groups_size() > 0) {
      Paragraph(absl::StrCat(words_.Say("Gælder for ", "For "),
                             GroupNames(question.groups)));
    }
    ShowLaw(question, day);
    for (const auto& dispensation : question.dispensations) {
      ShowOption(question, *dispensation, municipality, day);
    }
  }

 private:
  void Paragraph(const std::string& text) {
    for (const std::string& line : Wrap(text, kWidth)) out_ << line << "\n";
  }

  void ShowLaw(const Question& question, Value day) {
    for (size_t i = 0; i < question.versions.size(); ++i) {
      const catalog::LawVersion& version = question.versions[i];
      const bool is_last = i + 1 == question.versions.size();
      const Value last =
          is_last ? snapshot_.last_day() : question.versions[i + 1].from - 1;
      if (day != catalog::kNone && (day < version.from || day > last)) continue;
      out_ << "\n";
      Paragraph(absl::StrCat(words_.Say("LOVEN fra ", "ORDINARY LAW from "),
                             DayText(version.from), words_.Say(" til ", " to "),
                             DayText(last)));
      ProvisionTable table(words_, area_->layout.vocabulary(), out_);
      for (const auto& row : version.source->rows()) table.Add(row);
      for (const auto& window : version.source->windows())
        table.Add(window, true);
      table.End();
      if (version.source->has_terms()) table.Add(version.source->terms());
    }
  }

  void ShowOption(const Question& question,
                  const catalog::Dispensation& dispensation, int municipality,
                  Value day) {
    const catalog::v1::Option& option = *dispensation.option;
    out_ << "\n";
    Paragraph(absl::StrCat(
        words_.Say("FORSØG ", "EXPERIMENT "), dispensation.experiment->id(),
        " ", option.id(), ": ", words_.In(option.name()), ", ",
        option.legal_start(), words_.Say(" til ", " to "), option.last_day()));
    for (const std::string& line :
         municipality < 0
             ? StandingOfAll(snapshot_, question, dispensation, day, words_)
             : StandingOf(snapshot_, question, dispensation, municipality, day,
                          words_)) {
      Paragraph(line);
    }
    const catalog::v1::Dispensation& source = *dispensation.source;
    const auto& vocabulary = area_->layout.vocabulary();
    if (source.covers_size() > 0) {
      Paragraph(absl::StrCat(words_.Say("Kun når ", "Only when "),
                             words_.Write(source.covers(), vocabulary)));
    }
    if (source.needs_assessment()) {
      Paragraph(words_.Say("Lempelse kræver en faglig vurdering.",
                           "Relief waits for a professional assessment."));
    }
    if (source.needs_leader_review()) {
      Paragraph(words_.Say(
          "Lempelse kræver, at en anden leder end den, der vurderede, "
          "godkender.",
          "Relief waits for the approval of a leader other than the "
          "assessor."));
    }
    ProvisionTable table(words_, vocabulary, out_);
    for (const auto& window : source.windows()) table.Add(window, false);
    for (const auto& row : source.rows()) table.Add(row);
    table.End();
    for (const std::string& line : OrdersOf(snapshot_, question, dispensation,
                                            municipality, day, words_)) {
      Paragraph(line);
    }
    ShowMore(source.restatements(),
             words_.Say("Rækker, der gengiver en betingelse og ikke afgør:",
                        "Rows that restate a gate and do not decide:"));
    ShowMore(source.after_end(),
             words_.Say("Efter forsøgets sidste dag:",
                        "After the experiment's last day:"));
    ShowMore(source.beside(),
             words_.Say("Ved siden af ethvert svar:", "Beside any answer:"));
    if (source.has_terms()) table.Add(source.terms());
  }

  template <typename Rows>
  void ShowMore(const Rows& rows, const std::string& title) {
    if (rows.empty()) return;
    Paragraph(title);
    ProvisionTable table(words_, area_->layout.vocabulary(), out_);
    for (const auto& row : rows) table.Add(row);
    table.End();
  }

  const Snapshot& snapshot_;
  const CatalogWords words_;
  std::ostream& out_;
  const catalog::Area* area_ = nullptr;
};

// The question of that provision, with or without its area; null if none.
const Question* FindProvision(const Snapshot& snapshot, const std::string& name,
                              const catalog::Area** area) {
  for (const auto& candidate : snapshot.areas()) {
    for (const Question& question : candidate->questions) {
      if (question.id == name ||
          question.id == absl::StrCat(candidate->name, "/", name)) {
        *area = candidate.get();
        return &question;
      }
    }
  }
  return nullptr;
}

int FindMunicipality(const Snapshot& snapshot, const std::string& name) {
  for (const auto& municipality : snapshot.catalog().network.municipalities()) {
    if (absl::StrCat(municipality.code()) == name ||
        municipality.slug() == name || municipality.name() == name) {
      return snapshot.MunicipalityIndex(municipality.code());
    }
  }
  return -1;
}

}  // namespace

int RunShow(const ShowOptions& options, std::ostream& out,
            std::ostream& errors) {
  const auto snapshot = files::LoadCatalog(options.catalog);
  if (!snapshot.ok()) {
    errors << snapshot.status().message() << "\n";
    return kUsage;
  }
  Shower shower(**snapshot, options.language, out);
  if (options.provision.empty()) {
    shower.List();
    return 0;
  }
  const catalog::Area* area = nullptr;
  const Question* const question =
      FindProvision(**snapshot, options.provision, &area);
  if (question == nullptr) {
    errors << "there is no provision \"" << options.provision
           << "\"; `frikommune catalog show` lists them\n";
    return kUsage;
  }
  int municipality = -1;
  if (!options.municipality.empty()) {
    municipality = FindMunicipality(**snapshot, options.municipality);
    if (municipality < 0) {
      errors << "\"" << options.municipality << "\" is not in the network\n";
      return kUsage;
    }
  }
  Value day = catalog::kNone;
  if (!options.date.empty()) {
    const auto date = civil_time::ParseDate(options.date);
    if (!date.ok()) {
      errors << "\"" << options.date << "\": " << date.status().message()
             << "\n";
      return kUsage;
    }
    day = date->days();
    if (day < (*snapshot)->first_day() || day > (*snapshot)->last_day()) {
      errors << options.date << " is outside the days on file, "
             << DayText((*snapshot)->first_day()) << " to "
             << DayText((*snapshot)->last_day()) << "\n";
      return kUsage;
    }
  }
  shower.Show(*area, *question, municipality, day);
  return 0;
}

}  // namespace frikommune::cli
