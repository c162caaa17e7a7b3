#ifndef FRIKOMMUNE_TESTS_FAULTS_SMALL_DISK_H_
#define FRIKOMMUNE_TESTS_FAULTS_SMALL_DISK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace frikommune::faults {

// Gives this thread, and all that it starts, mounts of their own, so that
// nobody else sees a SmallDisk. UNAVAILABLE if that is not allowed: it takes
// root.
absl::Status LeaveMountsOfOthers();

// A disk of its own, in memory, which can be filled. Gone with it.
class SmallDisk {
 public:
  // After LeaveMountsOfOthers. The test aborts if it cannot be made.
  explicit SmallDisk(int megabytes);
  ~SmallDisk();
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  const std::string& folder() const { return folder_; }

  // Takes all the space there is, to the last page.
  void Fill() const;
  // Gives it back.
  void Free() const;

 private:
  std::string Ballast() const { return folder_ + "/ballast"; }

  std::string folder_;
};

}  // namespace frikommune::faults

#endif  // FRIKOMMUNE_TESTS_FAULTS_SMALL_DISK_H_
