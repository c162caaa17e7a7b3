#ifndef FRIKOMMUNE_SERVICES_SCHEDULING_CONTACT_PLAN_STREAM_H_
#define FRIKOMMUNE_SERVICES_SCHEDULING_CONTACT_PLAN_STREAM_H_

#include "adapters/grpc/stream_drain.h"
#include "grpcpp/grpcpp.h"
#include "services/scheduling/counting_planner.h"

namespace frikommune::scheduling {

// Answers a stream of requests, each before the next is read: a caller that
// does not take its answers is not read from. A bad request is answered with
// its error, and the stream goes on. It ends with OK when the caller has sent
// all, with RESOURCE_EXHAUSTED at a message that is too large, and with
// UNAVAILABLE when the server stops.
//
// The stream owns itself and is gone when gRPC is done with it. The planner and
// `streams` outlive it.
grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>*
StartContactPlanStream(CountingPlanner& planner, rpc::StreamDrain& streams);

}  // namespace frikommune::scheduling

#endif  // FRIKOMMUNE_SERVICES_SCHEDULING_CONTACT_PLAN_STREAM_H_
