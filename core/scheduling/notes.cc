#include "core/scheduling/notes.h"

#include "absl/strings/str_cat.h"
#include "core/scheduling/dates.h"

namespace frikommune::scheduling {

void AddNote(const catalog::Snapshot& snapshot, absl::string_view code,
             absl::string_view about, decision::v1::View view,
             NoteList& notes) {
  for (const v1::Note& note : notes) {
    if (note.code() == code && note.about() == about) return;
  }
  v1::Note& note = *notes.Add();
  note.set_code(std::string(code));
  note.set_about(std::string(about));
  if (view == decision::v1::VIEW_FULL)
    *note.mutable_text() = snapshot.NoteTextOf(code);
}

void AddCourseNotes(const CaseFacts& facts, civil_time::Date day,
                    decision::v1::View view, NoteList& notes) {
  const catalog::Snapshot& snapshot = facts.snapshot();
  if (facts.unemployment().taken_as_uninterrupted()) {
    AddNote(snapshot, "TAKEN_AS_UNINTERRUPTED", "course.unemployment_start",
            view, notes);
  }
  if (facts.course().has_policy()) {
    AddNote(snapshot, "ASSUMED_POLICY", "course.policy", view, notes);
  }
  for (const auto& delegation : snapshot.catalog().network.delegations()) {
    if (snapshot.MunicipalityIndex(delegation.from_municipality()) ==
            facts.municipality() &&
        DateIn(delegation.from()) <= day &&
        (delegation.to().empty() || day <= DateIn(delegation.to()))) {
      AddNote(snapshot, "DELEGATED",
              absl::StrCat("municipalities/", delegation.to_municipality()),
              view, notes);
    }
  }
  for (const CaseFacts::Event& event : facts.events()) {
    if (event.counts.has_value()) continue;
    AddNote(snapshot, "EVENT_NOT_JUDGED",
            absl::StrCat("course.meetings[", event.index, "]"), view, notes);
  }
}

void AddFlagNotes(const CaseFacts& facts, decision::v1::View view,
                  decision::v1::Decision& decision, NoteList& notes) {
  const catalog::Snapshot& snapshot = facts.snapshot();
  for (const std::string& flag : decision.flags()) {
    if (snapshot.NoteTextOf(flag).en().empty()) continue;
    AddNote(snapshot, flag, decision.provision(), view, notes);
  }
  if (facts.course().has_policy()) decision.add_flags("ASSUMED_POLICY");
}

}  // namespace frikommune::scheduling
