#include "core/scheduling/vocabulary.h"

#include "core/scheduling/field_readers.h"
#include "frikommune/scheduling/v1/contact_course.pb.h"

namespace frikommune::scheduling {

catalog::AreaVocabulary SchedulingVocabulary() {
  catalog::Vocabulary words;
  words.AddMessage("", v1::ContactCourse::descriptor(), CourseReaders());
  words.AddMessage("meeting", v1::Meeting::descriptor(), MeetingReaders());
  words.AddMessage("", v1::DerivedFacts::descriptor());
  words.AskAs("start", {"unemployment_start"});
  words.AskAs("days_to_exit", {"exit.date"});
  words.AskAs("last_contact_or_start",
              {"unemployment_start", "first_absence_day"});
  words.AskAs("last_followup", {"meetings"});
  words.AskAs("last_mentor_contact", {"meetings"});
  words.AskAs("mentor_hours_difference",
              {"mentor.planned_hours", "mentor.ordinary_hours"});
  words.AskAs("last_integration_contact", {"integration.visitation_date"});
  words.AskAs("last_allowance_contact", {"meetings"});
  words.AskAs("flexjob_conditions_met", {"meetings.flexjob_conditions_met"});
  words.AskAs("available", {"meetings.available"});
  words.AskAs("needs_offers", {"meetings.needs_offers"});
  words.AskAs("last_pension_followup_or_start", {"subsidised_job.start_date"});
  words.AskAs("offers_considered", {"meetings.offers_considered"});
  return {kArea, std::move(words)};
}

}  // namespace frikommune::scheduling
