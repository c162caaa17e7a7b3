#include "services/rehab/network_names.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "core/agenda/refusals.h"
#include "core/error/error.h"
#include "core/resource_id/resource_id.h"

namespace frikommune::rehab {
namespace {

absl::Status NameInvalid(absl::string_view field, absl::string_view written) {
  return MakeError(absl::StatusCode::kInvalidArgument,
                   decision::v1::ERROR_REASON_NAME_INVALID, field,
                   absl::StrCat("it is written ", written));
}

absl::StatusOr<int> CodeIn(absl::string_view name, absl::string_view collection,
                           absl::string_view field) {
  const std::optional<ResourceName> parts = ParseName(name);
  if (parts.has_value() && parts->collection == collection) {
    return parts->municipality;
  }
  return NameInvalid(field,
                     absl::StrCat("municipalities/851/", collection, "/ID"));
}

}  // namespace

absl::StatusOr<int> NetworkNames::InNetwork(int municipality,
                                            absl::string_view field) const {
  if (municipalities_.contains(municipality)) return municipality;
  return MakeError(absl::StatusCode::kNotFound,
                   decision::v1::ERROR_REASON_MUNICIPALITY_UNKNOWN, field,
                   "the municipality is not in the network");
}

absl::StatusOr<int> NetworkNames::Municipality(absl::string_view name,
                                               absl::string_view field) const {
  const std::optional<int> code = ParseMunicipality(name);
  if (!code.has_value()) return NameInvalid(field, "municipalities/851");
  return InNetwork(*code, field);
}

absl::StatusOr<int> NetworkNames::MunicipalityOf(
    absl::string_view name, absl::string_view collection,
    absl::string_view field) const {
  const absl::StatusOr<int> code = CodeIn(name, collection, field);
  if (!code.ok()) return code;
  return InNetwork(*code, field);
}

absl::Status NetworkNames::CheckIsOf(int municipality, absl::string_view name,
                                     absl::string_view collection,
                                     absl::string_view field) {
  const absl::StatusOr<int> code = CodeIn(name, collection, field);
  if (!code.ok()) return code.status();
  if (*code != municipality) return ResourceUnknown(field);
  return absl::OkStatus();
}

}  // namespace frikommune::rehab
