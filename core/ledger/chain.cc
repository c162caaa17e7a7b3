#include "core/ledger/chain.h"

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
}

}  // namespace

absl::string_view EntryHasher::ContentDigestOf(const v1::Entry& entry) {
  written_.clear();
  Write(entry, written_);
  return sha256_.HashOf(written_);
}

absl::string_view EntryHasher::HashAt(int64_t position,
                                      absl::string_view previous_hash,
                                      absl::string_view content_digest) {
  // The digest may stand where the hash will.
  char content[kHashBytes] = {};
  content_digest.copy(content, kHashBytes);
  written_.clear();
  WriteNumber(position, written_);
  written_.append(previous_hash.data(), previous_hash.size());
  written_.append(content, kHashBytes);
  return sha256_.HashOf(written_);
}

absl::string_view EntryHasher::HashOf(const v1::Entry& entry) {
  return HashAt(entry.position(), entry.previous_hash(),
                ContentDigestOf(entry));
}

std::string HashBeforeFirst() { return std::string(kHashBytes, '\0'); }

std::string ContentDigestOf(const v1::Entry& entry) {
  return std::string(EntryHasher().ContentDigestOf(entry));
}

std::string HashAt(int64_t position, absl::string_view previous_hash,
                   absl::string_view content_digest) {
  return std::string(
      EntryHasher().HashAt(position, previous_hash, content_digest));
}

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
