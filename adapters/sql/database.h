#ifndef FRIKOMMUNE_ADAPTERS_SQL_DATABASE_H_
#define FRIKOMMUNE_ADAPTERS_SQL_DATABASE_H_

#include <cstdint>
#include <string>
#include <variant>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace frikommune::sql {

// Bytes that are no text.
struct Blob {
  absl::string_view bytes;
};

// What takes the place of $1, $2, ... in a statement.
using Value = std::variant<int64_t, absl::string_view, Blob>;

// A row that a statement gives; its columns are counted from 0.
class Row {
 public:
  virtual int64_t Int(int column) const = 0;
  virtual std::string Bytes(int column) const = 0;

 protected:
  ~Row() = default;
};

// Runs statements, one after the other, in the SQL that every engine here
// understands.
class Session {
 public:
  // Gives each row to `take`, which may end it with an error of its own.
  //
  // ABORTED if a key is taken or another transaction was in the way;
  // UNAVAILABLE if the database cannot be reached; RESOURCE_EXHAUSTED if it has
  // no room. After an error nothing more may be run.
  virtual absl::Status Run(
      const std::string& statement, absl::Span<const Value> values,
      absl::FunctionRef<absl::Status(const Row&)> take) = 0;

 protected:
  ~Session() = default;
};

// A database, as what is kept in it sees it. Safe to call from many threads at
// once; calls wait for it.
class Database {
 public:
  using Act = absl::FunctionRef<absl::Status(Session&)>;

  virtual ~Database() = default;

  // Runs `act` in one transaction, which sees at every statement what others
  // have committed by then: on OK all of it is kept and will outlast a crash,
  // on an error nothing, and that error is returned. UNAVAILABLE if the
  // database was lost, and then this is not known.
  virtual absl::Status Change(Act act) = 0;

  // Runs `act`, which only reads. It may be run again from its beginning.
  virtual absl::Status Read(Act act) = 0;
};

}  // namespace frikommune::sql

#endif  // FRIKOMMUNE_ADAPTERS_SQL_DATABASE_H_
