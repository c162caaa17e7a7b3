#ifndef FRIKOMMUNE_CORE_SCHEDULING_NOTES_H_
#define FRIKOMMUNE_CORE_SCHEDULING_NOTES_H_

#include <string>

#include "core/scheduling/case_facts.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::scheduling {

using NoteList = google::protobuf::RepeatedPtrField<v1::Note>;

// Adds a note unless it is there already. Its text, for the FULL view, is the
// catalog's.
void AddNote(const catalog::Snapshot& snapshot, absl::string_view code,
             absl::string_view about, decision::v1::View view, NoteList& notes);

// Adds what is to be known of a course as a whole: that its unemployment is
// taken as uninterrupted, that policy was assumed, that another municipality
// carries the task out on that day, and which events could not be judged.
void AddCourseNotes(const CaseFacts& facts, civil_time::Date day,
                    decision::v1::View view, NoteList& notes);

// Flags a decision that local policy was assumed for, and adds a note for each
// of its flags that the catalog has a note for.
void AddFlagNotes(const CaseFacts& facts, decision::v1::View view,
                  decision::v1::Decision& decision, NoteList& notes);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_NOTES_H_
