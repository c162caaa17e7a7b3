#include "core/ledger/request_digest.h"

#include "absl/strings/str_cat.h"
#include "core/ledger/sha256.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "google/protobuf/wire_format_lite.h"

namespace frikommune::ledger {
namespace {

using google::protobuf::Message;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

constexpr char kRequestId[] = "request_id";

}  // namespace

std::string Canonical(const Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

std::string Sha256(absl::string_view bytes) {
  return std::string(Sha256Hasher::ThisThreads().HashOf(bytes));
}

std::string DigestOfRequest(absl::string_view call, const Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName(kRequestId);
  return DigestOfCanonical(call, Canonical(request),
                           field == nullptr ? 0 : field->number());
}

std::string DigestOfCanonical(absl::string_view call,
                              absl::string_view canonical,
                              int request_id_field) {
  std::string bytes = absl::StrCat(call, "\n");
  CodedInputStream input(reinterpret_cast<const uint8_t*>(canonical.data()),
                         static_cast<int>(canonical.size()));
  // What stands between request ids is taken over as it is.
  size_t begin = 0;
  size_t end = 0;
  while (const uint32_t tag = input.ReadTag()) {
    const bool is_id =
        WireFormatLite::GetTagFieldNumber(tag) == request_id_field;
    if (!WireFormatLite::SkipField(&input, tag)) break;
    const auto after = static_cast<size_t>(input.CurrentPosition());
    if (is_id) {
      absl::StrAppend(&bytes, canonical.substr(begin, end - begin));
      begin = after;
    }
    end = after;
  }
  absl::StrAppend(&bytes, canonical.substr(begin));
  return Sha256(bytes);
}

}  // namespace frikommune::ledger
