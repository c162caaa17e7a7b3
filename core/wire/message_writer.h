#ifndef FRIKOMMUNE_CORE_WIRE_MESSAGE_WRITER_H_
#define FRIKOMMUNE_CORE_WIRE_MESSAGE_WRITER_H_

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "core/wire/piece.h"
#include "google/protobuf/message.h"

namespace frikommune::wire {

// How long a message is expected to be: the bytes that its length takes. One
// that turns out otherwise is moved.
enum class Expect : size_t { kShort = 1, kLong = 2 };

// Writes a message as protobuf encodes it, without making the message first:
// what an answer repeats is copied, and nothing is walked a second time. Fields
// are named by their generated constants, and the fields of an open message are
// written in the order of their numbers:
//
//   out.Text(v1::Plan::kNameFieldNumber, name);
//   out.Message(v1::Plan::kDutyFieldNumber, [&] {
//     out.Number(v1::Duty::kKindFieldNumber, kind);
//   });
//
// The bytes are then those that the message itself would be serialised to.
// Not safe to share between threads.
class MessageWriter {
 public:
  // Memory from malloc.
  struct Free {
    void operator()(char* bytes) const { std::free(bytes); }
  };
  using Memory = std::unique_ptr<char, Free>;

  // Takes memory for so many bytes, and more as it is needed.
  explicit MessageWriter(size_t bytes_expected) { Grow(bytes_expected); }

  // A text, unless it is empty.
  void Text(int field, absl::string_view text) {
    if (!text.empty()) AddText(field, text);
  }

  // A number, an enum or a boolean, unless it is zero.
  void Number(int field, int32_t number) {
    if (number != 0) AddNumber(field, number);
  }

  // Likewise whatever it is: one more of a repeated field, or a field that may
  // be unset.
  void AddText(int field, absl::string_view text) {
    CopyText(text, TextToFill(field, text.size()));
  }
  void AddNumber(int field, int32_t number) {
    char* at = Room(kTagBytesMax + kVarintBytesMax);
    at = PutTag(field, kVarint, at);
    // Negative numbers are written as 64 bits.
    end_ = PutVarint(static_cast<uint64_t>(int64_t{number}), at);
  }

  // A text of so many bytes, which the caller writes to where this says before
  // anything else is written.
  char* TextToFill(int field, size_t bytes) {
    char* at = Room(kTagBytesMax + kLengthBytesMax + bytes);
    at = PutTag(field, kLengthDelimited, at);
    at = PutVarint(bytes, at);
    end_ = at + bytes;
    return at;
  }

  // One of the numbers of a packed field, which is opened by Message.
  void PackedNumber(int32_t number) {
    end_ = PutVarint(static_cast<uint64_t>(int64_t{number}),
                     Room(kVarintBytesMax));
  }

  // Fields of the open message that were encoded before.
  void Encoded(absl::string_view fields) {
    char* const at = Room(fields.size());
    std::memcpy(at, fields.data(), fields.size());
    end_ = at + fields.size();
  }

  // Likewise. Says where what is written ends, so that a caller may write over
  // the last of it.
  char* Encoded(const Piece& piece) {
    char* const at = Room(piece.padded_size());
    piece.CopyTo(at);
    end_ = at + piece.size();
    return end_;
  }
  // A message with the fields that `fill()` writes. One that takes less than
  // 128 bytes is written fastest if it is expected to be short, and one that
  // takes up to 16 KB if it is expected to be long.
  template <typename Fill>
  void Message(int field, const Fill& fill, Expect expect = Expect::kShort) {
    const size_t begin = Open(field, expect);
    fill();
    Close(begin, expect);
  }

  // The same where `fill()` returns an absl::Status. Unless that is OK, nothing
  // is written.
  template <typename Fill>
  absl::Status TryMessage(int field, const Fill& fill,
                          Expect expect = Expect::kShort) {
    const size_t before = size();
    const size_t begin = Open(field, expect);
    absl::Status status = fill();
    if (status.ok()) {
      Close(begin, expect);
    } else {
      end_ = memory_.get() + before;
    }
    return status;
  }

