#ifndef FRIKOMMUNE_CORE_SCHEDULING_FIELD_READERS_H_
#define FRIKOMMUNE_CORE_SCHEDULING_FIELD_READERS_H_

#include <vector>

#include "core/catalog/field_reader.h"

namespace frikommune::scheduling {

// Of the fields of a ContactCourse and of a Meeting that every course asks for;
// what is not among them is read by reflection.
std::vector<catalog::FieldReader> CourseReaders();
std::vector<catalog::FieldReader> MeetingReaders();

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_CORE_SCHEDULING_FIELD_READERS_H_
