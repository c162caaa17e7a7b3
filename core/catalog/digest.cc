#include <openssl/evp.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "core/catalog/catalog.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace frikommune::catalog {
namespace {

// The bytes of a message, the same for equal messages on every machine.
std::string Canonical(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

}  // namespace

std::string DigestOf(const Catalog& catalog) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  // Each part is preceded by its length, so that parts cannot run together.
  const auto add = [&context](const google::protobuf::Message& message) {
    const std::string bytes = Canonical(message);
    const uint64_t size = bytes.size();
    unsigned char prefix[8];
    for (int i = 0; i < 8; ++i)
      prefix[i] = static_cast<unsigned char>(size >> (8 * i));
    EVP_DigestUpdate(context.get(), prefix, sizeof prefix);
    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size());
  };
  add(catalog.network);
  for (const auto& provision : catalog.provisions) add(*provision);
  for (const auto& experiment : catalog.experiments) add(*experiment);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_DigestFinal_ex(context.get(), digest, &size);
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest), size));
}

}  // namespace frikommune::catalog
