#include "adapters/tls/certificates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/time/clock.h"
#include "tests/tls/certificate_maker.h"

namespace frikommune::tls {
namespace {

using testing::HasSubstr;

class CertificatesTest : public testing::Test {
 protected:
  const tests::CertificateMaker maker_{"an authority"};
  const absl::Time now_ = absl::Now();
};

TEST_F(CertificatesTest, WhatBelongsTogetherIsGood) {
  const absl::Time until =
      absl::FromUnixSeconds(absl::ToUnixSeconds(now_) + 1000);
  const auto ours = maker_.Issue("server", now_ - absl::Hours(1), until);
  const auto good =
      CheckPems({ours.certificate, ours.key, maker_.certificate()}, now_);
  ASSERT_TRUE(good.ok()) << good.status();
  EXPECT_EQ(good->certificate_until, until);
  EXPECT_GT(good->authorities_until, now_);
  EXPECT_LT(good->authorities_until, absl::InfiniteFuture());
  // Of a chain, the first that expires says.
  const auto chain =
      CheckPems({ours.certificate + maker_.certificate(), ours.key, ""}, now_);
  ASSERT_TRUE(chain.ok()) << chain.status();
  EXPECT_EQ(chain->certificate_until, until);
  EXPECT_EQ(chain->authorities_until, absl::InfiniteFuture());
}

TEST_F(CertificatesTest, WhatDoesNotIsRefused) {
  const auto ours = maker_.Issue("server");
  const auto other = maker_.Issue("other");
  const std::string half =
      ours.certificate.substr(0, ours.certificate.size() / 2);
  const struct {
    Pems pems;
    const char* why;
  } kCases[] = {
      {{ours.certificate, other.key, ""}, "not that of the certificate"},
      {{ours.certificate, "", ""}, "no key"},
      {{ours.certificate, "nonsense", ""}, "no key"},
      {{"nonsense", ours.key, ""}, "no certificate"},
      {{half, ours.key, ""}, "no certificate"},
      {{ours.certificate + half, ours.key, ""}, "no certificate"},
      {{"", "", "nonsense"}, "nobody to believe"},
      {{ours.certificate, ours.key, half}, "nobody to believe"},
  };
  for (const auto& one : kCases) {
    const auto refused = CheckPems(one.pems, now_);
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(refused.status().message(), HasSubstr(one.why));
  }
}

TEST_F(CertificatesTest, ACertificateIsGoodInItsTimeOnly) {
  const absl::Time from = absl::FromUnixSeconds(absl::ToUnixSeconds(now_));
  const absl::Time until = from + absl::Hours(1);
  const auto ours = maker_.Issue("server", from, until);
  const Pems pems = {ours.certificate, ours.key, ""};
  const absl::Duration second = absl::Seconds(1);
  EXPECT_THAT(CheckPems(pems, from - second).status().message(),
              HasSubstr("not valid yet"));
  EXPECT_TRUE(CheckPems(pems, from).ok());
  EXPECT_TRUE(CheckPems(pems, until).ok());
  EXPECT_THAT(CheckPems(pems, until + second).status().message(),
              HasSubstr("expired"));
}

TEST_F(CertificatesTest, FilesThatCannotBeReadAreNone) {
  EXPECT_EQ(ReadPems({"no-such-file", "no-such-file", ""}).status().code(),
            absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReadPems({"no-such-file", "", ""}).status().code(),
            absl::StatusCode::kFailedPrecondition);
  EXPECT_TRUE(ReadPems({}).ok());
}

}  // namespace
}  // namespace frikommune::tls
