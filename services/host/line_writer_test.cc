#include "services/host/line_writer.h"

#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

namespace frikommune::host {
namespace {

class LineWriterTest : public testing::Test {
 protected:
  LineWriterTest() { EXPECT_EQ(pipe(pipe_), 0); }
  ~LineWriterTest() override {
    close(pipe_[0]);
    close(pipe_[1]);
  }

  // Reads until nobody writes any more.
  std::string ReadAll() {
    close(pipe_[1]);
    pipe_[1] = dup(pipe_[0]);
    std::string all;
    char buffer[4096];
    ssize_t got = 0;
    while ((got = read(pipe_[0], buffer, sizeof buffer)) > 0) {
      all.append(buffer, static_cast<size_t>(got));
    }
    return all;
  }

  int pipe_[2] = {-1, -1};
};

TEST_F(LineWriterTest, WritesWhatItTook) {
  {
    LineWriter writer(pipe_[1]);
    EXPECT_TRUE(writer.Write("one\n"));
    EXPECT_TRUE(writer.Write("two\n"));
  }
  EXPECT_EQ(ReadAll(), "one\ntwo\n");
}

TEST_F(LineWriterTest, AFlushHasWritten) {
  LineWriter writer(pipe_[1]);
  ASSERT_TRUE(writer.Write("now\n"));
  writer.Flush();
  char buffer[16];
  EXPECT_EQ(read(pipe_[0], buffer, sizeof buffer), 4);
}

// Whoever has something to say does not wait, whole lines are left out, and
// those are counted.
TEST_F(LineWriterTest, ANobodyWhoReadsKeepsNobody) {
  constexpr int kLines = 100000;
  const std::string line = std::string(99, 'x') + "\n";
  int taken = 0;
  {
    LineWriter writer(pipe_[1],
                      {.bytes_max = 100000, .end_max = absl::Milliseconds(10)});
    for (int i = 0; i < kLines; ++i) taken += writer.Write(line) ? 1 : 0;
    EXPECT_LT(taken, kLines);
    EXPECT_EQ(writer.dropped(), kLines - taken);
  }
  for (const auto& read : absl::StrSplit(ReadAll(), '\n', absl::SkipEmpty())) {
    EXPECT_EQ(read.size(), 99);
  }
}

TEST_F(LineWriterTest, StandsOnItsLimitAndNotPastIt) {
  LineWriter writer(pipe_[1], {.bytes_max = 10, .pause = absl::Seconds(100)});
  EXPECT_FALSE(writer.Write(std::string(10, 'x') + "\n"));
  EXPECT_TRUE(writer.Write(std::string(9, 'x') + "\n"));
  EXPECT_EQ(writer.dropped(), 1);
}

TEST_F(LineWriterTest, LinesOfManyThreadsStayWhole) {
  constexpr int kThreads = 4;
  constexpr int kLines = 2000;
  std::string all;
  std::thread reader;
  {
    LineWriter writer(pipe_[1]);
    close(pipe_[1]);
    reader = std::thread([&] {
      char buffer[4096];
      ssize_t got = 0;
      while ((got = read(pipe_[0], buffer, sizeof buffer)) > 0) {
        all.append(buffer, static_cast<size_t>(got));
      }
    });
    pipe_[1] = dup(pipe_[0]);
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&writer, t] {
        const std::string line =
            absl::StrCat(std::string(50, static_cast<char>('a' + t)), "\n");
        for (int i = 0; i < kLines; ++i) ASSERT_TRUE(writer.Write(line));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  reader.join();
  const std::vector<std::string> lines =
      absl::StrSplit(all, '\n', absl::SkipEmpty());
  EXPECT_EQ(lines.size(), kThreads * kLines);
  for (const std::string& line : lines) {
    EXPECT_EQ(line, std::string(50, line[0]));
  }
}

}  // namespace
}  // namespace frikommune::host
