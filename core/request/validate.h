#ifndef FRIKOMMUNE_CORE_REQUEST_VALIDATE_H_
#define FRIKOMMUNE_CORE_REQUEST_VALIDATE_H_

#include <cstddef>
#include <initializer_list>
#include <memory>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace frikommune::request {

// The longest text a caller may send in one field, in characters.
constexpr size_t kTextLengthMax = 256;

// Executes what the contract states on the fields of a request, so that no
// handler checks it by hand:
//
//   FIELD_REQUIRED      a REQUIRED field is unset: a scalar is zero or empty, a
//                       list is empty, a message is absent
//   DATE_INVALID        a `date` field is no day written YYYY-MM-DD
//   VALUE_OUT_OF_RANGE  an integer is outside at_least and at_most
//   ENUM_UNKNOWN        an enum has a number without a name
//   CPR_NOT_ALLOWED     a text holds a CPR number
//   TEXT_TOO_LONG       a text is longer than kTextLengthMax
//   TEXT_INVALID        a text holds a control character
//
// Messages within messages are checked where they are present; OUTPUT_ONLY
// fields are passed over. What depends on the catalog or on two fields at once
// is not checked here.
//
// Built once for a request type, it holds tables of the fields there is
// something to check of. Immutable and thread-safe.
class Validator {
 public:
  // For requests of the generated type `descriptor`. The contents of the
  // top-level fields named in `unopened` are left alone (a batch answers each
  // item by itself); whether they are there at all is still checked.
  explicit Validator(const google::protobuf::Descriptor* descriptor,
                     std::initializer_list<absl::string_view> unopened = {});
  ~Validator();
  Validator(const Validator&) = delete;
  Validator& operator=(const Validator&) = delete;

  // INVALID_ARGUMENT by MakeError with the reason above and the field's path,
  // "course.meetings[2].date". A missing REQUIRED field is told before anything
  // else; then the first fault in the order of the fields. `message` must be of
  // the type this was built for.
  absl::Status Check(const google::protobuf::Message& message) const;

  // Whether Check has nothing to say of the message that `bytes` encode, told
  // from the bytes as they came: several times faster, for what is not there is
  // not looked at. False says no more than that it must be asked; so it is for
  // a field that is given twice, which no client's library sends. `bytes` must
  // be a message of the type this was built for that can be parsed.
  bool IsSound(absl::string_view bytes) const;

 private:
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

}  // namespace frikommune::request

#endif  // FRIKOMMUNE_CORE_REQUEST_VALIDATE_H_
