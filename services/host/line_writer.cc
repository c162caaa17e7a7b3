#include "services/host/line_writer.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <climits>

namespace frikommune::host {
namespace {

// Between two looks at whether to give up.
constexpr int kPollMs = 50;

}  // namespace

LineWriter::LineWriter(int descriptor, Options options)
    : options_(options),
      descriptor_(fcntl(descriptor, F_DUPFD_CLOEXEC, 0)),
      writer_([this] { WriteUntilEnd(); }) {}

LineWriter::~LineWriter() {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    ending_ = true;
    wake_.notify_one();
    written_.wait_for(lock, absl::ToChronoNanoseconds(options_.end_max),
                      [this] { return ended_; });
  }
  given_up_ = true;
  writer_.join();
  close(descriptor_);
}

bool LineWriter::Write(absl::string_view line) {
  bool many = false;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (waiting_.size() + line.size() > options_.bytes_max) {
      ++dropped_;
      return false;
    }
    const size_t half = options_.bytes_max / 2;
    many = waiting_.size() < half && waiting_.size() + line.size() >= half;
    waiting_.append(line.data(), line.size());
    hurry_ = hurry_ || many;
  }
  if (many) wake_.notify_one();
  return true;
}

void LineWriter::Flush() {
  std::unique_lock<std::mutex> lock(mutex_);
  hurry_ = true;
  wake_.notify_one();
  written_.wait_for(lock, absl::ToChronoNanoseconds(options_.end_max),
                    [this] { return waiting_.empty() && !writing_; });
}

void LineWriter::WriteUntilEnd() {
  std::string lines;
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    wake_.wait_for(lock, absl::ToChronoNanoseconds(options_.pause),
                   [this] { return hurry_ || ending_; });
    hurry_ = false;
    if (waiting_.empty()) {
      written_.notify_all();
      if (!ending_) continue;
      ended_ = true;
      written_.notify_all();
      return;
    }
    lines.clear();
    lines.swap(waiting_);
    writing_ = true;
    lock.unlock();
    WriteAll(lines);
    lock.lock();
    writing_ = false;
    written_.notify_all();
  }
}

void LineWriter::WriteAll(absl::string_view lines) const {
  while (!lines.empty() && !given_up_) {
    pollfd ready = {.fd = descriptor_, .events = POLLOUT, .revents = 0};
    if (poll(&ready, 1, kPollMs) == 0) continue;
    // A pipe that is ready takes this much without waiting.
    absl::string_view part = lines.substr(0, PIPE_BUF);
    if (const size_t end = part.rfind('\n'); end != absl::string_view::npos) {
      part = part.substr(0, end + 1);
    }
    const ssize_t wrote = write(descriptor_, part.data(), part.size());
    if (wrote < 0 && errno != EINTR) return;
    if (wrote > 0) lines.remove_prefix(static_cast<size_t>(wrote));
  }
}

}  // namespace frikommune::host
