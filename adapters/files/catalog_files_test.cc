#include "adapters/files/catalog_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace frikommune::files {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

constexpr char kCatalog[] = FRIKOMMUNE_SOURCE_DIR "/catalog";

// A folder of its own for each test.
class CatalogFilesTest : public testing::Test {
 protected:
  CatalogFilesTest()
      : folder_(fs::path(testing::TempDir()) /
                absl::StrCat("catalog_files_", testing::UnitTest::GetInstance()
                                                   ->current_test_info()
                                                   ->name())) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~CatalogFilesTest() override { fs::remove_all(folder_); }

  void Write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  fs::path folder_;
};

TEST_F(CatalogFilesTest, FilesAreReadInOrderAndOthersLeft) {
  Write("law/b.textproto", "b");
  Write("law/a.textproto", "a");
  Write("law/a.textproto~", "no");
  Write("README.md", "no");
  Write("experiments/x/cases.jsonl", "{}");
  const auto files = ReadCatalogFiles(folder_.string());
  ASSERT_TRUE(files.ok()) << files.status();
  ASSERT_THAT(*files, SizeIs(3));
  EXPECT_EQ((*files)[0].path, "experiments/x/cases.jsonl");
  EXPECT_EQ((*files)[1].path, "law/a.textproto");
  EXPECT_EQ((*files)[1].text, "a");
  EXPECT_EQ((*files)[2].path, "law/b.textproto");
}

TEST_F(CatalogFilesTest, AMissingFolderIsNamed) {
  const std::string missing = (folder_ / "nowhere").string();
  const auto files = ReadCatalogFiles(missing);
  EXPECT_EQ(files.status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(std::string(files.status().message()), StartsWith(missing));
}

TEST_F(CatalogFilesTest, AnEmptyFolderIsNoCatalog) {
  std::vector<catalog::Problem> problems;
  EXPECT_EQ(LoadCatalog(folder_.string(), problems), nullptr);
  ASSERT_THAT(problems, SizeIs(1));
  EXPECT_EQ(problems[0].where.file, folder_.string());
  EXPECT_THAT(problems[0].message, HasSubstr("no catalog"));
}

TEST_F(CatalogFilesTest, AProblemNamesTheFileFromWhereTheProgramRuns) {
  Write("law/scheduling/x.textproto",
        "id: \"scheduling/x\"\nno_such_field: 1\n");
  std::vector<catalog::Problem> problems;
  EXPECT_EQ(LoadCatalog(absl::StrCat(folder_.string(), "/"), problems),
            nullptr);
  ASSERT_THAT(problems, testing::Not(IsEmpty()));
  EXPECT_EQ(problems[0].where.file,
            (folder_ / "law/scheduling/x.textproto").string());
  EXPECT_EQ(problems[0].where.line, 2);
}

TEST(CatalogTest, TheCatalogLoadsInNoTime) {
  const auto start = std::chrono::steady_clock::now();
  const auto snapshot = LoadCatalog(kCatalog);
  const std::chrono::duration<double> took =
      std::chrono::steady_clock::now() - start;
  ASSERT_TRUE(snapshot.ok()) << snapshot.status();
  EXPECT_EQ((*snapshot)->municipality_count(), 11);
  EXPECT_EQ((*snapshot)->catalog().experiments.size(), 18u);
  EXPECT_THAT((*snapshot)->digest(), SizeIs(64));
  RecordProperty("seconds", absl::StrCat(took.count()));
  EXPECT_LT(took.count(), 1.0);
}

}  // namespace
}  // namespace frikommune::files
