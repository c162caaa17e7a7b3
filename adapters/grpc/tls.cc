#include "adapters/grpc/tls.h"

#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "grpc/grpc.h"
#include "grpc/grpc_security.h"

namespace frikommune::rpc {
namespace {

// The library's own credentials are fixed once they are made, or watch files
// without looking at what is in them. Its C interface asks for certificates at
// each connection.
class ReloadedCredentials final : public grpc::ServerCredentials {
 public:
  explicit ReloadedCredentials(const tls::CertificateWatch& certificates)
      : certificates_(certificates) {}

  // Nothing is to be processed.
  void SetAuthMetadataProcessor(
      const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  int AddPortToServer(const std::string& address,
                      grpc_server* server) override {
    const bool mutual = !certificates_.current()->pems.authorities.empty();
    grpc_server_credentials* const credentials =
        grpc_ssl_server_credentials_create_with_options(
            grpc_ssl_server_credentials_create_options_using_config_fetcher(
                mutual
                    ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
                    : GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE,
                &ReloadedCredentials::Fetch, this));
    const int port =
        grpc_server_add_http2_port(server, address.c_str(), credentials);
    grpc_server_credentials_release(credentials);
    return port;
  }

  static grpc_ssl_certificate_config_reload_status Fetch(
      void* self, grpc_ssl_server_certificate_config** config) {
    return static_cast<ReloadedCredentials*>(self)->FetchNew(config);
  }

  grpc_ssl_certificate_config_reload_status FetchNew(
      grpc_ssl_server_certificate_config** config) ABSL_LOCKS_EXCLUDED(mutex_) {
    auto current = certificates_.current();
    absl::MutexLock lock(&mutex_);
    if (current == given_) return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const tls::Pems& pems = current->pems;
    const grpc_ssl_pem_key_cert_pair pair = {pems.key.c_str(),
                                             pems.certificate.c_str()};
    // The library wants authorities even where no caller is asked for a
    // certificate, and then does not use them.
    const std::string& authorities =
        pems.authorities.empty() ? pems.certificate : pems.authorities;
    *config = grpc_ssl_server_certificate_config_create(authorities.c_str(),
                                                        &pair, 1);
    given_ = std::move(current);
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  const tls::CertificateWatch& certificates_;
  absl::Mutex mutex_;
  std::shared_ptr<const tls::Certificates> given_ ABSL_GUARDED_BY(mutex_);
};

// What RenewedChannel has given last.
struct Given {
  absl::Mutex mutex;
  std::shared_ptr<const tls::Certificates> certificates ABSL_GUARDED_BY(mutex);
  std::shared_ptr<grpc::Channel> channel ABSL_GUARDED_BY(mutex);
};

}  // namespace

std::shared_ptr<grpc::ServerCredentials> ServerTls(
    const tls::CertificateWatch& certificates) {
  return std::make_shared<ReloadedCredentials>(certificates);
}

std::shared_ptr<grpc::ChannelCredentials> CallerTls(
    const tls::Certificates& certificates) {
  const tls::Pems& pems = certificates.pems;
  return grpc::SslCredentials({.pem_root_certs = pems.authorities,
                               .pem_private_key = pems.key,
                               .pem_cert_chain = pems.certificate});
}

ChannelSource RenewedChannel(
    const tls::CertificateWatch& certificates,
    std::function<std::shared_ptr<grpc::Channel>(
        const std::shared_ptr<grpc::ChannelCredentials>&)>
        connect) {
  return [&certificates, connect = std::move(connect),
          given = std::make_shared<Given>()] {
    auto current = certificates.current();
    absl::MutexLock lock(&given->mutex);
    if (current != given->certificates) {
      given->channel = connect(CallerTls(*current));
      given->certificates = std::move(current);
    }
    return given->channel;
  };
}

}  // namespace frikommune::rpc
