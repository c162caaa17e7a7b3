#include "core/ledger/sha256.h"

#include <openssl/evp.h>

namespace frikommune::ledger {

struct Sha256Hasher::State {
  const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm{
      EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free};
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{
      EVP_MD_CTX_new(), EVP_MD_CTX_free};
  unsigned char hash[EVP_MAX_MD_SIZE];
};

Sha256Hasher::Sha256Hasher() : state_(std::make_unique<State>()) {}

Sha256Hasher::~Sha256Hasher() = default;

Sha256Hasher& Sha256Hasher::ThisThreads() {
  thread_local Sha256Hasher hasher;
  return hasher;
}

absl::string_view Sha256Hasher::HashOf(absl::string_view bytes) {
  EVP_MD_CTX* const context = state_->context.get();
  EVP_DigestInit_ex2(context, state_->algorithm.get(), nullptr);
  EVP_DigestUpdate(context, bytes.data(), bytes.size());
  EVP_DigestFinal_ex(context, state_->hash, nullptr);
  return {reinterpret_cast<const char*>(state_->hash), kHashBytes};
}

}  // namespace frikommune::ledger
