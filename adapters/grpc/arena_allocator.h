#ifndef FRIKOMMUNE_ADAPTERS_GRPC_ARENA_ALLOCATOR_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_ARENA_ALLOCATOR_H_

#include <cstddef>
#include <new>

#include "google/protobuf/arena.h"
#include "grpcpp/support/message_allocator.h"

namespace frikommune::rpc {

// The largest block an arena takes at once.
inline constexpr size_t kBlockBytesMax = 64 * 1024;

// Puts the request and the response of a call on one arena, whose first
// `kFirstBlockBytes` come with the call's own allocation: a call whose messages
// fit takes one malloc and one free.
//
// Thread-safe. Outlives the server it is given to.
template <typename Request, typename Response, size_t kFirstBlockBytes>
class ArenaAllocator final : public grpc::MessageAllocator<Request, Response> {
 public:
  grpc::MessageHolder<Request, Response>* AllocateMessages() override {
    return new Holder();
  }

 private:
  class Holder final : public grpc::MessageHolder<Request, Response> {
   public:
    Holder() : arena_(Options()) {
      this->set_request(
          google::protobuf::Arena::CreateMessage<Request>(&arena_));
      this->set_response(
          google::protobuf::Arena::CreateMessage<Response>(&arena_));
    }
    void Release() override { delete this; }

   private:
    // What does not fit goes on in blocks that grow. The library's own stay so
    // small that a batch takes thousands, and a quarter more time.
    google::protobuf::ArenaOptions Options() {
      google::protobuf::ArenaOptions options;
      options.initial_block = first_block_;
      options.initial_block_size = kFirstBlockBytes;
      options.start_block_size = kFirstBlockBytes;
      options.max_block_size = kBlockBytesMax;
      return options;
    }

    alignas(std::max_align_t) char first_block_[kFirstBlockBytes];
    google::protobuf::Arena arena_;
  };
};

// For calls about one case.
template <typename Request, typename Response>
using UnaryArenaAllocator = ArenaAllocator<Request, Response, 16 * 1024>;

// For calls about many.
template <typename Request, typename Response>
using BatchArenaAllocator = ArenaAllocator<Request, Response, kBlockBytesMax>;

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_ARENA_ALLOCATOR_H_
