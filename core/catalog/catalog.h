#ifndef FRIKOMMUNE_CORE_CATALOG_CATALOG_H_
#define FRIKOMMUNE_CORE_CATALOG_CATALOG_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "core/catalog/problem.h"
#include "frikommune/catalog/v1/experiment.pb.h"
#include "frikommune/catalog/v1/network.pb.h"
#include "frikommune/catalog/v1/provision.pb.h"

namespace frikommune::catalog {

// A file of the catalog as text. The path is relative to the catalog's folder:
// "law/scheduling/joint-meeting-1.textproto".
struct SourceFile {
  std::string path;
  std::string text;
};

// The law and the experiments as they are written, before they are checked.
// Provisions stand in the order of their ids, experiments likewise.
struct Catalog {
  v1::Network network;
  std::vector<std::unique_ptr<v1::Provision>> provisions;
  std::vector<std::unique_ptr<v1::Experiment>> experiments;
  // The cases beside them, one JSON object a line; not part of the digest.
  std::vector<SourceFile> case_files;
  // Where each message above was written, by its address.
  absl::flat_hash_map<const google::protobuf::Message*, Location> locations;

  // Where `message`, a part of this catalog, was written.
  const Location& WhereIs(const google::protobuf::Message& message) const;
};

// Reads the files of a catalog. Files of one experiment's folder are one
// experiment, and all files of network/ are one network. Adds to `problems`
// what is not well written, with file and line, and goes on with the rest.
Catalog ParseCatalog(const std::vector<SourceFile>& files,
                     std::vector<Problem>& problems);

// The SHA-256 of the canonical content, in hexadecimal: the same for the same
// law, whatever the order, the comments and the layout of its files.
std::string DigestOf(const Catalog& catalog);

}  // namespace frikommune::catalog

#endif  // FRIKOMMUNE_CORE_CATALOG_CATALOG_H_
