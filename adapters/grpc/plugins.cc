#include "adapters/grpc/plugins.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/base/call_once.h"
#include "grpcpp/ext/channelz_service_plugin.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/impl/server_builder_option.h"
#include "grpcpp/impl/server_builder_plugin.h"
#include "grpcpp/impl/server_initializer.h"

namespace frikommune::rpc {
namespace {

using Plugins = std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>;
using Reflection = grpc::reflection::ProtoServerReflectionPlugin;

constexpr char kChannelz[] = "channelz_service";

// Reflection on one server that tells the services of another.
class ReflectionOf final : public grpc::ServerBuilderPlugin {
 public:
  explicit ReflectionOf(grpc::Server& shown) : shown_(&shown) {}

  std::string name() override { return reflection_.name(); }
  void InitServer(grpc::ServerInitializer* server) override {
    reflection_.InitServer(server);
  }
  // The library takes the list of services from what it is given here.
  void Finish(grpc::ServerInitializer*) override {
    reflection_.Finish(&shown_);
  }
  void ChangeArguments(const std::string& argument, void* value) override {
    reflection_.ChangeArguments(argument, value);
  }
  bool has_sync_methods() const override {
    return reflection_.has_sync_methods();
  }
  bool has_async_methods() const override {
    return reflection_.has_async_methods();
  }

 private:
  Reflection reflection_;
  grpc::ServerInitializer shown_;
};

// Replaces the plugins of a builder by `wanted`, and keeps of its own that of
// the name `kept`.
class ThesePlugins final : public grpc::ServerBuilderOption {
 public:
  ThesePlugins(std::string kept,
               std::unique_ptr<grpc::ServerBuilderPlugin> wanted)
      : kept_(std::move(kept)), wanted_(std::move(wanted)) {}

  void UpdateArguments(grpc::ChannelArguments*) override {}
  void UpdatePlugins(Plugins* plugins) override {
    Plugins chosen;
    for (auto& plugin : *plugins) {
      if (plugin->name() == kept_) chosen.push_back(std::move(plugin));
    }
    chosen.push_back(std::move(wanted_));
    *plugins = std::move(chosen);
  }

 private:
  const std::string kept_;
  std::unique_ptr<grpc::ServerBuilderPlugin> wanted_;
};

}  // namespace

std::unique_ptr<grpc::ServerBuilder> CallersBuilder() {
  auto builder = std::make_unique<grpc::ServerBuilder>();
  builder->SetOption(
      std::make_unique<ThesePlugins>("", std::make_unique<Reflection>()));
  return builder;
}

std::unique_ptr<grpc::ServerBuilder> OperatorsBuilder(grpc::Server& shown) {
  static absl::once_flag once;
  absl::call_once(once, grpc::channelz::experimental::InitChannelzService);
  auto builder = std::make_unique<grpc::ServerBuilder>();
  builder->SetOption(std::make_unique<ThesePlugins>(
      kChannelz, std::make_unique<ReflectionOf>(shown)));
  return builder;
}

}  // namespace frikommune::rpc
