#include "core/scheduling/field_readers.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/catalog/vocabulary.h"
#include "core/scheduling/vocabulary.h"
#include "frikommune/scheduling/v1/contact_course.pb.h"

namespace frikommune::scheduling {
namespace {

using catalog::kUnknown;
using catalog::Value;
using catalog::Vocabulary;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Two values of a field that a fact may have, by reflection.
void Set(Message& message, const FieldDescriptor* field, int value) {
  const auto* const reflection = message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->SetBool(&message, field, value != 1);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->SetInt32(&message, field, value);
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection->SetEnumValue(&message, field, value);
    default:
      return;
  }
}

std::vector<Value> Load(const Vocabulary& words, int root,
                        const Message& message) {
  std::vector<Value> values(static_cast<size_t>(words.size()), 7);
  words.Load(root, message, values.data());
  return values;
}

// Each reader reads its own field, and says of it what reflection says.
void ReadAsReflectionDoes(int root, Message& message) {
  const Vocabulary read = SchedulingVocabulary().vocabulary;
  Vocabulary reflected;
  reflected.AddMessage("", v1::ContactCourse::descriptor());
  reflected.AddMessage("meeting", v1::Meeting::descriptor());
  const auto* const type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* const field = type->field(i);
    if (field->is_repeated()) continue;
    for (const int value : {0, 1, 2}) {
      message.Clear();
      if (value > 0 || field->has_presence()) Set(message, field, value);
      std::vector<Value> expected = Load(reflected, root, message);
      expected.resize(static_cast<size_t>(read.size()), 7);
      EXPECT_EQ(Load(read, root, message), expected)
          << field->name() << " " << value;
    }
  }
}

TEST(FieldReadersTest, ReadACourse) {
  v1::ContactCourse course;
  ReadAsReflectionDoes(kCourseRoot, course);
}

TEST(FieldReadersTest, ReadAMeeting) {
  v1::Meeting meeting;
  ReadAsReflectionDoes(kMeetingRoot, meeting);
}

}  // namespace
}  // namespace frikommune::scheduling
