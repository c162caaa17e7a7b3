#include "tests/faults/small_disk.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <vector>

#include "absl/strings/str_cat.h"

namespace frikommune::faults {

absl::Status LeaveMountsOfOthers() {
  if (unshare(CLONE_NEWNS) != 0 ||
      mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return absl::UnavailableError(
        absl::StrCat("a disk of one's own takes the right to mount: ",
                     std::strerror(errno)));
  }
  return absl::OkStatus();
}

SmallDisk::SmallDisk(int megabytes)
    : folder_(std::filesystem::temp_directory_path() /
              "frikommune-disk-XXXXXX") {
  const std::string options = absl::StrCat("size=", megabytes, "m,mode=0755");
  if (mkdtemp(folder_.data()) == nullptr ||
      mount("frikommune", folder_.c_str(), "tmpfs", MS_NODEV | MS_NOEXEC,
            options.c_str()) != 0) {
    std::abort();
  }
}

SmallDisk::~SmallDisk() {
  umount2(folder_.c_str(), MNT_DETACH);
  rmdir(folder_.c_str());
}

void SmallDisk::Fill() const {
  const int file =
      open(Ballast().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) std::abort();
  // Others write meanwhile, so it is taken in pieces, and smaller ones where
  // somebody was faster, until nothing more can be.
  struct statvfs disk {};
  off_t size = 0;
  off_t piece = off_t{8} << 20;
  while (fstatvfs(file, &disk) == 0 && disk.f_bavail > 0) {
    const auto page = static_cast<off_t>(disk.f_frsize);
    piece = std::min(piece, static_cast<off_t>(disk.f_bavail) * page);
    if (posix_fallocate(file, size, piece) == 0) {
      size += piece;
    } else {
      piece = std::max(page, piece / page / 2 * page);
    }
  }
  close(file);
}

void SmallDisk::Free() const { unlink(Ballast().c_str()); }

}  // namespace frikommune::faults