  // The message that was written from `begin` to `end` as the field `as`, and
  // nothing besides, once more as the field `field`.
  void Repeat(int field, int as, size_t begin, size_t end) {
    begin += as < 16 ? 1 : 2;
    const size_t bytes = end - begin;
    char* const at =
        PutTag(field, kLengthDelimited, Room(kTagBytesMax + bytes));
    std::memcpy(at, memory_.get() + begin, bytes);
    end_ = at + bytes;
  }

  size_t size() const { return static_cast<size_t>(end_ - memory_.get()); }

  // What is written. Holds until more is.
  absl::string_view bytes() const { return {memory_.get(), size()}; }

  // Forgets what is written, and keeps the memory.
  void Clear() { end_ = memory_.get(); }

  // Gives away the memory that holds what is written, its first size() bytes.
  // Nothing may be written after.
  Memory Release() { return std::move(memory_); }

 private:
  static constexpr uint32_t kVarint = 0;
  static constexpr uint32_t kLengthDelimited = 2;
  static constexpr size_t kTagBytesMax = 2;
  static constexpr size_t kLengthBytesMax = 5;
  static constexpr size_t kVarintBytesMax = 10;

  // Copies the first and the last bytes of a text, which together are all of
  // it.
  template <size_t kBytes>
  static void CopyEnds(absl::string_view text, char* at) {
    std::memcpy(at, text.data(), kBytes);
    const size_t last = text.size() - kBytes;
    std::memcpy(at + last, text.data() + last, kBytes);
  }
  // Most texts are so short that a call costs more than their copy.
  static void CopyText(absl::string_view text, char* at) {
    const size_t size = text.size();
    if (size < 4 || size > 32) {
      std::memcpy(at, text.data(), size);
    } else if (size < 8) {
      CopyEnds<4>(text, at);
    } else if (size < 16) {
      CopyEnds<8>(text, at);
    } else {
      CopyEnds<16>(text, at);
    }
  }
  static char* PutVarint(uint64_t number, char* at) {
    while (number >= 0x80) {
      *at++ = static_cast<char>(number | 0x80);
      number >>= 7;
    }
    *at++ = static_cast<char>(number);
    return at;
  }

  // Fields are numbered below 2048.
  static char* PutTag(int field, uint32_t type, char* at) {
    return PutVarint(static_cast<uint32_t>(field) << 3 | type, at);
  }

  // Where the next bytes go, of which there is room for so many.
  char* Room(size_t bytes) {
    if (static_cast<size_t>(limit_ - end_) < bytes) Grow(bytes);
    return end_;
  }
  void Grow(size_t bytes);

  // Begins a message, and returns where its fields begin. So many bytes are
  // left for their length.
  size_t Open(int field, Expect expect) {
    const auto left = static_cast<size_t>(expect);
    end_ = PutTag(field, kLengthDelimited, Room(kTagBytesMax + left)) + left;
    return size();
  }

  // Ends it, and writes the length before its fields.
  void Close(size_t begin, Expect expect) {
    const size_t length = size() - begin;
    if (expect == Expect::kShort && length < 0x80) {
      memory_.get()[begin - 1] = static_cast<char>(length);
    } else if (expect == Expect::kLong && length >= 0x80 && length < 0x4000) {
      memory_.get()[begin - 2] = static_cast<char>(length | 0x80);
      memory_.get()[begin - 1] = static_cast<char>(length >> 7);
    } else {
      CloseLong(begin, length, static_cast<size_t>(expect));
    }
  }
  void CloseLong(size_t begin, size_t length, size_t left);

  Memory memory_;
  char* end_ = nullptr;
  char* limit_ = nullptr;
};

// Writes a message that was made, as a field.
void WriteMessage(int field, const google::protobuf::Message& message,
                  MessageWriter& out);

// Reads what is written as the message that it is, for those who want it so.
// It must be a whole one.
void Read(const MessageWriter& written, google::protobuf::Message& out);

}  // namespace frikommune::wire

#endif  // FRIKOMMUNE_CORE_WIRE_MESSAGE_WRITER_H_
