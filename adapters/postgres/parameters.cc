#include "adapters/postgres/parameters.h"

#include <utility>

namespace frikommune::postgres {
namespace {

// The numbers of the built-in types, which never change: pg_type.dat.
constexpr uint32_t kBytea = 17;
constexpr uint32_t kInt8 = 20;
constexpr uint32_t kInt4 = 23;
constexpr uint32_t kText = 25;
constexpr uint32_t kByteaArray = 1001;
constexpr uint32_t kInt4Array = 1007;
constexpr uint32_t kTextArray = 1009;
constexpr uint32_t kInt8Array = 1016;

// Most significant byte first.
template <typename Number>
void AppendNumber(Number number, std::string& out) {
  const auto bits = static_cast<uint64_t>(number);
  for (size_t i = sizeof(Number); i-- > 0;) {
    out.push_back(static_cast<char>(bits >> (8 * i)));
  }
}

template <typename Number>
std::string NumberBytes(Number number) {
  std::string bytes;
  AppendNumber(number, bytes);
  return bytes;
}

template <typename Number>
std::vector<std::string> EachInBytes(const std::vector<Number>& values) {
  std::vector<std::string> bytes;
  bytes.reserve(values.size());
  for (const Number value : values) bytes.push_back(NumberBytes(value));
  return bytes;
}

}  // namespace

Parameters& Parameters::AddInt(int32_t value) {
  return Add(kInt4, NumberBytes(value));
}

Parameters& Parameters::AddBigint(int64_t value) {
  return Add(kInt8, NumberBytes(value));
}

Parameters& Parameters::AddText(absl::string_view value) {
  return Add(kText, std::string(value));
}

Parameters& Parameters::AddBlob(absl::string_view value) {
  return Add(kBytea, std::string(value));
}

Parameters& Parameters::AddInts(const std::vector<int32_t>& values) {
  const std::vector<std::string> bytes = EachInBytes(values);
  return AddArray(kInt4Array, kInt4, {bytes.begin(), bytes.end()});
}

Parameters& Parameters::AddBigints(const std::vector<int64_t>& values) {
  const std::vector<std::string> bytes = EachInBytes(values);
  return AddArray(kInt8Array, kInt8, {bytes.begin(), bytes.end()});
}

Parameters& Parameters::AddTexts(const std::vector<absl::string_view>& values) {
  return AddArray(kTextArray, kText, values);
}

Parameters& Parameters::AddBytes(const std::vector<absl::string_view>& values) {
  return AddArray(kByteaArray, kBytea, values);
}

// An array of one dimension without nulls: how many dimensions, whether there
// are nulls, the type of the elements, how many, the first index; then each
// element's length and bytes.
Parameters& Parameters::AddArray(uint32_t type, uint32_t element_type,
                                 const std::vector<absl::string_view>& values) {
  std::string bytes;
  AppendNumber(int32_t{1}, bytes);
  AppendNumber(int32_t{0}, bytes);
  AppendNumber(element_type, bytes);
  AppendNumber(static_cast<int32_t>(values.size()), bytes);
  AppendNumber(int32_t{1}, bytes);
  for (const absl::string_view value : values) {
    AppendNumber(static_cast<int32_t>(value.size()), bytes);
    bytes.append(value.data(), value.size());
  }
  return Add(type, std::move(bytes));
}

Parameters& Parameters::Add(uint32_t type, std::string value) {
  types_.push_back(type);
  values_.push_back(std::move(value));
  return *this;
}

}  // namespace frikommune::postgres
