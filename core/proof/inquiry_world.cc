#include "core/proof/inquiry_world.h"

#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "core/decision/decide.h"
#include "core/decision/render.h"
#include "core/proof/inquiry_case.h"
#include "core/request/field_path.h"
#include "frikommune/annotations/v1/annotations.pb.h"

namespace frikommune::proof {
namespace {

using catalog::Fact;
using catalog::Facts;
using catalog::kUnknown;
using catalog::Question;
using catalog::Value;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using request::IsSet;
using request::SetField;

bool IsRequired(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::behavior) ==
         annotations::v1::FIELD_BEHAVIOR_REQUIRED;
}

// The provision that the facts in the field ask about; empty if none.
const std::string& DecidedBy(const FieldDescriptor& field) {
  return field.options().GetExtension(annotations::v1::decides);
}

// The field of the request that asks the question; null if it cannot.
const FieldDescriptor* AskingField(const Descriptor& request,
                                   const Question& question) {
  for (int i = 0; i < request.field_count(); ++i) {
    if (DecidedBy(*request.field(i)) == question.id) return request.field(i);
  }
  return nullptr;
}

// The facts that are fields of the request. Local policy is the catalog's own,
// unless it is assumed.
void WriteFields(const Facts& facts, Message& request) {
  for (const Fact& fact : facts.layout().vocabulary().facts()) {
    const Value value = facts.Get(fact.slot);
    if (value == kUnknown || value == catalog::kNone) continue;
    const bool is_policy = absl::StartsWith(fact.name, "policy.");
    if (is_policy && !facts.IsPinned(fact.slot)) continue;
    SetField(request, fact.name, value);
  }
}

// Makes up what a request cannot leave out.
void WriteRequired(Value on, Message& set) {
  const Descriptor* const type = set.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor& field = *type->field(i);
    if (!IsRequired(field) || IsSet(set, field.name())) continue;
    const bool is_enum = field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
    SetField(set, field.name(), is_enum ? 1 : on);
  }
}

void WriteSafeguards(Value assessed, Value leader, Message& request) {
  const auto* type = request.GetDescriptor();
  const auto* reflection = request.GetReflection();
  const auto given = [&](const char* name) {
    return reflection->MutableMessage(&request, type->FindFieldByName(name));
  };
  if (assessed == 1) {
    static_cast<decision::v1::Assessment*>(given("assessment"))
        ->set_assessor("a-1");
  }
  if (leader != decision::v1::LEADER_STANDING_APPROVED &&
      leader != decision::v1::LEADER_STANDING_REJECTED) {
    return;
  }
  auto& review =
      *static_cast<decision::v1::LeaderReview*>(given("leader_review"));
  review.set_reviewer("l-1");
  review.set_verdict(leader == decision::v1::LEADER_STANDING_APPROVED
                         ? decision::v1::VERDICT_APPROVED
                         : decision::v1::VERDICT_REJECTED);
}

}  // namespace

InquiryWorld::InquiryWorld(std::vector<Call> calls, std::set<std::string> found)
    : calls_(std::move(calls)), known_(std::move(found)) {
  known_.insert({"on", "assessment_recorded", "leader_standing"});
  for (const Call& call : calls_) {
    for (int i = 0; i < call.request->field_count(); ++i) {
      const FieldDescriptor& set = *call.request->field(i);
      if (DecidedBy(set).empty()) continue;
      for (int j = 0; j < set.message_type()->field_count(); ++j) {
        const FieldDescriptor& field = *set.message_type()->field(j);
        if (!IsRequired(field)) continue;
        known_.insert(absl::StrCat(set.name(), ".", field.name()));
      }
    }
  }
}

bool InquiryWorld::IsAlwaysKnown(const Fact& fact) const {
  return known_.count(fact.name) > 0 || absl::StartsWith(fact.name, "policy.");
}

CaseWorld::Range InquiryWorld::RangeOf(const Question&,
                                       const Fact& fact) const {
  return {fact.at_least, fact.at_most};
}

uint64_t InquiryWorld::ValuesOf(const Question&, const Fact&) const {
  return std::numeric_limits<uint64_t>::max();
}

Value InquiryWorld::Of(const Facts& facts, const char* name) {
  const Fact* const fact = facts.layout().vocabulary().Find(name);
  return fact != nullptr ? facts.Get(fact->slot) : kUnknown;
}

std::string InquiryWorld::WriteCase(const catalog::Snapshot& snapshot,
                                    const Question& question,
                                    int municipality_code, const Facts& facts,
                                    const std::string& name) const {
  const catalog::Area* area = nullptr;
  snapshot.FindQuestion(question.id, &area);
  Facts copy = facts;
  decision::v1::Decision expected;
  const decision::Answer engine = decision::Decide(
      *area, question, snapshot.MunicipalityIndex(municipality_code), copy);
  decision::Render(snapshot, *area, engine, decision::v1::VIEW_BASIC, copy,
                   expected);
  for (const Call& call : calls_) {
    const FieldDescriptor* const asking = AskingField(*call.request, question);
    if (asking == nullptr) continue;
    const std::unique_ptr<Message> request(
        google::protobuf::MessageFactory::generated_factory()
            ->GetPrototype(call.request)
            ->New());
    const auto* reflection = request->GetReflection();
    reflection->SetString(request.get(),
                          call.request->FindFieldByName("municipality"),
                          absl::StrCat("municipalities/", municipality_code));
    const Value on = Of(facts, "on");
    SetField(*request, "decision_date", on);
    SetField(*request, "validate_only", 1);
    WriteFields(facts, *request);
    WriteRequired(on, *reflection->MutableMessage(request.get(), asking));
    WriteSafeguards(Of(facts, "assessment_recorded"),
                    Of(facts, "leader_standing"), *request);
    WriteFound(facts, *request);
    decision::v1::Decision answer;
    const bool agrees =
        Answer(snapshot, *request, answer).ok() &&
        answer.outcome() == expected.outcome() &&
        answer.ordinary_law_outcome() == expected.ordinary_law_outcome();
    return WriteInquiryCase(
        agrees ? name
               : absl::StrCat(name, " (no request has just these facts)"),
        call.name, *request, agrees ? answer : expected);
  }
  return "";
}

}  // namespace frikommune::proof
