#include "adapters/files/catalog_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/areas/areas.h"

namespace frikommune::files {
namespace {

namespace fs = std::filesystem;

bool IsOfACatalog(const fs::path& path) {
  return path.extension() == ".textproto" || path.extension() == ".jsonl";
}

// A mounted ConfigMap shows its files as links into folders of such names,
// which are swapped when it changes.
bool IsBehindAMount(const fs::path& path) {
  return absl::StartsWith(path.filename().string(), "..");
}

absl::Status CannotRead(const fs::path& path, absl::string_view why) {
  return absl::UnavailableError(
      absl::StrCat(path.string(), ": cannot be read: ", why));
}

absl::StatusOr<std::string> ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file),
                   std::istreambuf_iterator<char>()};
  if (!file) return CannotRead(path, "the file does not open");
  return text;
}

}  // namespace

absl::StatusOr<std::vector<catalog::SourceFile>> ReadCatalogFiles(
    const std::string& folder) {
  std::error_code error;
  const fs::path root(folder);
  if (!fs::is_directory(root, error)) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": there is no such folder"));
  }
  std::vector<fs::path> paths;
  fs::recursive_directory_iterator entry(
      root, fs::directory_options::follow_directory_symlink, error);
  for (; !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    if (IsBehindAMount(entry->path())) {
      entry.disable_recursion_pending();
      continue;
    }
    if (entry->is_regular_file(error) && IsOfACatalog(entry->path())) {
      paths.push_back(entry->path());
    }
  }
  if (error) return CannotRead(root, error.message());
  if (paths.empty()) {
    return absl::NotFoundError(
        absl::StrCat(folder, ": the folder holds no catalog"));
  }
  std::sort(paths.begin(), paths.end());
  std::vector<catalog::SourceFile> files;
  for (const fs::path& path : paths) {
    auto text = ReadFile(path);
    if (!text.ok()) return text.status();
    files.push_back(
        {path.lexically_relative(root).generic_string(), *std::move(text)});
  }
  return files;
}

void NameFolder(const std::string& folder, catalog::Problem& problem) {
  const fs::path path = fs::path(folder) / problem.where.file;
  problem.where.file = path.lexically_normal().string();
}

std::shared_ptr<const catalog::Snapshot> LoadCatalog(
    const std::string& folder, std::vector<catalog::Problem>& problems) {
  const auto files = ReadCatalogFiles(folder);
  if (!files.ok()) {
    // The message names the folder or the file already.
    const std::string text(files.status().message());
    const size_t end = text.find(": ");
    problems.push_back({{text.substr(0, end), 0}, text.substr(end + 2), ""});
    return nullptr;
  }
  const size_t before = problems.size();
  auto parsed = catalog::ParseCatalog(*files, problems);
  std::shared_ptr<const catalog::Snapshot> snapshot;
  if (problems.size() == before) {
    snapshot = catalog::Snapshot::Build(std::move(parsed), areas::AllAreas(),
                                        problems);
  }
  for (size_t i = before; i < problems.size(); ++i)
    NameFolder(folder, problems[i]);
  return snapshot;
}

absl::StatusOr<std::shared_ptr<const catalog::Snapshot>> LoadCatalog(
    const std::string& folder) {
  std::vector<catalog::Problem> problems;
  auto snapshot = LoadCatalog(folder, problems);
  if (snapshot == nullptr) return catalog::ToStatus(problems);
  return snapshot;
}

}  // namespace frikommune::files
