#include "bench/allocations.h"

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace frikommune::bench {
namespace {

std::atomic<int64_t> allocations = 0;

}  // namespace

int64_t Allocations() { return allocations.load(std::memory_order_relaxed); }

// Not inlined, so that the compiler sees `new` and `delete` in pairs.
[[gnu::noinline]] void* Count(size_t bytes) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  return std::malloc(bytes);
}

}  // namespace frikommune::bench

void* operator new(size_t bytes) {
  if (void* const memory = frikommune::bench::Count(bytes)) return memory;
  throw std::bad_alloc();
}

void operator delete(void* memory) noexcept { std::free(memory); }

void operator delete(void* memory, size_t) noexcept { std::free(memory); }
