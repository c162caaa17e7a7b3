#include "services/rehab/rehab_handler.h"

#include <string>

namespace frikommune::rehab {
namespace {

std::string FullName() { return v1::RehabService::service_full_name(); }

}  // namespace

RehabHandler::RehabHandler(const decisions::KeepingMeans& means,
                           AgendaStore& agendas,
                           CertificateSource& certificates,
                           rpc::StreamDrain& streams)
    : AgendaCalls(means, agendas, certificates),
      route_(FullName() + "/RouteCase", means, streams),
      extension_(FullName() + "/DecideExtension", means, streams),
      kept_(FullName(), means,
            {route_.deciding_call(), extension_.deciding_call()}) {}

}  // namespace frikommune::rehab
