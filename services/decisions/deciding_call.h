#ifndef FRIKOMMUNE_SERVICES_DECISIONS_DECIDING_CALL_H_
#define FRIKOMMUNE_SERVICES_DECISIONS_DECIDING_CALL_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "core/decision/decide.h"
#include "core/inquiry/inquiry.h"
#include "core/request/validate.h"
#include "core/wire/message_writer.h"
#include "frikommune/decision/v1/record.pb.h"
#include "services/work/warm_pool.h"

namespace frikommune::decisions {

// What every deciding request says, whatever it asks: views into it.
struct Asked {
  const google::protobuf::Message* request = nullptr;
  absl::string_view municipality;
  absl::string_view case_id;
  absl::string_view decision_date;
  absl::string_view request_id;
  absl::string_view supersedes;
  // Null where there is none.
  const decision::v1::Assessment* assessment = nullptr;
  const decision::v1::LeaderReview* leader_review = nullptr;
  decision::v1::View view = decision::v1::VIEW_UNSPECIFIED;
  bool validate_only = false;
};

template <typename Request>
Asked AskedBy(const Request& request) {
  return {
      .request = &request,
      .municipality = request.municipality(),
      .case_id = request.case_id(),
      .decision_date = request.decision_date(),
      .request_id = request.request_id(),
      .supersedes = request.supersedes(),
      .assessment = request.has_assessment() ? &request.assessment() : nullptr,
      .leader_review =
          request.has_leader_review() ? &request.leader_review() : nullptr,
      .view = request.view(),
      .validate_only = request.validate_only()};
}

// A question that a service decides: one call of its contract. Thread-safe.
class DecidingCall {
 public:
  virtual ~DecidingCall() = default;

  // "frikommune.rehab.v1.RehabService/RouteCase".
  virtual const std::string& call() const = 0;

  // The number of the field `request_id` of its requests.
  virtual int request_id_field() const = 0;

  // Checks the fields of a request of the call.
  virtual absl::Status Check(
      const google::protobuf::Message& request) const = 0;

  // Decides a request whose fields are checked, and writes the fields of its
  // Decision in that view, whatever it asks for itself. Errors carry a reason
  // and a field.
  virtual absl::StatusOr<decision::Answer> Write(
      const google::protobuf::Message& request, decision::v1::View view,
      wire::MessageWriter& out) = 0;

  // Decides a request that was kept, with a review put to it, in the FULL view.
  virtual absl::Status DecideReviewed(absl::string_view kept_request,
                                      const decision::v1::LeaderReview& review,
                                      decision::v1::Decision& out) = 0;
};

// A call that an area's decider answers:
//
//   absl::StatusOr<Answer> Write(const Request&, View, MessageWriter& out);
template <typename Decider, typename Request>
class DecidingCallBy final : public DecidingCall {
 public:
  // `make` makes a decider for one thread.
  DecidingCallBy(std::string call, typename work::WarmPool<Decider>::Make make)
      : call_(std::move(call)), deciders_(std::move(make)) {}

  const std::string& call() const override { return call_; }
  int request_id_field() const override {
    return Request::kRequestIdFieldNumber;
  }

  absl::Status Check(const google::protobuf::Message& request) const override {
    return validator_.Check(request);
  }

  absl::StatusOr<decision::Answer> Write(
      const google::protobuf::Message& request, decision::v1::View view,
      wire::MessageWriter& out) override {
    return deciders_.Take()->Write(static_cast<const Request&>(request), view,
                                   out);
  }

  absl::Status DecideReviewed(absl::string_view kept_request,
                              const decision::v1::LeaderReview& review,
                              decision::v1::Decision& out) override {
    Request request;
    if (!request.ParseFromArray(kept_request.data(),
                                static_cast<int>(kept_request.size()))) {
      return absl::DataLossError("a kept request cannot be read");
    }
    *request.mutable_leader_review() = review;
    return inquiry::ReadDecision(
        [&](wire::MessageWriter& bytes) {
          return Write(request, decision::v1::VIEW_FULL, bytes);
        },
        out);
  }

 private:
  const std::string call_;
  const request::Validator validator_{Request::descriptor()};
  work::WarmPool<Decider> deciders_;
};

}  // namespace frikommune::decisions

#endif  // FRIKOMMUNE_SERVICES_DECISIONS_DECIDING_CALL_H_
