#include "core/ledger/chain.h"

#include <openssl/evp.h>

#include <memory>

namespace frikommune::ledger {
namespace {

void WriteNumber(int64_t number, std::string& out) {
  char bytes[8];
  const auto bits = static_cast<uint64_t>(number);
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>(bits >> (8 * i));
  out.append(bytes, sizeof bytes);
}

void WriteText(absl::string_view text, std::string& out) {
  WriteNumber(static_cast<int64_t>(text.size()), out);
  out.append(text.data(), text.size());
}

void Write(const v1::Entry& entry, std::string& out) {
  WriteText(entry.name(), out);
  WriteNumber(entry.municipality(), out);
  WriteNumber(entry.position(), out);
  WriteNumber(entry.time().seconds(), out);
  WriteNumber(entry.time().nanos(), out);
  WriteText(entry.service(), out);
  WriteText(entry.call(), out);
  WriteText(entry.request_id(), out);
  WriteText(entry.request_digest(), out);
  WriteText(entry.request(), out);
  WriteText(entry.subject(), out);
  WriteText(entry.subject_state(), out);
  WriteText(entry.subject_type(), out);
  WriteText(entry.response(), out);
  WriteText(entry.index().case_id(), out);
  WriteText(entry.index().provision(), out);
  WriteText(entry.index().experiment(), out);
  WriteNumber(entry.index().outcome(), out);
  WriteNumber(entry.index().state(), out);
  WriteNumber(entry.index().day(), out);
  WriteText(entry.catalog_digest(), out);
  WriteText(entry.previous_hash(), out);
}

}  // namespace

// The algorithm is looked up once: that takes as long as a short hash.
struct EntryHasher::Sha256 {
  const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm{
      EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free};
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{
      EVP_MD_CTX_new(), EVP_MD_CTX_free};
  unsigned char digest[EVP_MAX_MD_SIZE];
};

EntryHasher::EntryHasher() : sha256_(std::make_unique<Sha256>()) {}

EntryHasher::~EntryHasher() = default;

absl::string_view EntryHasher::HashOf(const v1::Entry& entry) {
  written_.clear();
  Write(entry, written_);
  EVP_MD_CTX* const context = sha256_->context.get();
  EVP_DigestInit_ex2(context, sha256_->algorithm.get(), nullptr);
  EVP_DigestUpdate(context, written_.data(), written_.size());
  EVP_DigestFinal_ex(context, sha256_->digest, nullptr);
  return {reinterpret_cast<const char*>(sha256_->digest), kHashBytes};
}

std::string HashBeforeFirst() { return std::string(kHashBytes, '\0'); }

std::string HashOf(const v1::Entry& entry) {
  return std::string(EntryHasher().HashOf(entry));
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
