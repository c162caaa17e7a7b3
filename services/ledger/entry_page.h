#ifndef FRIKOMMUNE_SERVICES_LEDGER_ENTRY_PAGE_H_
#define FRIKOMMUNE_SERVICES_LEDGER_ENTRY_PAGE_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"
#include "frikommune/ledger/v1/ledger_service.pb.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "ports/ledger.h"

namespace frikommune::ledger {

// A page ends when it is this large, so that a message of one can be received
// by anyone.
constexpr size_t kPageBytesMax = size_t{1} << 20;

// How many entries are looked at for one page.
constexpr int kLookedAtMax = 8192;

// How far a page went.
struct PageEnd {
  // The last position that it has dealt with.
  int64_t position = 0;
  // There is nothing after it.
  bool at_end = false;
};

// Reads the entries of a municipality after a position into `out`: those that
// `filter` lets through, at most `entries_max`. Waits for the store, in parts,
// so that nobody else waits long.
//
// The errors of Ledger; DATA_LOSS if an entry cannot be read.
absl::StatusOr<PageEnd> ReadPage(
    Ledger& ledger, int municipality, const v1::EntryFilter& filter,
    int64_t after, int entries_max,
    google::protobuf::RepeatedPtrField<v1::Entry>& out);

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_SERVICES_LEDGER_ENTRY_PAGE_H_
