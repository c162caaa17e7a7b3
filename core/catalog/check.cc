#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/catalog/compiler.h"
#include "core/civil_time/date.h"

namespace frikommune::catalog {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Walks a catalog and gathers what is wrong with it as written.
class Checker {
 public:
  Checker(const Catalog& catalog, std::vector<Problem>& problems)
      : catalog_(catalog), problems_(problems) {
    for (const auto& source : catalog.network.sources()) {
      if (!sources_.insert(source.id()).second) {
        Report(source,
               absl::StrCat("source \"", source.id(), "\" is there twice"));
      }
    }
    for (const auto& municipality : catalog.network.municipalities()) {
      if (!municipalities_.insert(municipality.code()).second) {
        Report(municipality, absl::StrCat("municipality ", municipality.code(),
                                          " is there twice"));
      }
    }
  }

  void Check() {
    CheckParts(catalog_.network);
    CheckNetwork();
    std::string last;
    for (const auto& provision : catalog_.provisions) {
      if (provision->id() == last) {
        Report(*provision,
               absl::StrCat("provision \"", last, "\" is there twice"));
      }
      last = provision->id();
      CheckParts(*provision);
      CheckProvision(*provision);
    }
    last.clear();
    for (const auto& experiment : catalog_.experiments) {
      if (experiment->id() == last) {
        Report(*experiment,
               absl::StrCat("experiment \"", last, "\" is there twice"));
      }
      last = experiment->id();
      CheckParts(*experiment);
      CheckExperiment(*experiment);
    }
  }

 private:
  void Report(const Message& where, std::string message) {
    problems_.push_back({catalog_.WhereIs(where), std::move(message), ""});
  }

  // Where a part has a place for citations, texts or dates, they are there and
  // they are right.
  void CheckParts(const Message& message) {
    const auto* descriptor = message.GetDescriptor();
    const auto* reflection = message.GetReflection();
    for (int i = 0; i < descriptor->field_count(); ++i) {
      const FieldDescriptor* field = descriptor->field(i);
      if (field->name() == "cite" &&
          reflection->FieldSize(message, field) == 0) {
        Report(message, absl::StrCat("the ", descriptor->name(),
                                     NameOf(message), " has no citation"));
      }
      if (field->name() == "because" && !Says(message, field)) {
        Report(message,
               absl::StrCat("the ", descriptor->name(), NameOf(message),
                            " does not say why in both languages"));
      }
      if (field->name() == "id" && descriptor->name() != "Provision" &&
          reflection->GetString(message, field).empty()) {
        Report(message, absl::StrCat("the ", descriptor->name(), " has no id"));
      }
      if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
      if (field->is_repeated()) {
        for (int at = 0; at < reflection->FieldSize(message, field); ++at) {
          CheckParts(reflection->GetRepeatedMessage(message, field, at));
        }
      } else if (reflection->HasField(message, field)) {
        CheckParts(reflection->GetMessage(message, field));
      }
    }
    if (const auto* citation =
            dynamic_cast<const decision::v1::Citation*>(&message)) {
      if (sources_.count(citation->source()) == 0) {
        Report(message, absl::StrCat("source \"", citation->source(),
                                     "\" is not in network/sources"));
      }
    }
  }

  // The name of a part, as " J1", for a message.
  static std::string NameOf(const Message& message) {
    const auto* field = message.GetDescriptor()->FindFieldByName("id");
    if (field == nullptr) return "";
    return absl::StrCat(" ",
                        message.GetReflection()->GetString(message, field));
  }

  static bool Says(const Message& message, const FieldDescriptor* field) {
    const auto& text = static_cast<const decision::v1::Text&>(
        message.GetReflection()->GetMessage(message, field));
    // What is said beside an outcome or by a flag needs it as much as a row.
    return !text.da().empty() && !text.en().empty();
  }

  // The date; nothing, with a problem, if there is none. Empty text is no date.
  bool ReadDate(const std::string& text, const Message& where,
                absl::string_view what, civil_time::Date& date) {
    if (text.empty()) return false;
    const auto parsed = civil_time::ParseDate(text);
    if (!parsed.ok()) {
      Report(where, absl::StrCat(what, " \"", text,
                                 "\": ", parsed.status().message()));
      return false;
    }
    date = *parsed;
    return true;
  }

