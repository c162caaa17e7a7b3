#include "adapters/ledger/packing.h"

#include <zstd.h>

#include <cstdlib>
#include <iterator>
#include <memory>
#include <vector>

#include "core/ledger/sha256.h"

namespace frikommune::ledger {
namespace {

// The fastest that still packs as well as any.
constexpr int kLevel = -1;
constexpr size_t kCheckBytes = 8;
// No entry is as large: a request is at most 4 MiB.
constexpr unsigned long long kEntryBytesMax = 64ULL << 20;

struct Dictionary {
  const char* bytes;
  size_t size;
};

constexpr Dictionary kDictionaries[] = {
#include "dictionaries_embedded.inc"
};

struct Free {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// Those that zstd has prepared live as long as the process, whose last thread
// may pack. The newest one packs.
const ZSTD_CDict* PackingDictionary() {
  static const ZSTD_CDict* const kNewest = [] {
    const Dictionary& dictionary = *std::prev(std::end(kDictionaries));
    return ZSTD_createCDict(dictionary.bytes, dictionary.size, kLevel);
  }();
  return kNewest;
}

// The one that packed these bytes; null if there is none.
const ZSTD_DDict* UnpackingDictionary(absl::string_view compressed) {
  static const auto& prepared = *[] {
    auto* const all = new std::vector<const ZSTD_DDict*>();
    for (const Dictionary& dictionary : kDictionaries) {
      all->push_back(ZSTD_createDDict(dictionary.bytes, dictionary.size));
    }
    return all;
  }();
  const unsigned id =
      ZSTD_getDictID_fromFrame(compressed.data(), compressed.size());
  for (const ZSTD_DDict* const dictionary : prepared) {
    if (ZSTD_getDictID_fromDDict(dictionary) == id) return dictionary;
  }
  return nullptr;
}

// The first bytes of the SHA-256: zstd would read some changed bytes as if they
// were whole.
void WriteCheck(absl::string_view compressed, char* out) {
  Sha256Hasher::ThisThreads().HashOf(compressed).copy(out, kCheckBytes);
}

}  // namespace

std::string Pack(absl::string_view bytes) {
  thread_local std::unique_ptr<ZSTD_CCtx, Free> context(ZSTD_createCCtx());
  thread_local std::vector<char> room;
  const size_t bound = ZSTD_compressBound(bytes.size());
  if (room.size() < bound) room.resize(bound);
  const size_t size =
      ZSTD_compress_usingCDict(context.get(), room.data(), room.size(),
                               bytes.data(), bytes.size(), PackingDictionary());
  // There is room, and so nothing else can be wrong but memory.
  if (ZSTD_isError(size) != 0) std::abort();
  std::string packed(kCheckBytes + size, '\0');
  packed.replace(kCheckBytes, size, room.data(), size);
  WriteCheck({room.data(), size}, packed.data());
  return packed;
}

std::optional<absl::string_view> Unpack(absl::string_view packed) {
  thread_local std::unique_ptr<ZSTD_DCtx, Free> context(ZSTD_createDCtx());
  thread_local std::vector<char> room;
  if (packed.size() < kCheckBytes) return std::nullopt;
  const absl::string_view compressed = packed.substr(kCheckBytes);
  char check[kCheckBytes];
  WriteCheck(compressed, check);
  if (packed.substr(0, kCheckBytes) != absl::string_view(check, kCheckBytes)) {
    return std::nullopt;
  }
  const unsigned long long said =
      ZSTD_getFrameContentSize(compressed.data(), compressed.size());
  const ZSTD_DDict* const dictionary = UnpackingDictionary(compressed);
  if (said > kEntryBytesMax || dictionary == nullptr) return std::nullopt;
  if (room.size() <= said) room.resize(said + 1);
  const size_t size = ZSTD_decompress_usingDDict(context.get(), room.data(),
                                                 room.size(), compressed.data(),
                                                 compressed.size(), dictionary);
  if (ZSTD_isError(size) != 0 || size != said) return std::nullopt;
  return absl::string_view(room.data(), size);
}

}  // namespace frikommune::ledger
