#include "core/scheduling/notes.h"

#include "absl/strings/str_cat.h"
#include "core/scheduling/dates.h"

namespace frikommune::scheduling {

void Notes::Add(absl::string_view code, absl::string_view about) {
  for (const Note& note : notes_) {
    if (note.code == code && note.about == about) return;
  }
  notes_.push_back({code, std::string(about)});
}

void Notes::AddOfCourse(civil_time::Date day) {
  const catalog::Snapshot& snapshot = facts_.snapshot();
  if (facts_.unemployment().taken_as_uninterrupted()) {
    Add("TAKEN_AS_UNINTERRUPTED", "course.unemployment_start");
  }
  if (facts_.course().has_policy()) Add("ASSUMED_POLICY", "course.policy");
  for (const auto& delegation : snapshot.catalog().network.delegations()) {
    if (snapshot.MunicipalityIndex(delegation.from_municipality()) ==
            facts_.municipality() &&
        DateIn(delegation.from()) <= day &&
        (delegation.to().empty() || day <= DateIn(delegation.to()))) {
      Add("DELEGATED",
          absl::StrCat("municipalities/", delegation.to_municipality()));
    }
  }
  for (const CaseFacts::Event& event : facts_.events()) {
    if (event.counts.has_value()) continue;
    Add("EVENT_NOT_JUDGED", absl::StrCat("course.meetings[", event.index, "]"));
  }
}

decision::Flags Notes::Take(const decision::Answer& answer,
                            catalog::Facts& facts) {
  decision::Flags flags = decision::FlagsOf(answer, facts);
  for (const absl::string_view flag : flags) {
    if (!facts_.snapshot().NoteTextOf(flag).en().empty()) {
      Add(flag, answer.question->id);
    }
  }
  if (facts_.course().has_policy()) flags.push_back("ASSUMED_POLICY");
  return flags;
}

void Notes::Write(int field, decision::v1::View view,
                  wire::MessageWriter& out) const {
  for (const Note& note : notes_) {
    out.Message(field, [&] {
      out.Text(v1::Note::kCodeFieldNumber, note.code);
      if (view == decision::v1::VIEW_FULL) {
        decision::WriteText(v1::Note::kTextFieldNumber,
                            facts_.snapshot().NoteTextOf(note.code), out);
      }
      out.Text(v1::Note::kAboutFieldNumber, note.about);
    });
  }
}

}  // namespace frikommune::scheduling
