#ifndef FRIKOMMUNE_CORE_PROOF_INQUIRY_WORLD_H_
#define FRIKOMMUNE_CORE_PROOF_INQUIRY_WORLD_H_

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "core/proof/case_world.h"
#include "frikommune/decision/v1/decision.pb.h"
#include "google/protobuf/message.h"

namespace frikommune::proof {

// The world of requests for one decision: what core/inquiry finds of every
// case, and the way back from facts to a request. An area adds what it finds
// itself.
class InquiryWorld : public CaseWorld {
 public:
  bool IsAlwaysKnown(const catalog::Fact& fact) const override;
  bool MayBeNone(const catalog::Fact&) const override { return false; }
  bool IsPast(const catalog::Fact&) const override { return false; }
  Range RangeOf(const catalog::Question& question,
                const catalog::Fact& fact) const override;
  uint64_t ValuesOf(const catalog::Question& question,
                    const catalog::Fact& fact) const override;
  std::string WriteCase(const catalog::Snapshot& snapshot,
                        const catalog::Question& question,
                        int municipality_code, const catalog::Facts& facts,
                        const std::string& name) const override;

 protected:
  // A call, and the request that it takes.
  struct Call {
    std::string name;
    const google::protobuf::Descriptor* request;
  };

  // `found` are facts that the area finds of every case, beside those of
  // core/inquiry and the fields that every request has.
  InquiryWorld(std::vector<Call> calls, std::set<std::string> found);

  // The value of a fact; kUnknown if the area does not have it.
  static catalog::Value Of(const catalog::Facts& facts, const char* name);

  // Writes what the facts that are found from others were found from. All that
  // can be written of a request besides has been.
  virtual void WriteFound(const catalog::Facts& facts,
                          google::protobuf::Message& request) const = 0;

  // What the area answers to a request of one of the calls.
  virtual absl::Status Answer(const catalog::Snapshot& snapshot,
                              const google::protobuf::Message& request,
                              decision::v1::Decision& out) const = 0;

 private:
  std::vector<Call> calls_;
  std::set<std::string> known_;
};

}  // namespace frikommune::proof

#endif  // FRIKOMMUNE_CORE_PROOF_INQUIRY_WORLD_H_
