#include "services/in_force/catalog_in_force.h"

namespace frikommune {

CatalogInForce::CatalogInForce(Held first) : address_(first.get()) {
  current_.store(std::move(first));
}

void CatalogInForce::Replace(Held next) {
  const catalog::Snapshot* const address = next.get();
  current_.store(std::move(next), std::memory_order_release);
  address_.store(address, std::memory_order_release);
}

}  // namespace frikommune
