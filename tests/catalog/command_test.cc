// The program itself: what it returns to a shell.

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"

namespace {

namespace fs = std::filesystem;

// The exit code of `frikommune` with these arguments.
int Frikommune(const std::string& arguments) {
  const std::string command = absl::StrCat(
      "'", FRIKOMMUNE_BIN_DIR, "/frikommune' ", arguments, " > /dev/null 2>&1");
  return WEXITSTATUS(std::system(command.c_str()));
}

const std::string& Catalog() {
  static const std::string* const kFolder =
      new std::string(FRIKOMMUNE_SOURCE_DIR "/catalog");
  return *kFolder;
}

TEST(CommandTest, WhatIsRightReturnsZero) {
  EXPECT_EQ(Frikommune("--version"), 0);
  EXPECT_EQ(Frikommune("--help"), 0);
  EXPECT_EQ(Frikommune("catalog verify --help"), 0);
  EXPECT_EQ(
      Frikommune(absl::StrCat("catalog verify -v --catalog '", Catalog(), "'")),
      0);
  EXPECT_EQ(Frikommune(
                absl::StrCat("catalog show meeting-form --municipality aalborg "
                             "--date 2019-02-25 --lang en --catalog '",
                             Catalog(), "'")),
            0);
  EXPECT_EQ(Frikommune(absl::StrCat("catalog diff '", Catalog(), "' '",
                                    Catalog(), "'")),
            0);
}

TEST(CommandTest, WhatIsFoundWrongReturnsOne) {
  const fs::path folder = fs::path(testing::TempDir()) / "command_test_empty";
  fs::create_directories(folder);
  EXPECT_EQ(Frikommune(absl::StrCat("catalog verify --catalog '",
                                    folder.string(), "'")),
            1);
  EXPECT_EQ(Frikommune("catalog verify --catalog nowhere"), 1);
  fs::remove_all(folder);
}

TEST(CommandTest, WhatIsAskedWronglyReturnsTwo) {
  EXPECT_EQ(Frikommune(""), 2);
  EXPECT_EQ(Frikommune("catalog"), 2);
  EXPECT_EQ(Frikommune("catalog forget"), 2);
  EXPECT_EQ(Frikommune("catalog diff one"), 2);
  EXPECT_EQ(Frikommune("catalog diff nowhere nowhere"), 2);
  EXPECT_EQ(Frikommune(absl::StrCat("catalog show nothing --catalog '",
                                    Catalog(), "'")),
            2);
  EXPECT_EQ(
      Frikommune(absl::StrCat("catalog show meeting-form --lang sv --catalog '",
                              Catalog(), "'")),
      2);
}

}  // namespace
