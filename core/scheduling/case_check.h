#ifndef FRIKOMMUNE_CORE_SCHEDULING_CASE_CHECK_H_
#define FRIKOMMUNE_CORE_SCHEDULING_CASE_CHECK_H_

#include <optional>

#include "absl/status/status.h"
#include "frikommune/scheduling/v1/contact_course.pb.h"

namespace frikommune::scheduling {

// The most events a course may hold.
inline constexpr int kMostMeetings = 200;

// Checks what the fields of a course alone cannot say: that stretches do not
// end before they begin or overlap, that no event lies before its start, that
// numbered events have a number and that no two held ones share it. Errors
// carry a reason and a field, as Plan in scheduling.h says.
absl::Status CheckCourse(const v1::ContactCourse& course);

// Checks a meeting as CheckCourse does those in the list: the one at `place`,
// or the one in the field `meeting`.
absl::Status CheckMeeting(const v1::ContactCourse& course,
                          const v1::Meeting& meeting,
                          std::optional<int> place = std::nullopt);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_CASE_CHECK_H_
