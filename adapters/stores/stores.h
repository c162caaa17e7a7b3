#ifndef FRIKOMMUNE_ADAPTERS_STORES_STORES_H_
#define FRIKOMMUNE_ADAPTERS_STORES_STORES_H_

#include <memory>
#include <string>

#include "ports/agenda_store.h"
#include "ports/catalog_store.h"
#include "ports/database_meter.h"
#include "ports/ledger.h"
#include "ports/ledger_meter.h"

namespace frikommune::stores {

// What there is to know of the place where state is kept, for its operators.
struct StoreFacts {
  // As OpenTelemetry names the engine: "sqlite" or "postgresql"; empty for
  // memory.
  std::string system = {};
  // The number of the newest migration.
  int schema_version = 0;
  // The most connections that are open at once.
  int connections = 0;
  // The write-ahead log of a SQLite file; empty elsewhere.
  std::string wal_path = {};
};

// Who watches the stores. Null where nobody does.
struct StoreMeters {
  LedgerMeter* ledger = nullptr;
  DatabaseMeter* database = nullptr;
};

// What a server keeps its state in, whatever that is.
struct Stores {
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<AgendaStore> agenda;
  std::unique_ptr<CatalogStore> catalogs;
  StoreFacts facts = {};
};

}  // namespace frikommune::stores

#endif  // FRIKOMMUNE_ADAPTERS_STORES_STORES_H_
