#ifndef FRIKOMMUNE_SERVICES_HOST_CONFIGURATION_H_
#define FRIKOMMUNE_SERVICES_HOST_CONFIGURATION_H_

#include <string>

#include "absl/strings/string_view.h"

namespace CLI {
class App;
}  // namespace CLI

namespace frikommune::host {

// What a store's name says, with *** for its passwords, in whichever way libpq
// takes them: "postgres:host=db password=***".
std::string WithoutSecrets(absl::string_view store);

// Every flag that was read, with its value, a line each, as --config takes it:
// `drain-seconds=10`. Secrets are left out.
std::string ConfigurationOf(const CLI::App& app);

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_CONFIGURATION_H_
