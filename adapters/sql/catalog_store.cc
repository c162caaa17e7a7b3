#include "adapters/sql/catalog_store.h"

#include <optional>

namespace frikommune::sql {
namespace {

constexpr char kKeep[] =
    "INSERT INTO catalogs (digest, content) VALUES ($1, $2) "
    "ON CONFLICT (digest) DO NOTHING";
constexpr char kFind[] = "SELECT content FROM catalogs WHERE digest = $1";

}  // namespace

absl::Status SqlCatalogStore::Keep(absl::string_view digest,
                                   absl::string_view content) {
  return database_->Change([&](Session& session) {
    return session.Run(kKeep, {digest, Blob{content}},
                       [](const Row&) { return absl::OkStatus(); });
  });
}

absl::StatusOr<std::string> SqlCatalogStore::Find(absl::string_view digest) {
  std::optional<std::string> content;
  const absl::Status read = database_->Read([&](Session& session) {
    return session.Run(kFind, {digest}, [&](const Row& row) {
      content = row.Bytes(0);
      return absl::OkStatus();
    });
  });
  if (!read.ok()) return read;
  if (content.has_value()) return *std::move(content);
  return absl::NotFoundError("no catalog of that digest is kept");
}

}  // namespace frikommune::sql
