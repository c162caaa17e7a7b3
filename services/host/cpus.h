#ifndef FRIKOMMUNE_SERVICES_HOST_CPUS_H_
#define FRIKOMMUNE_SERVICES_HOST_CPUS_H_

#include <functional>
#include <optional>
#include <string>

namespace frikommune::host {

// What a file holds; nothing if it cannot be read.
using ReadFile = std::function<std::optional<std::string>(const std::string&)>;

// How many processors' time the process may use, as its control groups limit it
// (cpu.max, or cpu.cfs_quota_us of the first version); at most `processors`.
double CpusOf(int processors, const ReadFile& read);

// The same of this process, now.
double CpusOfThisProcess();

// How many threads wait for a store, for that many processors: two for each,
// from two to eight.
int WorkersFor(double cpus);

}  // namespace frikommune::host

#endif  // FRIKOMMUNE_SERVICES_HOST_CPUS_H_
