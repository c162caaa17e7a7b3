#include "core/decision/saving.h"

namespace frikommune::decision {
namespace {

using catalog::Snapshot;
using catalog::Value;

void AddOrdered(const catalog::Rule& rule, catalog::Facts& facts,
                std::vector<std::string>& documents) {
  for (const catalog::Remark& action : rule.actions) {
    if (action.document != nullptr && IsSaid(action, facts))
      documents.push_back(*action.document);
  }
}

// Writes the fee of a document on the day, and returns its tariff; null if none
// is on file.
const catalog::v1::Tariff* FillFee(const Snapshot& snapshot,
                                   const std::string& document, Value day,
                                   v1::View view, v1::Fee& out) {
  out.set_document(document);
  const auto* const tariff = snapshot.tariffs().On(document, day);
  if (tariff == nullptr) return nullptr;
  out.set_kroner(tariff->kroner());
  out.set_tariff_from(tariff->from());
  out.set_confidence(tariff->confidence());
  if (view != v1::VIEW_FULL) return tariff;
  *out.mutable_provenance() = tariff->provenance();
  for (const v1::Citation& citation : tariff->cite()) {
    v1::Citation& cited = *out.add_citations();
    cited = citation;
    cited.set_title(snapshot.TitleOf(citation.source()));
  }
  return tariff;
}

}  // namespace

std::vector<std::string> OrderedDocuments(const Answer& answer,
                                          catalog::Facts& facts) {
  std::vector<std::string> documents;
  if (answer.rule != nullptr) AddOrdered(*answer.rule, facts, documents);
  if (answer.open == nullptr) return documents;
  const auto& beside = answer.open->beside.rules;
  for (size_t i = 0; i < beside.size() && i < 64; ++i) {
    if (((answer.beside >> i) & 1) != 0)
      AddOrdered(beside[i], facts, documents);
  }
  return documents;
}

void FillSaving(const Snapshot& snapshot, const std::string& spared,
                const std::vector<std::string>& substitutes, Value day,
                v1::View view, v1::Saving& out) {
  out.Clear();
  const auto* const tariff =
      FillFee(snapshot, spared, day, view, *out.mutable_not_obtained());
  bool is_known = tariff != nullptr;
  int32_t net = 0;
  if (tariff != nullptr) {
    net = tariff->kroner();
    out.set_gross_kroner(net);
    out.set_doctor_minutes(tariff->doctor_minutes());
  }
  for (const std::string& substitute : substitutes) {
    v1::Fee& fee = *out.add_substitutes();
    FillFee(snapshot, substitute, day, view, fee);
    is_known = is_known && fee.has_kroner();
    net -= fee.kroner();
  }
  if (is_known) out.set_net_kroner(net);
}

}  // namespace frikommune::decision
