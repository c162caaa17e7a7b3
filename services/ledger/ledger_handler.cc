#include "services/ledger/ledger_handler.h"

#include <utility>

#include "adapters/grpc/later.h"
#include "services/ledger/watch_stream.h"

namespace frikommune::ledger {

grpc::ServerUnaryReactor* LedgerHandler::ListEntries(
    grpc::CallbackServerContext* context, const v1::ListEntriesRequest* request,
    v1::ListEntriesResponse* response) {
  return rpc::ServeUnaryLater(
      context, *request, list_entries_, rpc::kUnaryBytesMax,
      [&](rpc::Done done) {
        decisions::OnWorker(means_.workers, std::move(done),
                            [this, request, response](rpc::Done end) {
                              std::move(end)(reader_.List(*request, *response));
                            });
      });
}

grpc::ServerWriteReactor<v1::WatchEntriesResponse>* LedgerHandler::WatchEntries(
    grpc::CallbackServerContext*, const v1::WatchEntriesRequest* request) {
  return WatchStream::Start(means_, streams_, *request,
                            watch_entries_.Check(*request));
}

grpc::ServerUnaryReactor* LedgerHandler::GetLedgerHead(
    grpc::CallbackServerContext* context,
    const v1::GetLedgerHeadRequest* request,
    v1::GetLedgerHeadResponse* response) {
  return rpc::ServeUnaryLater(
      context, *request, get_ledger_head_, rpc::kUnaryBytesMax,
      [&](rpc::Done done) {
        decisions::OnWorker(
            means_.workers, std::move(done),
            [this, request, response](rpc::Done end) {
              std::move(end)(reader_.GetHead(*request, *response));
            });
      });
}

grpc::ServerUnaryReactor* LedgerHandler::VerifyLedger(
    grpc::CallbackServerContext* context,
    const v1::VerifyLedgerRequest* request,
    v1::VerifyLedgerResponse* response) {
  return rpc::ServeUnaryLater(
      context, *request, verify_ledger_, rpc::kUnaryBytesMax,
      [&](rpc::Done done) {
        reader_.Verify(
            *request, *response, [context] { return context->IsCancelled(); },
            std::move(done));
      });
}

}  // namespace frikommune::ledger
