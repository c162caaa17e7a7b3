#ifndef FRIKOMMUNE_BENCH_CASES_H_
#define FRIKOMMUNE_BENCH_CASES_H_

#include <memory>
#include <vector>

#include "core/catalog/snapshot.h"
#include "core/civil_time/date.h"
#include "frikommune/scheduling/v1/contact_course.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"

namespace frikommune::bench {

// The municipalities of the network.
inline constexpr int kMunicipalities[] = {846, 787, 810, 773, 820, 813,
                                          825, 840, 849, 851, 860};

// The catalog in the folder that FRIKOMMUNE_CATALOG names, else in "catalog".
// `more` further experiments change the same provisions as its first one and
// have no participant: two open options of one provision would be an overlap
// that the proof refuses. Says on stderr what is wrong with it, and exits.
std::shared_ptr<const catalog::Snapshot> LoadSnapshot(int more);

// Courses of insured unemployed from 2017 to 2021, some of their meetings held,
// with the facts that a case system has. The same ones each time.
std::vector<scheduling::v1::ContactCourse> Courses(int count);

// A day in the course on which its plan is asked for.
civil_time::Date DayIn(const scheduling::v1::ContactCourse& course);

// A request as a case system sends it: the plan of an insured unemployed in
// Aalborg, with three meetings held and one planned.
scheduling::v1::PlanContactCourseRequest PlanRequest();

// The planned meeting of that course, to be judged.
scheduling::v1::AssessMeetingRequest AssessRequest();

// Plans of `count` courses in all municipalities, in the view that a batch has
// by default.
scheduling::v1::BatchPlanContactCoursesRequest BatchRequest(int count);

}  // namespace frikommune::bench

#endif  // FRIKOMMUNE_BENCH_CASES_H_
