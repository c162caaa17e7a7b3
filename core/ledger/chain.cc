#include "core/ledger/chain.h"

#include <openssl/evp.h>

#include <memory>

namespace frikommune::ledger {
namespace {

// Puts what it is given through SHA-256.
class Hasher {
 public:
  Hasher() { EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr); }

  void Number(int64_t number) {
    unsigned char bytes[8];
    const auto bits = static_cast<uint64_t>(number);
    for (int i = 0; i < 8; ++i) {
      bytes[i] = static_cast<unsigned char>(bits >> (8 * i));
    }
    EVP_DigestUpdate(context_.get(), bytes, sizeof bytes);
  }

  void Text(absl::string_view text) {
    Number(static_cast<int64_t>(text.size()));
    EVP_DigestUpdate(context_.get(), text.data(), text.size());
  }

  std::string End() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest, &size);
    return std::string(reinterpret_cast<const char*>(digest), size);
  }

 private:
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_{
      EVP_MD_CTX_new(), EVP_MD_CTX_free};
};

}  // namespace

std::string HashBeforeFirst() { return std::string(kHashBytes, '\0'); }

std::string HashOf(const v1::Entry& entry) {
  Hasher hasher;
  hasher.Text(entry.name());
  hasher.Number(entry.municipality());
  hasher.Number(entry.position());
  hasher.Number(entry.time().seconds());
  hasher.Number(entry.time().nanos());
  hasher.Text(entry.service());
  hasher.Text(entry.call());
  hasher.Text(entry.request_id());
  hasher.Text(entry.request_digest());
  hasher.Text(entry.request());
  hasher.Text(entry.subject());
  hasher.Text(entry.subject_state());
  hasher.Text(entry.subject_type());
  hasher.Text(entry.response());
  hasher.Text(entry.index().case_id());
  hasher.Text(entry.index().provision());
  hasher.Text(entry.index().experiment());
  hasher.Number(entry.index().outcome());
  hasher.Number(entry.index().state());
  hasher.Number(entry.index().day());
  hasher.Text(entry.catalog_digest());
  hasher.Text(entry.previous_hash());
  return hasher.End();
}

void Link(int64_t position_before, absl::string_view hash_before,
          v1::Entry& entry) {
  entry.set_position(position_before + 1);
  entry.set_previous_hash(std::string(hash_before));
  entry.set_hash(HashOf(entry));
}

bool Follows(int64_t position_before, absl::string_view hash_before,
             const v1::Entry& entry) {
  return entry.position() == position_before + 1 &&
         entry.previous_hash() == hash_before && entry.hash() == HashOf(entry);
}

}  // namespace frikommune::ledger
