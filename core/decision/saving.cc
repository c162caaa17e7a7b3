#include "core/decision/saving.h"

#include "core/decision/render.h"

namespace frikommune::decision {
namespace {

using catalog::Snapshot;
using catalog::Value;
using wire::MessageWriter;

void AddOrdered(const catalog::Rule& rule, catalog::Facts& facts,
                Documents& documents) {
  for (const catalog::Remark& action : rule.actions) {
    if (action.document != nullptr && IsSaid(action, facts))
      documents.push_back(*action.document);
  }
}

void WriteProvenance(const Snapshot& snapshot,
                     const catalog::v1::Tariff& tariff, MessageWriter& out) {
  WriteText(v1::Fee::kProvenanceFieldNumber, tariff.provenance(), out);
  for (const v1::Citation& cited : tariff.cite()) {
    out.Message(v1::Fee::kCitationsFieldNumber, [&] {
      out.Text(v1::Citation::kSourceFieldNumber, cited.source());
      out.Text(v1::Citation::kPinpointFieldNumber, cited.pinpoint());
      out.Text(v1::Citation::kTitleFieldNumber,
               snapshot.TitleOf(cited.source()));
    });
  }
}

// Writes the fee of a document on the day, and returns its tariff; null if none
// is on file.
const catalog::v1::Tariff* WriteFee(int field, const Snapshot& snapshot,
                                    absl::string_view document, Value day,
                                    v1::View view, MessageWriter& out) {
  const auto* const tariff = snapshot.tariffs().On(document, day);
  out.Message(field, [&] {
    out.Text(v1::Fee::kDocumentFieldNumber, document);
    if (tariff == nullptr) return;
    out.AddNumber(v1::Fee::kKronerFieldNumber, tariff->kroner());
    out.Text(v1::Fee::kTariffFromFieldNumber, tariff->from());
    if (view == v1::VIEW_FULL) WriteProvenance(snapshot, *tariff, out);
    out.Number(v1::Fee::kConfidenceFieldNumber, tariff->confidence());
  });
  return tariff;
}

}  // namespace

Documents OrderedDocuments(const Answer& answer, catalog::Facts& facts) {
  Documents documents;
  if (answer.rule != nullptr) AddOrdered(*answer.rule, facts, documents);
  if (answer.open == nullptr) return documents;
  const auto& beside = answer.open->beside.rules;
  for (size_t i = 0; i < beside.size() && i < 64; ++i) {
    if (((answer.beside >> i) & 1) != 0)
      AddOrdered(beside[i], facts, documents);
  }
  return documents;
}

void WriteSaving(const Snapshot& snapshot, absl::string_view spared,
                 const Documents& substitutes, Value day, v1::View view,
                 MessageWriter& out) {
  using S = v1::Saving;
  const auto* const tariff =
      WriteFee(S::kNotObtainedFieldNumber, snapshot, spared, day, view, out);
  bool is_known = tariff != nullptr;
  int32_t net = tariff != nullptr ? tariff->kroner() : 0;
  for (const absl::string_view substitute : substitutes) {
    const auto* const other = WriteFee(S::kSubstitutesFieldNumber, snapshot,
                                       substitute, day, view, out);
    is_known = is_known && other != nullptr;
    if (other != nullptr) net -= other->kroner();
  }
  if (tariff != nullptr) {
    out.AddNumber(S::kGrossKronerFieldNumber, tariff->kroner());
  }
  if (is_known) out.AddNumber(S::kNetKronerFieldNumber, net);
  if (tariff != nullptr) {
    out.Number(S::kDoctorMinutesFieldNumber, tariff->doctor_minutes());
  }
}

}  // namespace frikommune::decision
