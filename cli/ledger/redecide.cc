#include "cli/ledger/redecide.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "core/areas/areas.h"
#include "core/catalog/content.h"
#include "core/certificates/decider.h"
#include "core/ledger/request_digest.h"
#include "core/rehab/decider.h"
#include "frikommune/decision/v1/record.pb.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/wire_format_lite.h"

namespace frikommune::cli {
namespace {

using decision::v1::Decision;
using decision::v1::RecordedDecision;
using google::protobuf::internal::WireFormatLite;

constexpr size_t kDecisionBytesExpected = 4096;

constexpr char kDecideCertificate[] =
    "frikommune.certificates.v1.CertificatesService/DecideCertificate";
constexpr char kRouteCase[] = "frikommune.rehab.v1.RehabService/RouteCase";
constexpr char kDecideExtension[] =
    "frikommune.rehab.v1.RehabService/DecideExtension";

// The bytes of the decision in an encoded RecordedDecision, without reading the
// rest; empty if there is none.
absl::string_view DecisionBytesIn(const std::string& recorded) {
  google::protobuf::io::CodedInputStream input(
      reinterpret_cast<const uint8_t*>(recorded.data()),
      static_cast<int>(recorded.size()));
  while (const uint32_t tag = input.ReadTag()) {
    if (WireFormatLite::GetTagFieldNumber(tag) !=
        RecordedDecision::kDecisionFieldNumber) {
      if (!WireFormatLite::SkipField(&input, tag)) return {};
      continue;
    }
    uint32_t size = 0;
    if (!input.ReadVarint32(&size)) return {};
    const auto at = static_cast<size_t>(input.CurrentPosition());
    if (at + size > recorded.size()) return {};
    return absl::string_view(recorded).substr(at, size);
  }
  return {};
}

// What differs between what was kept and what was decided now; empty if it is
// only how they are encoded.
std::string DifferenceOf(absl::string_view kept_bytes,
                         const wire::MessageWriter& decided) {
  Decision now;
  wire::Read(decided, now);
  Decision kept;
  if (!kept.ParseFromArray(kept_bytes.data(),
                           static_cast<int>(kept_bytes.size()))) {
    return "the kept decision cannot be read";
  }
  if (ledger::Canonical(kept) == ledger::Canonical(now)) return "";
  if (kept.outcome() == now.outcome()) {
    return absl::StrCat("the same outcome, ",
                        decision::v1::Outcome_Name(now.outcome()),
                        ", for other reasons");
  }
  return absl::StrCat(decision::v1::Outcome_Name(kept.outcome()),
                      " was kept, and it is ",
                      decision::v1::Outcome_Name(now.outcome()));
}

// Decides a kept request, as its service did when it kept it.
template <typename Request, typename Decider>
absl::Status DecideBy(Decider& decider, const std::string& kept,
                      Request& request, wire::MessageWriter& out) {
  if (!request.ParseFromString(kept)) {
    return absl::DataLossError("the kept request cannot be read");
  }
  return decider.Write(request, decision::v1::VIEW_FULL, out).status();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const catalog::Snapshot>> KeptCatalogs::Find(
    const std::string& digest) {
  absl::MutexLock lock(&mutex_);
  const auto found = catalogs_.find(digest);
  if (found != catalogs_.end()) return found->second;
  return catalogs_.emplace(digest, Load(digest)).first->second;
}

absl::StatusOr<std::shared_ptr<const catalog::Snapshot>> KeptCatalogs::Load(
    const std::string& digest) {
  const auto content = store_.Find(digest);
  if (!content.ok()) return content.status();
  auto catalog = catalog::CatalogIn(*content, digest);
  if (!catalog.ok()) return catalog.status();
  std::vector<catalog::Problem> problems;
  auto snapshot = catalog::Snapshot::Build(*std::move(catalog),
                                           areas::AllAreas(), problems);
  if (snapshot == nullptr) return catalog::ToStatus(problems);
  return snapshot;
}

struct Redecider::Deciders {
  explicit Deciders(std::shared_ptr<const catalog::Snapshot> by)
      : snapshot(std::move(by)), certificates(*snapshot), rehab(*snapshot) {}

  const std::shared_ptr<const catalog::Snapshot> snapshot;
  certificates::Decider certificates;
  rehab::Decider rehab;
};

struct Redecider::Messages {
  ledger::v1::Entry entry;
  certificates::v1::DecideCertificateRequest certificate;
  rehab::v1::RouteCaseRequest route;
  rehab::v1::DecideExtensionRequest extension;
};

Redecider::Redecider(KeptCatalogs& catalogs)
    : catalogs_(catalogs), messages_(std::make_unique<Messages>()) {}

Redecider::~Redecider() = default;

absl::StatusOr<Redecider::Deciders*> Redecider::DecidersOf(
    const std::string& digest) {
  auto& deciders = deciders_[digest];
  if (deciders == nullptr) {
    auto snapshot = catalogs_.Find(digest);
    if (!snapshot.ok()) return snapshot.status();
    deciders = std::make_unique<Deciders>(*std::move(snapshot));
  }
  return deciders.get();
}

Redecided Redecider::Decide(absl::string_view bytes, std::string& difference) {
  Messages& use = *messages_;
  const auto different = [&](absl::string_view what) {
    difference = std::string(what);
    return Redecided::kDifferent;
  };
  if (!use.entry.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return different("the entry cannot be read");
  }
  // One that is kept together with another has no request of its own.
  const std::string& call = use.entry.call();
  const std::string& request = use.entry.request();
  const bool is_decision =
      !request.empty() && (call == kDecideCertificate || call == kRouteCase ||
                           call == kDecideExtension);
  if (!is_decision) return Redecided::kNoDecision;

  const auto by = DecidersOf(use.entry.catalog_digest());
  if (!by.ok()) return different(by.status().message());
  wire::MessageWriter now(kDecisionBytesExpected);
  const absl::Status decided =
      call == kDecideCertificate
          ? DecideBy((*by)->certificates, request, use.certificate, now)
      : call == kRouteCase
          ? DecideBy((*by)->rehab, request, use.route, now)
          : DecideBy((*by)->rehab, request, use.extension, now);
  if (!decided.ok()) return different(decided.message());
  const absl::string_view kept = DecisionBytesIn(use.entry.subject_state());
  if (kept == now.bytes()) return Redecided::kSame;
  difference = DifferenceOf(kept, now);
  return difference.empty() ? Redecided::kSame : Redecided::kDifferent;
}

}  // namespace frikommune::cli
