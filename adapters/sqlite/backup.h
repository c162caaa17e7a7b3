#ifndef FRIKOMMUNE_ADAPTERS_SQLITE_BACKUP_H_
#define FRIKOMMUNE_ADAPTERS_SQLITE_BACKUP_H_

#include <string>

#include "absl/status/status.h"

namespace frikommune::sqlite {

// Copies the database file `from`, as it is at one moment, to `to`. Others may
// write to it meanwhile, and wait for nothing. The copy gets its name when it
// is whole and on the disk.
//
// NOT_FOUND if there is no file; ALREADY_EXISTS if there is one in `to`;
// otherwise the errors of ToStatus.
absl::Status Backup(const std::string& from, const std::string& to);

}  // namespace frikommune::sqlite

#endif  // FRIKOMMUNE_ADAPTERS_SQLITE_BACKUP_H_