  void CheckOrder(const std::string& from, const std::string& to,
                  const Message& where, absl::string_view what) {
    civil_time::Date first;
    civil_time::Date last;
    if (ReadDate(from, where, what, first) && ReadDate(to, where, what, last) &&
        last < first) {
      Report(where, absl::StrCat(what, " ends on ", to,
                                 ", before it starts on ", from));
    }
  }

  void CheckNetwork() {
    const auto& network = catalog_.network;
    if (network.has_supported_days()) {
      const auto& days = network.supported_days();
      CheckOrder(days.from(), days.to(), days, "the supported days");
    }
    for (const auto& delegation : network.delegations()) {
      CheckOrder(delegation.from(), delegation.to(), delegation,
                 "the delegation");
      CheckMunicipality(delegation.from_municipality(), delegation);
      CheckMunicipality(delegation.to_municipality(), delegation);
    }
    std::set<std::string> seen;
    for (const auto& tariff : network.tariffs()) {
      civil_time::Date date;
      if (tariff.from().empty()) Report(tariff, "the tariff has no first day");
      ReadDate(tariff.from(), tariff, "the tariff's first day", date);
      if (tariff.kroner() < 0) Report(tariff, "a fee is not negative");
      if (!seen.insert(absl::StrCat(tariff.document(), tariff.from())).second) {
        Report(tariff, absl::StrCat("two tariffs of ", tariff.document(),
                                    " from ", tariff.from()));
      }
    }
    for (const auto& holiday : network.holidays()) {
      if (holiday.month_day().empty() == !holiday.has_easter_offset()) {
        Report(holiday, "a holiday has either a month_day or an easter_offset");
      }
      civil_time::Date date;
      if (!holiday.month_day().empty()) {
        ReadDate(absl::StrCat("2020-", holiday.month_day()), holiday,
                 "the holiday", date);
      }
    }
  }

  void CheckMunicipality(int code, const Message& where) {
    if (municipalities_.count(code) == 0) {
      Report(where,
             absl::StrCat("municipality ", code, " is not in the network"));
    }
  }

  void CheckProvision(const v1::Provision& provision) {
    if (provision.versions_size() == 0) {
      Report(provision, absl::StrCat(provision.id(), " has no version"));
      return;
    }
    civil_time::Date before;
    for (int i = 0; i < provision.versions_size(); ++i) {
      const auto& version = provision.versions(i);
      civil_time::Date from;
      if (!ReadDate(version.from(), version, "the version's first day", from)) {
        if (version.from().empty())
          Report(version, "the version has no first day");
        continue;
      }
      if (i > 0 && from <= before) {
        Report(version, absl::StrCat("the version from ", version.from(),
                                     " does not come after the one before it"));
      }
      before = from;
      CheckIds(version.rows(), version.windows());
    }
    const auto& network = catalog_.network;
    civil_time::Date first;
    civil_time::Date supported;
    const auto& version = provision.versions(0);
    if (ReadDate(network.supported_days().from(), network, "supported_days",
                 supported) &&
        ReadDate(version.from(), version, "the version's first day", first) &&
        first > supported) {
      Report(version, absl::StrCat("a gap: no version holds from ",
                                   network.supported_days().from(), " until ",
                                   version.from(),
                                   "; where the law is not known, a row says "
                                   "OUTCOME_LAW_NOT_ON_FILE"));
    }
  }

  // No two rows of one table have the same id.
  template <typename... Parts>
  void CheckIds(const Parts&... parts) {
    std::set<std::string> ids;
    const auto check = [&](const auto& list) {
      for (const auto& part : list) {
        if (!ids.insert(part.id()).second) {
          Report(part, absl::StrCat("row ", part.id(), " is there twice"));
        }
      }
    };
    (check(parts), ...);
  }

