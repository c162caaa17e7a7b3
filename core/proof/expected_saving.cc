#include "core/proof/expected_saving.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "core/civil_time/date.h"

namespace frikommune::proof {
namespace {

// The tariff of a document on a day, written YYYY-MM-DD: so written, days have
// the order of their texts. Null if none is on file.
const catalog::v1::Tariff* TariffOn(const catalog::Snapshot& snapshot,
                                    const std::string& document,
                                    const std::string& day) {
  const catalog::v1::Tariff* newest = nullptr;
  for (const auto& tariff : snapshot.catalog().network.tariffs()) {
    if (tariff.document() != document || tariff.from() > day) continue;
    if (newest == nullptr || tariff.from() > newest->from()) newest = &tariff;
  }
  return newest;
}

std::optional<int> KronerOf(const catalog::v1::Tariff* tariff) {
  return tariff != nullptr ? std::optional<int>(tariff->kroner())
                           : std::nullopt;
}

std::string Minutes(int minutes) {
  return minutes > 0 ? absl::StrCat(", ", minutes, " min.") : "";
}

std::string Write(std::optional<int> kroner) {
  return kroner.has_value() ? absl::StrCat(*kroner) : "?";
}

std::optional<int> KronerOf(const decision::v1::Fee& fee) {
  return fee.has_kroner() ? std::optional<int>(fee.kroner()) : std::nullopt;
}

}  // namespace

std::string ExpectedSaving(const catalog::Snapshot& snapshot,
                           const std::string& spared,
                           const std::vector<std::string>& substitutes,
                           catalog::Value day) {
  const std::string date =
      civil_time::FormatDate(civil_time::Date::FromDays(day));
  const auto* const tariff = TariffOn(snapshot, spared, date);
  const std::optional<int> gross = KronerOf(tariff);
  std::optional<int> net = gross;
  std::string text = absl::StrCat(spared, " ", Write(gross));
  for (const std::string& substitute : substitutes) {
    const std::optional<int> fee =
        KronerOf(TariffOn(snapshot, substitute, date));
    absl::StrAppend(&text, " - ", substitute, " ", Write(fee));
    net = net.has_value() && fee.has_value() ? std::optional<int>(*net - *fee)
                                             : std::nullopt;
  }
  return absl::StrCat(
      text, " = ", Write(net),
      Minutes(tariff != nullptr ? tariff->doctor_minutes() : 0));
}

std::string WriteSaving(const decision::v1::Decision& decision) {
  if (!decision.has_saving()) return "";
  const auto& saving = decision.saving();
  std::string text = absl::StrCat(saving.not_obtained().document(), " ",
                                  Write(KronerOf(saving.not_obtained())));
  for (const auto& substitute : saving.substitutes()) {
    absl::StrAppend(&text, " - ", substitute.document(), " ",
                    Write(KronerOf(substitute)));
  }
  return absl::StrCat(
      text, " = ",
      saving.has_net_kroner() ? absl::StrCat(saving.net_kroner()) : "?",
      Minutes(saving.doctor_minutes()));
}

}  // namespace frikommune::proof
