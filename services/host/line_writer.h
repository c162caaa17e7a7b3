#ifndef FRIKOMMUNE_SERVICES_HOST_LINE_WRITER_H_
#define FRIKOMMUNE_SERVICES_HOST_LINE_WRITER_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace frikommune::host {

// Writes lines to a file descriptor by a thread of its own, some at a time, so
// that nobody who has something to say waits for who reads it. What does not
// fit in the buffer is left out, whole, and counted.
//
// Thread-safe.
class LineWriter {
 public:
  struct Options {
    // The most bytes that wait.
    size_t bytes_max = size_t{1} << 20;
    // From a line's coming to its being written, unless there are many.
    absl::Duration pause = absl::Milliseconds(50);
    // How long the end waits for who reads.
    absl::Duration end_max = absl::Milliseconds(500);
  };

  // Uses a copy of the descriptor.
  LineWriter(int descriptor, Options options);
  explicit LineWriter(int descriptor) : LineWriter(descriptor, Options()) {}

  // Writes what waits, if it is read in time.
  ~LineWriter();
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;

  // Takes a line, which ends with its line feed; false if it was left out.
  bool Write(absl::string_view line);

  // Waits until what was taken is written, as long as the end would.
  void Flush();

  // How many lines were left out.
  uint64_t dropped() const { return dropped_; }

 private:
  void WriteUntilEnd();
  // Writes what is read in time.
  void WriteAll(absl::string_view lines) const;

  const Options options_;
  const int descriptor_;
  std::atomic<uint64_t> dropped_ = 0;
  std::atomic<bool> given_up_ = false;
  // Not absl's, which would look at its conditions after every line.
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable written_;
  // Under the mutex.
  std::string waiting_;
  bool writing_ = false;
  bool hurry_ = false;
  bool ending_ = false;
  bool ended_ = false;
  std::thread writer_;
};

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_LINE_WRITER_H_
