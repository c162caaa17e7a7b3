#include "core/request/sound_bytes.h"

#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace frikommune::request {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

bool IsSoundText(const Rule& rule, absl::string_view text) {
  return ReasonAgainst(rule, text) == decision::v1::ERROR_REASON_UNSPECIFIED;
}

// Whether a number that is there keeps its rule.
bool IsSoundNumber(const Rule& rule, uint64_t number) {
  const auto value = static_cast<int32_t>(number);
  switch (rule.kind) {
    case Kind::kEnum:
      return Names(rule, value);
    case Kind::kInteger:
      return IsWithin(rule, value);
    default:
      return rule.kind == Kind::kPresence;
  }
}

// What a field was found to be.
enum class Seen { kUnsound, kUnset, kSet };

Seen SeenIf(bool set) { return set ? Seen::kSet : Seen::kUnset; }

Seen ReadNumber(const Rule& rule, CodedInputStream& in) {
  uint64_t number = 0;
  if (!in.ReadVarint64(&number)) return Seen::kUnsound;
  // Zero says nothing where unset is no answer of its own.
  if (number == 0 && !rule.has_presence && !rule.repeated) return Seen::kUnset;
  return IsSoundNumber(rule, number) ? Seen::kSet : Seen::kUnsound;
}

bool AreSoundNumbers(const Rule& rule, absl::string_view packed) {
  CodedInputStream in(reinterpret_cast<const uint8_t*>(packed.data()),
                      static_cast<int>(packed.size()));
  while (in.CurrentPosition() < static_cast<int>(packed.size())) {
    uint64_t number = 0;
    if (!in.ReadVarint64(&number) || !IsSoundNumber(rule, number)) return false;
  }
  return true;
}

Seen ReadBytes(const Rule& rule, CodedInputStream& in) {
  int size = 0;
  if (!in.ReadVarintSizeAsInt(&size)) return Seen::kUnsound;
  const void* data = nullptr;
  int left = 0;
  in.GetDirectBufferPointerInline(&data, &left);
  if (size > left || !in.Skip(size)) return Seen::kUnsound;
  const absl::string_view bytes(static_cast<const char*>(data),
                                static_cast<size_t>(size));
  switch (rule.kind) {
    case Kind::kText:
    case Kind::kDate:
      if (bytes.empty() && !rule.has_presence && !rule.repeated) {
        return Seen::kUnset;
      }
      return IsSoundText(rule, bytes) ? Seen::kSet : Seen::kUnsound;
    case Kind::kMessage:
      return AreSound(*rule.inside, bytes) ? Seen::kSet : Seen::kUnsound;
    case Kind::kEnum:
    case Kind::kInteger:
      return rule.repeated && AreSoundNumbers(rule, bytes)
                 ? SeenIf(!bytes.empty())
                 : Seen::kUnsound;
    case Kind::kPresence:
      return SeenIf(!bytes.empty() || rule.has_presence || rule.repeated);
  }
  return Seen::kUnsound;
}

}  // namespace

bool AreSound(const Table& table, absl::string_view bytes) {
  if (!table.has_bits) return false;
  CodedInputStream in(reinterpret_cast<const uint8_t*>(bytes.data()),
                      static_cast<int>(bytes.size()));
  uint64_t seen = 0;
  while (const uint32_t tag = in.ReadTag()) {
    const Rule* const rule = table.Find(WireFormatLite::GetTagFieldNumber(tag));
    if (rule == nullptr) {
      if (!WireFormatLite::SkipField(&in, tag)) return false;
      continue;
    }
    const uint64_t bit = table.BitOf(*rule);
    if ((seen & bit) != 0 && !rule->repeated) return false;
    Seen found = Seen::kUnsound;
    switch (WireFormatLite::GetTagWireType(tag)) {
      case WireFormatLite::WIRETYPE_VARINT:
        found = ReadNumber(*rule, in);
        break;
      case WireFormatLite::WIRETYPE_LENGTH_DELIMITED:
        found = ReadBytes(*rule, in);
        break;
      default:
        break;
    }
    if (found == Seen::kUnsound) return false;
    if (found == Seen::kSet) seen |= bit;
  }
  return in.CurrentPosition() == static_cast<int>(bytes.size()) &&
         (seen & table.required) == table.required;
}

}  // namespace frikommune::request
