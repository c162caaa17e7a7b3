#include "services/in_force/editions.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "adapters/files/catalog_files.h"
#include "gtest/gtest.h"

namespace frikommune {
namespace {

// Says by which catalog it was made, and that it is there.
struct Thing {
  explicit Thing(const catalog::Snapshot& snapshot) : by(&snapshot) { ++count; }
  ~Thing() { --count; }
  const catalog::Snapshot* by;
  static std::atomic<int> count;
};
std::atomic<int> Thing::count = 0;

CatalogInForce::Held Load() {
  return *files::LoadCatalog(FRIKOMMUNE_SOURCE_DIR "/catalog");
}

Editions<Thing>::Make Maker() {
  return [](const catalog::Snapshot& snapshot) {
    return std::make_unique<Thing>(snapshot);
  };
}

TEST(EditionsTest, IsMadeAnewOfEachCatalog) {
  const auto first = Load();
  const auto second = Load();
  CatalogInForce catalog(first);
  Editions<Thing> editions(catalog, Maker());
  const auto before = editions.Get();
  EXPECT_EQ((*before)->by, first.get());
  EXPECT_EQ(editions.Get(), before);
  catalog.Replace(second);
  EXPECT_EQ((*editions.Get())->by, second.get());
  // Who has begun goes on as he began.
  EXPECT_EQ((*before)->by, first.get());
}

TEST(EditionsTest, TheOnesBeforeTheLastAreLetGo) {
  CatalogInForce catalog(Load());
  Editions<Thing> editions(catalog, Maker());
  for (int i = 0; i < 5; ++i) {
    catalog.Replace(Load());
    editions.Get();
    EXPECT_EQ(Thing::count, 2);
  }
}

TEST(EditionsTest, ManyThreadsSeeOneCatalogEach) {
  const std::vector<CatalogInForce::Held> all = {Load(), Load(), Load()};
  CatalogInForce catalog(all[0]);
  Editions<Thing> editions(catalog, Maker());
  std::atomic<bool> stop = false;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      while (!stop) {
        const auto edition = editions.Get();
        ASSERT_EQ((*edition)->by, edition->catalog.get());
      }
    });
  }
  for (int i = 0; i < 3000; ++i) catalog.Replace(all[i % all.size()]);
  stop = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ((*editions.Get())->by, all[(3000 - 1) % all.size()].get());
}

}  // namespace
}  // namespace frikommune
