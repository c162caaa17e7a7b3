// How fast a ledger is verified and decided again.
//
//   ledger_replay FILE [ENTRIES]
//
// Makes a SQLite store with so many decisions, 100,000 unless said otherwise,
// unless there is one in FILE, and then does what `frikommune ledger verify`
// and `frikommune ledger replay` do. Prints how long they took as a JSON
// object.

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "adapters/clock/system_clock.h"
#include "adapters/files/catalog_files.h"
#include "adapters/random/random_ids.h"
#include "adapters/stores/open_stores.h"
#include "cli/ledger/replay.h"
#include "cli/ledger/verify.h"
#include "core/catalog/content.h"
#include "core/certificates/decider.h"
#include "core/wire/message_writer.h"
#include "services/decisions/decision_keeper.h"

namespace frikommune {
namespace {

constexpr int kBatch = 1000;
constexpr int kMunicipalities[] = {851, 840, 846, 849};

using certificates::v1::DecideCertificateRequest;
using Call =
    decisions::DecidingCallBy<certificates::Decider, DecideCertificateRequest>;

class NoMeter final : public DecisionMeter {
 public:
  void Count(absl::string_view, decision::v1::Outcome, decision::v1::Regime,
             int) override {}
};

class NoEffects final : public EffectMeter {
 public:
  void Used(absl::string_view, int) override {}
  void NotObtained(absl::string_view, int, int, int) override {}
  void Planned(int, const DutyCounts&) override {}
  void Took(RequestTaken) override {}
};

DecideCertificateRequest RequestOf(int number) {
  DecideCertificateRequest request;
  request.set_municipality(absl::StrCat(
      "municipalities/", kMunicipalities[number % std::size(kMunicipalities)]));
  request.set_case_id(absl::StrCat("case-", number));
  request.set_decision_date("2019-03-01");
  auto& facts = *request.mutable_rehabilitation();
  facts.set_case_type(
      number % 2 == 0
          ? certificates::v1::REHABILITATION_CASE_TYPE_FLEXJOB
          : certificates::v1::REHABILITATION_CASE_TYPE_RESOURCE_PROGRAMME);
  if (number % 3 != 0) facts.set_sufficiency(certificates::v1::SUFFICIENCY_YES);
  auto& document = *facts.add_documents();
  document.set_type(certificates::v1::DOCUMENT_TYPE_LAE105);
  document.set_date("2019-02-01");
  request.mutable_assessment()->set_assessor("a-1");
  return request;
}

void Fill(const stores::Stores& stores, const catalog::Snapshot& snapshot,
          int entries) {
  if (!stores.catalogs
           ->Keep(snapshot.digest(), catalog::ContentOf(snapshot.catalog()))
           .ok()) {
    std::abort();
  }
  NoMeter meter;
  NoEffects effects;
  SystemClock clock;
  RandomIds ids(clock);
  work::WorkerPool workers(1, 1);
  decisions::DecisionKeeper keeper({"certificates", snapshot, meter, effects,
                                    *stores.ledger, clock, ids, workers});
  Call call("frikommune.certificates.v1.CertificatesService/DecideCertificate",
            [&] { return std::make_unique<certificates::Decider>(snapshot); });
  for (int made = 0; made < entries; made += kBatch) {
    std::vector<DecideCertificateRequest> requests;
    requests.reserve(kBatch);
    for (int i = 0; i < kBatch; ++i) requests.push_back(RequestOf(made + i));
    decisions::AskedBatch batch;
    for (const auto& request : requests) {
      batch.items.push_back(decisions::AskedBy(request));
    }
    batch.is_cancelled = [] { return false; };
    wire::MessageWriter answers(size_t{kBatch} * 1024);
    absl::Notification done;
    keeper.DecideAll(call, batch, answers,
                     [&](const absl::Status&) { done.Notify(); });
    done.WaitForNotification();
    certificates::v1::BatchDecideCertificatesResponse response;
    wire::Read(answers, response);
    for (const auto& result : response.results()) {
      if (!result.has_error()) continue;
      std::cerr << result.error().ShortDebugString() << std::endl;
      std::exit(1);
    }
  }
}

int Run(const std::string& file, int entries) {
  const bool is_there = std::filesystem::exists(file);
  auto stores = stores::OpenStores("sqlite:" + file);
  const auto snapshot = files::LoadCatalog("catalog");
  if (!stores.ok() || !snapshot.ok()) {
    std::cerr << stores.status() << snapshot.status() << std::endl;
    return 2;
  }
  if (!is_there) Fill(*stores, **snapshot, entries);
  const auto seconds = [](const auto& run) {
    const absl::Time begun = absl::Now();
    if (run().value_or(2) != 0) std::exit(1);
    return absl::ToDoubleSeconds(absl::Now() - begun);
  };
  const double verified =
      seconds([&] { return cli::RunLedgerVerify(*stores->ledger, std::cerr); });
  const double replayed = seconds([&] {
    return cli::RunLedgerReplay(*stores->ledger, *stores->catalogs, std::cerr);
  });
  std::cout << "{\"verify_s\": " << verified << ", \"replay_s\": " << replayed
            << ", \"bytes\": " << std::filesystem::file_size(file) << "}"
            << std::endl;
  return 0;
}

}  // namespace
}  // namespace frikommune

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: ledger_replay FILE [ENTRIES]\n";
    return 2;
  }
  return frikommune::Run(argv[1], argc > 2 ? std::atoi(argv[2]) : 100000);
}
