#include "services/host/catalog_reload.h"

#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "adapters/files/catalog_files.h"
#include "services/host/proved_catalog.h"
#include "spdlog/spdlog.h"

namespace frikommune::host {
namespace {

// What a folder holds, told apart from what it held before; also a folder that
// cannot be read.
size_t LookAt(const std::string& folder) {
  const auto files = files::ReadCatalogFiles(folder);
  if (!files.ok()) return absl::HashOf(files.status().ToString());
  size_t seen = files->size();
  for (const catalog::SourceFile& file : *files) {
    seen = absl::HashOf(seen, file.path, file.text);
  }
  return seen;
}

}  // namespace

CatalogReload::CatalogReload(std::string folder, absl::Duration pause,
                             CatalogInForce& catalog, Prepare prepare,
                             ReloadMeter& meter)
    : folder_(std::move(folder)),
      pause_(pause),
      catalog_(catalog),
      prepare_(std::move(prepare)),
      meter_(meter),
      thread_([this] { LookUntilEnd(); }) {}

CatalogReload::~CatalogReload() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  thread_.join();
}

void CatalogReload::Hurry() {
  absl::MutexLock lock(&mutex_);
  hurry_ = true;
}

void CatalogReload::LookUntilEnd() {
  // What is loaded, as it looked; not known until the folder has changed since.
  size_t loaded = LookAt(folder_);
  size_t before = loaded;
  for (;;) {
    bool hurry = false;
    {
      absl::MutexLock lock(&mutex_);
      const auto is_called = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
        return hurry_ || ending_;
      };
      mutex_.AwaitWithTimeout(absl::Condition(&is_called), pause_);
      if (ending_) return;
      hurry = std::exchange(hurry_, false);
    }
    const size_t now = LookAt(folder_);
    const bool is_at_rest = now == std::exchange(before, now);
    if (!hurry && (now == loaded || !is_at_rest)) continue;
    if (!absl::IsUnavailable(Load())) loaded = now;
  }
}

absl::Status CatalogReload::Load() {
  auto next = LoadProvedCatalog(folder_);
  absl::Status status = next.status();
  if (status.ok()) status = prepare_(**next);
  if (!status.ok()) {
    meter_.Refused();
    spdlog::error("the catalog was refused; {} goes on",
                  catalog_.Get()->digest());
    for (const absl::string_view problem :
         absl::StrSplit(status.message(), '\n', absl::SkipEmpty())) {
      spdlog::error("catalog: {}", std::string(problem));
    }
    return status;
  }
  const std::string digest = (*next)->digest();
  catalog_.Replace(*std::move(next));
  meter_.Accepted(digest);
  spdlog::info("answering by catalog {}", digest);
  return status;
}

}  // namespace frikommune::host
