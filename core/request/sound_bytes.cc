#include "core/request/sound_bytes.h"

#include <limits>

namespace frikommune::request {
namespace {

// Reads bytes from their first to their last, and says false where they end too
// early.
class Bytes {
 public:
  explicit Bytes(absl::string_view bytes)
      : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool AtEnd() const { return at_ == end_; }

  bool ReadNumber(uint64_t& number) {
    if (at_ < end_ && (*at_ & 0x80) == 0) {
      number = static_cast<uint8_t>(*at_++);
      return true;
    }
    return ReadLongNumber(number);
  }

  // Bytes that follow their length.
  bool ReadText(absl::string_view& text) {
    uint64_t size = 0;
    if (!ReadNumber(size)) return false;
    const char* const begin = at_;
    if (!Skip(size)) return false;
    text = {begin, static_cast<size_t>(size)};
    return true;
  }

  bool Skip(uint64_t bytes) {
    if (bytes > static_cast<uint64_t>(end_ - at_)) return false;
    at_ += bytes;
    return true;
  }

 private:
  bool ReadLongNumber(uint64_t& number) {
    number = 0;
    for (int shift = 0; shift < 64 && at_ < end_; shift += 7) {
      const auto byte = static_cast<uint8_t>(*at_++);
      number |= uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return true;
    }
    return false;
  }

  const char* at_;
  const char* const end_;
};

// What a tag says of the bytes after it. Groups are no message's of ours.
enum WireType : uint32_t {
  kVarint = 0,
  kFixed64 = 1,
  kLength = 2,
  kFixed32 = 5
};

bool SkipField(uint64_t type, Bytes& in) {
  uint64_t number = 0;
  absl::string_view text;
  switch (type) {
    case kVarint:
      return in.ReadNumber(number);
    case kFixed64:
      return in.Skip(8);
    case kLength:
      return in.ReadText(text);
    case kFixed32:
      return in.Skip(4);
    default:
      return false;
  }
}

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

Seen ReadNumber(const Rule& rule, Bytes& in) {
  uint64_t number = 0;
  if (!in.ReadNumber(number)) return Seen::kUnsound;
  // Zero says nothing where unset is no answer of its own.
  if (number == 0 && !rule.has_presence && !rule.repeated) return Seen::kUnset;
  return IsSoundNumber(rule, number) ? Seen::kSet : Seen::kUnsound;
}

bool AreSoundNumbers(const Rule& rule, absl::string_view packed) {
  Bytes in(packed);
  while (!in.AtEnd()) {
    uint64_t number = 0;
    if (!in.ReadNumber(number) || !IsSoundNumber(rule, number)) return false;
  }
  return true;
}

Seen ReadBytes(const Rule& rule, Bytes& in) {
  absl::string_view bytes;
  if (!in.ReadText(bytes)) return Seen::kUnsound;
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
  Bytes in(bytes);
  uint64_t seen = 0;
  while (!in.AtEnd()) {
    uint64_t tag = 0;
    // Fields are counted from 1 on.
    if (!in.ReadNumber(tag) || tag < 8 ||
        tag > std::numeric_limits<uint32_t>::max()) {
      return false;
    }
    const uint64_t type = tag & 7;
    const Rule* const rule = table.Find(static_cast<int>(tag >> 3));
    if (rule == nullptr) {
      if (!SkipField(type, in)) return false;
      continue;
    }
    const uint64_t bit = table.BitOf(*rule);
    if ((seen & bit) != 0 && !rule->repeated) return false;
    Seen found = Seen::kUnsound;
    if (type == kVarint) {
      found = ReadNumber(*rule, in);
    } else if (type == kLength) {
      found = ReadBytes(*rule, in);
    }
    if (found == Seen::kUnsound) return false;
    if (found == Seen::kSet) seen |= bit;
  }
  return (seen & table.required) == table.required;
}

}  // namespace frikommune::request
