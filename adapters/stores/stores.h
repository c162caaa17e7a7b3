#ifndef FRIKOMMUNE_ADAPTERS_STORES_STORES_H_
#define FRIKOMMUNE_ADAPTERS_STORES_STORES_H_

#include <memory>

#include "ports/agenda_store.h"
#include "ports/catalog_store.h"
#include "ports/ledger.h"

namespace frikommune::stores {

// What a server keeps its state in, whatever that is.
struct Stores {
  std::unique_ptr<Ledger> ledger;
  std::unique_ptr<AgendaStore> agenda;
  std::unique_ptr<CatalogStore> catalogs;
};

}  // namespace frikommune::stores

#endif  // FRIKOMMUNE_ADAPTERS_STORES_STORES_H_
