#ifndef FRIKOMMUNE_CORE_REQUEST_CPR_H_
#define FRIKOMMUNE_CORE_REQUEST_CPR_H_

#include "absl/strings/string_view.h"

namespace frikommune::request {

// Whether `text` holds what looks like a civil registration number
// (CPR-nummer): DDMMYYSSSS or DDMMYY-SSSS as a word of its own, with a day and
// a month of the calendar. The day of a replacement number
// (erstatningspersonnummer) is 60 higher, and is found too.
//
// It goes by the form alone, for the check digit has not been reliable since
// 2007: one in eight numbers of ten digits looks like one. Does not look for
// numbers joined to letters, or written with other marks than one hyphen.
bool HoldsCprNumber(absl::string_view text);

}  // namespace frikommune::request

#endif  // FRIKOMMUNE_CORE_REQUEST_CPR_H_
