#ifndef FRIKOMMUNE_SERVICES_LEDGER_LEDGER_HANDLER_H_
#define FRIKOMMUNE_SERVICES_LEDGER_LEDGER_HANDLER_H_

#include "adapters/grpc/stream_drain.h"
#include "core/request/validate.h"
#include "frikommune/ledger/v1/ledger_service.grpc.pb.h"
#include "services/ledger/ledger_reader.h"

namespace frikommune::ledger {

// Answers LedgerService out of a ledger. Thread-safe; nothing waits in a thread
// of gRPC's. What it is given outlives it.
class LedgerHandler final : public v1::LedgerService::CallbackService {
 public:
  LedgerHandler(const ReadingMeans& means, rpc::StreamDrain& streams)
      : means_(means), streams_(streams), reader_(means) {}

  grpc::ServerUnaryReactor* ListEntries(
      grpc::CallbackServerContext* context,
      const v1::ListEntriesRequest* request,
      v1::ListEntriesResponse* response) override;
  grpc::ServerWriteReactor<v1::WatchEntriesResponse>* WatchEntries(
      grpc::CallbackServerContext* context,
      const v1::WatchEntriesRequest* request) override;
  grpc::ServerUnaryReactor* GetLedgerHead(
      grpc::CallbackServerContext* context,
      const v1::GetLedgerHeadRequest* request,
      v1::GetLedgerHeadResponse* response) override;
  grpc::ServerUnaryReactor* VerifyLedger(
      grpc::CallbackServerContext* context,
      const v1::VerifyLedgerRequest* request,
      v1::VerifyLedgerResponse* response) override;

 private:
  const ReadingMeans means_;
  rpc::StreamDrain& streams_;
  const LedgerReader reader_;
  const request::Validator list_entries_{v1::ListEntriesRequest::descriptor()};
  const request::Validator watch_entries_{
      v1::WatchEntriesRequest::descriptor()};
  const request::Validator get_ledger_head_{
      v1::GetLedgerHeadRequest::descriptor()};
  const request::Validator verify_ledger_{
      v1::VerifyLedgerRequest::descriptor()};
};

}  // namespace frikommune::ledger

#endif  // FRIKOMMUNE_SERVICES_LEDGER_LEDGER_HANDLER_H_
