#ifndef FRIKOMMUNE_BENCH_ALLOCATIONS_H_
#define FRIKOMMUNE_BENCH_ALLOCATIONS_H_

#include <cstdint>

namespace frikommune::bench {

// How many times the program has asked for memory. A program that links this
// counts every `new` in it. Thread-safe.
int64_t Allocations();

}  // namespace frikommune::bench

#endif  // FRIKOMMUNE_BENCH_ALLOCATIONS_H_
