#ifndef FRIKOMMUNE_ADAPTERS_POSTGRES_PARAMETERS_H_
#define FRIKOMMUNE_ADAPTERS_POSTGRES_PARAMETERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace frikommune::postgres {

// The parameters of a statement in PostgreSQL's binary format, by their places.
class Parameters {
 public:
  Parameters& AddInt(int32_t value);
  Parameters& AddBigint(int64_t value);
  Parameters& AddText(absl::string_view value);
  Parameters& AddBlob(absl::string_view value);

  // Arrays, for statements that take many rows at once by unnest.
  Parameters& AddInts(const std::vector<int32_t>& values);
  Parameters& AddBigints(const std::vector<int64_t>& values);
  Parameters& AddTexts(const std::vector<absl::string_view>& values);
  Parameters& AddBytes(const std::vector<absl::string_view>& values);

  size_t size() const { return values_.size(); }
  const std::vector<uint32_t>& types() const { return types_; }
  const std::vector<std::string>& values() const { return values_; }

 private:
  Parameters& AddArray(uint32_t type, uint32_t element_type,
                       const std::vector<absl::string_view>& values);
  Parameters& Add(uint32_t type, std::string value);

  std::vector<uint32_t> types_;
  std::vector<std::string> values_;
};

}  // namespace frikommune::postgres

#endif  // FRIKOMMUNE_ADAPTERS_POSTGRES_PARAMETERS_H_
