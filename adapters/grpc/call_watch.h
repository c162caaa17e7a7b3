#ifndef FRIKOMMUNE_ADAPTERS_GRPC_CALL_WATCH_H_
#define FRIKOMMUNE_ADAPTERS_GRPC_CALL_WATCH_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace frikommune::rpc {

// Who watches a call, as its handler knows them: a handler tells what cannot be
// seen from outside. Cheap; by default nobody listens.
//
// Lives until gRPC is done with the call, or, of one that is answered at once,
// until its handler returns. One thread tells at a time.
class CallWatch {
 public:
  // The watch of the call whose handler this thread has just entered, good
  // until that returns. Never absent.
  static CallWatch& Current();

  // False if the server has too much to do to answer the call.
  virtual bool IsWelcome() const;

  // A message of that many bytes came.
  virtual void Received(size_t bytes);

  // The call is answered before its handler returns (call_at_once.h).
  virtual void IsAtOnce();

  // The caller's own id of the request, as it was sent.
  virtual void AskedAs(absl::string_view request_id);
  // What the call is answered by, which is held as long as the watch lives, and
  // the SHA-256 of its catalog, which stands in it.
  virtual void AnsweredBy(std::shared_ptr<const void> held,
                          absl::string_view catalog_digest);

  // A new span of the call's trace, as a traceparent header, for a call that is
  // made to answer this one. Empty if nobody watches.
  virtual std::string ChildTrace();
  // Makes a watch the current one of this thread while it lives.
  class Entered {
   public:
    explicit Entered(CallWatch& watch);
    ~Entered();
    Entered(const Entered&) = delete;
    Entered& operator=(const Entered&) = delete;

   private:
    CallWatch* const before_;
  };

 protected:
  CallWatch() = default;
  ~CallWatch() = default;
};

}  // namespace frikommune::rpc

#endif  // FRIKOMMUNE_ADAPTERS_GRPC_CALL_WATCH_H_
