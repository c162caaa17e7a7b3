#include "core/ledger/request_digest.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "frikommune/certificates/v1/certificates_service.pb.h"

namespace frikommune::ledger {
namespace {

TEST(RequestDigestTest, TurnsOnAllButTheId) {
  certificates::v1::DecideCertificateRequest request;
  request.set_municipality("municipalities/851");
  request.set_request_id("one");
  const std::string digest = DigestOfRequest("a", request);
  EXPECT_EQ(digest.size(), 32u);
  request.set_request_id("two");
  EXPECT_EQ(DigestOfRequest("a", request), digest);
  EXPECT_NE(DigestOfRequest("b", request), digest);
  request.set_case_id("c");
  EXPECT_NE(DigestOfRequest("a", request), digest);
}

TEST(Sha256Test, IsTheStandardOne) {
  EXPECT_EQ(absl::BytesToHexString(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace frikommune::ledger
