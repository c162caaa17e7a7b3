#ifndef FRIKOMMUNE_CORE_SCHEDULING_VOCABULARY_H_
#define FRIKOMMUNE_CORE_SCHEDULING_VOCABULARY_H_

#include "core/catalog/snapshot.h"

namespace frikommune::scheduling {

// The name of the area of law that scheduling decides by.
inline constexpr char kArea[] = "scheduling";

// The words of catalog/law/scheduling: the fields of a contact course, of a
// meeting (as "meeting.form"), and the facts found from them.
catalog::AreaVocabulary SchedulingVocabulary();

// The roots to load facts by, in the order SchedulingVocabulary adds them.
inline constexpr int kCourseRoot = 0;
inline constexpr int kMeetingRoot = 1;
inline constexpr int kDerivedRoot = 2;

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_VOCABULARY_H_
