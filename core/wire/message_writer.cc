#include "core/wire/message_writer.h"

#include <algorithm>
#include <cassert>
#include <new>

namespace frikommune::wire {

void MessageWriter::Grow(size_t bytes) {
  const size_t written = size();
  const size_t capacity = static_cast<size_t>(limit_ - memory_.get());
  const size_t wanted = std::max(written + bytes, 2 * capacity);
  void* const grown = std::realloc(memory_.get(), wanted);
  if (grown == nullptr) throw std::bad_alloc();
  // realloc has let go of the old memory, or still uses it.
  (void)memory_.release();
  memory_.reset(static_cast<char*>(grown));
  end_ = memory_.get() + written;
  limit_ = memory_.get() + wanted;
}

void MessageWriter::CloseLong(size_t begin, size_t length, size_t left) {
  char encoded[kLengthBytesMax];
  const auto taken = static_cast<size_t>(PutVarint(length, encoded) - encoded);
  if (taken != left) {
    Room(taken);
    char* const fields = memory_.get() + begin;
    std::memmove(fields - left + taken, fields, length);
    end_ = fields - left + taken + length;
  }
  std::memcpy(memory_.get() + begin - left, encoded, taken);
}

void WriteMessage(int field, const google::protobuf::Message& message,
                  MessageWriter& out) {
  const size_t bytes = message.ByteSizeLong();
  message.SerializeWithCachedSizesToArray(
      reinterpret_cast<uint8_t*>(out.TextToFill(field, bytes)));
}

void Read(const MessageWriter& written, google::protobuf::Message& out) {
  [[maybe_unused]] const bool read = out.ParseFromArray(
      written.bytes().data(), static_cast<int>(written.size()));
  assert(read);
}

}  // namespace frikommune::wire
