#ifndef FRIKOMMUNE_ADAPTERS_GRPC_TLS_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_TLS_H_

#include <functional>
#include <memory>

#include "adapters/tls/certificate_watch.h"
#include "grpcpp/grpcpp.h"

namespace frikommune::rpc {

// TLS for a server: a new connection is shown the certificate that is in force
// then. Where there are authorities, a caller must show one that they vouch
// for. `certificates` outlives the server.
std::shared_ptr<grpc::ServerCredentials> ServerTls(
    const tls::CertificateWatch& certificates);

// TLS for a caller, who believes those authorities, and shows the certificate
// if there is one.
std::shared_ptr<grpc::ChannelCredentials> CallerTls(
    const tls::Certificates& certificates);

// Gives a channel to who is going to make a call. Thread-safe.
using ChannelSource = std::function<std::shared_ptr<grpc::Channel>()>;

// The same channel, until other certificates are in force; then another, while
// calls of the former go on. `certificates` outlives it.
ChannelSource RenewedChannel(
    const tls::CertificateWatch& certificates,
    std::function<std::shared_ptr<grpc::Channel>(
        const std::shared_ptr<grpc::ChannelCredentials>&)>
        connect);

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_TLS_H_
