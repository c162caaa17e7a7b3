#include "adapters/stores/open_stores.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "adapters/ledger/group_ledger.h"
#include "adapters/memory/agenda_store.h"
#include "adapters/memory/catalog_store.h"
#include "adapters/memory/ledger.h"
#include "adapters/postgres/database.h"
#include "adapters/postgres/ledger_store.h"
#include "adapters/postgres/migrations.h"
#include "adapters/sql/agenda_store.h"
#include "adapters/sql/catalog_store.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/ledger_store.h"
#include "adapters/sqlite/migrations.h"
#include "adapters/stores/metered_database.h"
#include "adapters/stores/metered_ledger_store.h"

namespace frikommune::stores {
namespace {

namespace fs = std::filesystem;

absl::Status Unreadable(absl::string_view place) {
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", place,
      "\" is no store: write sqlite:PATH, postgres:CONNINFO or memory"));
}

absl::Status MakeFolderOf(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  if (folder.empty()) return absl::OkStatus();
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat(
      "cannot make the folder ", folder.string(), ": ", error.message()));
}

// Watches nothing.
class Unwatched final : public DatabaseMeter {
 public:
  void Began(DatabaseOperation) override {}
  void Ended(DatabaseOperation, absl::StatusCode, absl::Duration) override {}
  void Retried() override {}
};

DatabaseMeter& MeterOf(const StoreMeters& meters) {
  static Unwatched unwatched;
  return meters.database != nullptr ? *meters.database : unwatched;
}

// All on one database, each with connections of its own.
template <typename Database, typename LedgerStore>
absl::StatusOr<Stores> OpenAll(
    absl::StatusOr<std::unique_ptr<LedgerStore>> ledger, const std::string& at,
    const StoreMeters& meters, StoreFacts facts) {
  if (!ledger.ok()) return ledger.status();
  DatabaseMeter& meter = MeterOf(meters);
  auto agenda = Database::Open(at);
  if (!agenda.ok()) return agenda.status();
  auto catalogs = Database::Open(at);
  if (!catalogs.ok()) return catalogs.status();
  // The ledger writes on one connection and reads on another.
  facts.connections = 2 + 2 * Database::kConnections;
  using Operation = DatabaseOperation;
  return Stores{
      std::make_unique<ledger::GroupLedger>(
          std::make_unique<MeteredLedgerStore>(*std::move(ledger), meter),
          meters.ledger),
      std::make_unique<sql::SqlAgendaStore>(std::make_unique<MeteredDatabase>(
          *std::move(agenda), Operation::kAgendaChange, Operation::kAgendaRead,
          meter)),
      std::make_unique<sql::SqlCatalogStore>(std::make_unique<MeteredDatabase>(
          *std::move(catalogs), Operation::kCatalogKeep,
          Operation::kCatalogFind, meter)),
      std::move(facts)};
}

absl::StatusOr<std::vector<std::string>> MigrateSqlite(const std::string& path,
                                                       bool dry_run) {
  std::error_code error;
  if (dry_run && !fs::exists(path, error)) {
    auto empty = sqlite::Connection::Open(":memory:");
    if (!empty.ok()) return empty.status();
    return sqlite::Migrate(*empty, dry_run);
  }
  if (absl::Status made = MakeFolderOf(path); !made.ok()) return made;
  auto connection = sqlite::Connection::Open(path);
  if (!connection.ok()) return connection.status();
  return sqlite::Migrate(*connection, dry_run);
}

}  // namespace

absl::StatusOr<Stores> OpenStores(absl::string_view place,
                                  const StoreMeters& meters) {
  if (place == "memory") {
    return Stores{std::make_unique<MemoryLedger>(),
                  std::make_unique<MemoryAgendaStore>(),
                  std::make_unique<MemoryCatalogStore>(),
                  {}};
  }
  absl::string_view at = place;
  if (absl::ConsumePrefix(&at, "sqlite:") && !at.empty()) {
    const std::string path(at);
    if (absl::Status made = MakeFolderOf(path); !made.ok()) return made;
    return OpenAll<sqlite::SqliteDatabase>(
        sqlite::SqliteLedgerStore::Open(path), path, meters,
        {.system = "sqlite",
         .schema_version = sqlite::NewestSchema(),
         .wal_path = path + "-wal"});
  }
  if (absl::ConsumePrefix(&at, "postgres:") && !at.empty()) {
    const std::string conninfo(at);
    return OpenAll<postgres::PostgresDatabase>(
        postgres::PostgresLedgerStore::Open(
            conninfo, [&meter = MeterOf(meters)] { meter.Retried(); }),
        conninfo, meters,
        {.system = "postgresql", .schema_version = postgres::NewestSchema()});
  }
  return Unreadable(place);
}

absl::StatusOr<std::vector<std::string>> MigrateStores(absl::string_view place,
                                                       bool dry_run) {
  if (place == "memory") return std::vector<std::string>();
  absl::string_view at = place;
  if (absl::ConsumePrefix(&at, "sqlite:") && !at.empty()) {
    return MigrateSqlite(std::string(at), dry_run);
  }
  if (absl::ConsumePrefix(&at, "postgres:") && !at.empty()) {
    postgres::Connection connection{std::string(at)};
    return postgres::Migrate(connection, dry_run);
  }
  return Unreadable(place);
}

}  // namespace frikommune::stores
