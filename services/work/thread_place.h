#ifndef FRIKOMMUNE_SERVICES_WORK_THREAD_PLACE_H_
#define FRIKOMMUNE_SERVICES_WORK_THREAD_PLACE_H_

#include <atomic>
#include <cstddef>

namespace frikommune::work {

// A number of the thread that asks: threads are counted from 0 on as they ask
// first.
inline size_t ThreadPlace() {
  static std::atomic<size_t> threads = 0;
  thread_local const size_t kPlace = threads.fetch_add(1);
  return kPlace;
}

}  // namespace frikommune::work

#endif  // FRIKOMMUNE_SERVICES_WORK_THREAD_PLACE_H_
