#include "core/catalog/content.h"

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "frikommune/catalog/v1/catalog_content.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace frikommune::catalog {

std::string ContentOf(const Catalog& catalog) {
  v1::CatalogContent content;
  *content.mutable_network() = catalog.network;
  for (const auto& one : catalog.provisions) *content.add_provisions() = *one;
  for (const auto& one : catalog.experiments) *content.add_experiments() = *one;
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  content.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

absl::StatusOr<Catalog> CatalogIn(absl::string_view content,
                                  absl::string_view digest) {
  v1::CatalogContent read;
  Catalog catalog;
  if (read.ParseFromArray(content.data(), static_cast<int>(content.size()))) {
    catalog.network = std::move(*read.mutable_network());
    for (auto& one : *read.mutable_provisions()) {
      catalog.provisions.push_back(
          std::make_unique<v1::Provision>(std::move(one)));
    }
    for (auto& one : *read.mutable_experiments()) {
      catalog.experiments.push_back(
          std::make_unique<v1::Experiment>(std::move(one)));
    }
    if (DigestOf(catalog) == digest) return catalog;
  }
  return absl::DataLossError(
      absl::StrCat("the catalog kept as ", digest, " is not that one"));
}

}  // namespace frikommune::catalog
