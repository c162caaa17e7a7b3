#ifndef FRIKOMMUNE_CLI_LEDGER_REDECIDE_H_
#define FRIKOMMUNE_CLI_LEDGER_REDECIDE_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "core/catalog/snapshot.h"
#include "frikommune/ledger/v1/entry.pb.h"
#include "ports/catalog_store.h"

namespace frikommune::cli {

// The catalogs that decisions were made by, each read and compiled once.
// Thread-safe.
class KeptCatalogs {
 public:
  explicit KeptCatalogs(CatalogStore& store) : store_(store) {}

  // NOT_FOUND if it was not kept; DATA_LOSS if it is not what was kept.
  absl::StatusOr<std::shared_ptr<const catalog::Snapshot>> Find(
      const std::string& digest) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  absl::StatusOr<std::shared_ptr<const catalog::Snapshot>> Load(
      const std::string& digest);

  CatalogStore& store_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string,
                      absl::StatusOr<std::shared_ptr<const catalog::Snapshot>>>
      catalogs_ ABSL_GUARDED_BY(mutex_);
};

// What came of deciding an entry again.
enum class Redecided {
  // The entry is not one of a decision that was asked for.
  kNoDecision,
  kSame,
  kDifferent,
};

// Decides entries again, each by its own catalog. Keeps its tools, so that an
// entry costs what a decision costs. Not safe to share between threads.
class Redecider {
 public:
  explicit Redecider(KeptCatalogs& catalogs);
  ~Redecider();

  // Decides the entry in `bytes`. If it comes out differently, `difference`
  // says what.
  Redecided Decide(absl::string_view bytes, std::string& difference);

 private:
  struct Deciders;
  struct Messages;

  absl::StatusOr<Deciders*> DecidersOf(const std::string& digest);

  KeptCatalogs& catalogs_;
  absl::flat_hash_map<std::string, std::unique_ptr<Deciders>> deciders_;
  const std::unique_ptr<Messages> messages_;
};

}  // namespace frikommune::cli

#endif  // FRIKOMMUNE_CLI_LEDGER_REDECIDE_H_