  void CheckExperiment(const v1::Experiment& experiment) {
    if (experiment.id().empty() || experiment.options_size() == 0 ||
        experiment.status() == v1::EXPERIMENT_STATUS_UNSPECIFIED ||
        experiment.rules() == v1::RULES_ON_FILE_UNSPECIFIED) {
      Report(experiment,
             absl::StrCat("experiment ", experiment.id(),
                          " lacks an id, an option, a status or rules"));
    }
    const bool has_rules = experiment.dispensations_size() > 0;
    if (has_rules != (experiment.rules() == v1::RULES_ON_FILE_YES)) {
      Report(experiment, absl::StrCat("experiment ", experiment.id(),
                                      has_rules ? " has dispensations"
                                                : " has no dispensation",
                                      ", and its rules say otherwise"));
    }
    std::set<std::string> options;
    for (const auto& option : experiment.options()) {
      options.insert(option.id());
      if (option.legal_start().empty() || option.last_day().empty()) {
        Report(option, absl::StrCat("option ", option.id(),
                                    " lacks its first or last day"));
      }
      CheckOrder(option.legal_start(), option.last_day(), option,
                 absl::StrCat("option ", option.id()));
    }
    for (const auto& participation : experiment.participations()) {
      CheckParticipation(experiment, participation, options);
    }
    CheckComplete(experiment);
    for (const auto& dispensation : experiment.dispensations()) {
      CheckIds(dispensation.rows(), dispensation.windows(),
               dispensation.restatements());
    }
    CheckRowOrders(experiment, catalog_, problems_);
  }

  void CheckParticipation(const v1::Experiment& experiment,
                          const v1::Participation& participation,
                          const std::set<std::string>& options) {
    CheckMunicipality(participation.municipality(), participation);
    for (const auto& option : participation.options()) {
      if (options.count(option) == 0) {
        Report(participation, absl::StrCat(experiment.id(), " has no option \"",
                                           option, "\""));
      }
    }
    if (participation.standing() == v1::STANDING_UNSPECIFIED ||
        participation.status() == v1::PARTICIPATION_STATUS_UNSPECIFIED ||
        participation.provenance() == v1::PROVENANCE_UNSPECIFIED) {
      Report(participation,
             "the participation lacks a standing, a status or a provenance");
    }
    for (const auto& option : experiment.options()) {
      if (!Concerns(participation, option.id())) continue;
      const std::string& from = participation.legal_start().empty()
                                    ? option.legal_start()
                                    : participation.legal_start();
      const std::string& start = participation.operational_start().empty()
                                     ? from
                                     : participation.operational_start();
      const std::string& to = participation.last_day().empty()
                                  ? option.last_day()
                                  : participation.last_day();
      const std::string what =
          absl::StrCat("the participation of ", participation.municipality(),
                       " in ", option.id());
      CheckOrder(from, to, participation, what);
      if (start != from) CheckOrder(start, to, participation, what);
    }
    for (const auto& policy : participation.policies()) {
      CheckOrder(policy.from(), policy.to(), policy, "the local policy");
    }
  }

  // Each municipality has exactly one participation in each option on each day.
  void CheckComplete(const v1::Experiment& experiment) {
    for (const auto& option : experiment.options()) {
      for (const int municipality : municipalities_) {
        std::map<std::string, const v1::Participation*> by_start;
        for (const auto& participation : experiment.participations()) {
          if (participation.municipality() != municipality ||
              !Concerns(participation, option.id())) {
            continue;
          }
          const std::string& from = participation.legal_start().empty()
                                        ? option.legal_start()
                                        : participation.legal_start();
          if (!by_start.emplace(from, &participation).second) {
            Report(participation,
                   absl::StrCat("an overlap: municipality ", municipality,
                                " has two participations in ", experiment.id(),
                                " ", option.id(), " from ", from));
          }
        }
        if (by_start.empty()) {
          Report(experiment,
                 absl::StrCat("a gap: municipality ", municipality,
                              " has no participation in ", experiment.id(), " ",
                              option.id(),
                              "; STANDING_UNKNOWN says that no source speaks"));
        }
        for (auto it = by_start.begin(); it != by_start.end(); ++it) {
          const auto next = std::next(it);
          if (next == by_start.end()) break;
          const std::string& last = it->second->last_day().empty()
                                        ? option.last_day()
                                        : it->second->last_day();
          if (last >= next->first) {
            Report(*next->second,
                   absl::StrCat(
                       "an overlap: the participation of ", municipality,
                       " in ", option.id(), " from ", next->first,
                       " begins before the one before it ends on ", last));
          }
        }
      }
    }
  }

  const Catalog& catalog_;
  std::vector<Problem>& problems_;
  std::set<std::string> sources_;
  std::set<int> municipalities_;
};

}  // namespace

void CheckCatalog(const Catalog& catalog, std::vector<Problem>& problems) {
  Checker(catalog, problems).Check();
}

}  // namespace frikommune::catalog
