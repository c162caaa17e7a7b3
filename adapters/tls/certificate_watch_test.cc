#include "adapters/tls/certificate_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/tls/certificate_maker.h"

namespace frikommune::tls {
namespace {

constexpr absl::Duration kOften = absl::Milliseconds(1);

class CertificateWatchTest : public testing::Test {
 protected:
  CertificateWatchTest() { std::filesystem::create_directories(folder_); }
  ~CertificateWatchTest() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const {
    return absl::StrCat(folder_, "/", name);
  }
  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name) + ".new") << text;
    std::filesystem::rename(Path(name) + ".new", Path(name));
  }
  void Write(const tests::Issued& issued) const {
    Write("cert", issued.certificate);
    Write("key", issued.key);
  }
  auto Open() {
    return CertificateWatch::Open(
        "server", {Path("cert"), Path("key"), Path("ca")},
        [this](const Certificates& now) {
          absl::MutexLock lock(&mutex_);
          told_ = now.pems;
        },
        kOften);
  }
  // Waits until this certificate was told.
  bool Told(const tests::Issued& issued) {
    absl::MutexLock lock(&mutex_);
    const auto told = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return told_.certificate == issued.certificate && told_.key == issued.key;
    };
    return mutex_.AwaitWithTimeout(absl::Condition(&told), absl::Seconds(20));
  }

  const std::string folder_ =
      absl::StrCat(testing::TempDir(), "certificates-", getpid());
  const tests::CertificateMaker maker_{"an authority"};
  absl::Mutex mutex_;
  Pems told_ ABSL_GUARDED_BY(mutex_);
};

TEST_F(CertificateWatchTest, TakesWhatIsNewAndGood) {
  const auto first = maker_.Issue("first");
  const auto second = maker_.Issue("second");
  Write(first);
  Write("ca", maker_.certificate());
  const auto watch = Open();
  ASSERT_TRUE(watch.ok()) << watch.status();
  EXPECT_TRUE(Told(first));
  const auto before = (*watch)->current();
  EXPECT_EQ(before->pems.certificate, first.certificate);
  EXPECT_EQ((*watch)->current(), before);

  // The certificate is there before its key.
  Write(second);
  EXPECT_TRUE(Told(second));
  EXPECT_EQ((*watch)->current()->pems.certificate, second.certificate);
  EXPECT_EQ(before->pems.certificate, first.certificate);
}

TEST_F(CertificateWatchTest, KeepsTheLastThatWereGood) {
  const auto first = maker_.Issue("first");
  const auto second = maker_.Issue("second");
  const auto old = maker_.Issue("old", absl::Now() - absl::Hours(2),
                                absl::Now() - absl::Hours(1));
  Write(first);
  Write("ca", maker_.certificate());
  const auto watch = Open();
  ASSERT_TRUE(watch.ok()) << watch.status();
  ASSERT_TRUE(Told(first));

  Write("cert", "nonsense");
  Write("cert", "");
  Write(old);
  Write("ca", "nonsense");
  std::filesystem::remove(Path("key"));
  // What comes after all of that is seen, and what came before was not taken.
  Write("ca", maker_.certificate());
  Write(second);
  EXPECT_TRUE(Told(second));
}

// Looks at each fault until it was seen: what is in force does not change.
TEST_F(CertificateWatchTest, AFaultIsLookedAtAndNotTaken) {
  const auto first = maker_.Issue("first");
  Write(first);
  Write("ca", maker_.certificate());
  std::atomic<int> told = 0;
  const auto watch = CertificateWatch::Open(
      "server", {Path("cert"), Path("key"), Path("ca")},
      [&told](const Certificates&) { ++told; }, kOften);
  ASSERT_TRUE(watch.ok()) << watch.status();
  const auto in_force = (*watch)->current();
  Write("cert", "nonsense");
  const absl::Time end = absl::Now() + 100 * kOften;
  while (absl::Now() < end) EXPECT_EQ((*watch)->current(), in_force);
  EXPECT_EQ(told, 1);
}

TEST_F(CertificateWatchTest, BeginsWithNothingBad) {
  EXPECT_EQ(Open().status().code(), absl::StatusCode::kUnavailable);
  Write(maker_.Issue("first"));
  Write("ca", maker_.certificate());
  Write("key", maker_.Issue("other").key);
  EXPECT_EQ(Open().status().code(), absl::StatusCode::kFailedPrecondition);
}

}  // namespace
}  // namespace frikommune::tls
