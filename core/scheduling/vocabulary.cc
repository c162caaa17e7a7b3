#include "core/scheduling/vocabulary.h"

#include "frikommune/scheduling/v1/contact_course.pb.h"

namespace frikommune::scheduling {

catalog::AreaVocabulary SchedulingVocabulary() {
  catalog::Vocabulary words;
  words.AddMessage("", v1::ContactCourse::descriptor());
  words.AddMessage("meeting", v1::Meeting::descriptor());
  words.AddMessage("", v1::DerivedFacts::descriptor());
  return {kArea, std::move(words)};
}

}  // namespace frikommune::scheduling
