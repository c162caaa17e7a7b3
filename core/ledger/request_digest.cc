#include "core/ledger/request_digest.h"

#include <openssl/sha.h>

#include <memory>

#include "absl/strings/str_cat.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"

namespace frikommune::ledger {
namespace {

using google::protobuf::Message;

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
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string DigestOfRequest(absl::string_view call, const Message& request) {
  const std::unique_ptr<Message> without_id(request.New());
  without_id->CopyFrom(request);
  const auto* field = request.GetDescriptor()->FindFieldByName(kRequestId);
  if (field != nullptr) {
    without_id->GetReflection()->ClearField(without_id.get(), field);
  }
  return Sha256(absl::StrCat(call, "\n", Canonical(*without_id)));
}

}  // namespace frikommune::ledger
