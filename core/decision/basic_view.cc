#include "core/decision/basic_view.h"

namespace frikommune::decision {
namespace {

void Reduce(v1::Reason& reason) {
  reason.clear_text();
  reason.clear_citations();
  reason.clear_facts();
}

void Reduce(v1::Fee& fee) {
  fee.clear_provenance();
  fee.clear_citations();
}

}  // namespace

void ReduceToBasic(v1::Decision& decision) {
  for (v1::Reason& reason : *decision.mutable_reasons()) Reduce(reason);
  for (v1::Reason& reason : *decision.mutable_ordinary_law_reasons()) {
    Reduce(reason);
  }
  if (!decision.has_saving()) return;
  v1::Saving& saving = *decision.mutable_saving();
  if (saving.has_not_obtained()) Reduce(*saving.mutable_not_obtained());
  for (v1::Fee& fee : *saving.mutable_substitutes()) Reduce(fee);
}

}  // namespace frikommune::decision
