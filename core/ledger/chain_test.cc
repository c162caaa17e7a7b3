#include "core/ledger/chain.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "google/protobuf/descriptor.h"

namespace frikommune::ledger {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// An entry whose every field is set.
v1::Entry FullEntry() {
  v1::Entry entry;
  entry.set_name("municipalities/851/entries/01");
  entry.set_municipality(851);
  entry.mutable_time()->set_seconds(1546300800);
  entry.mutable_time()->set_nanos(5);
  entry.set_service("certificates");
  entry.set_call("a/b");
  entry.set_request_id("r");
  entry.set_request_digest("d");
  entry.set_request("q");
  entry.set_subject("s");
  entry.set_subject_state("t");
  entry.set_subject_type("u");
  entry.set_response("v");
  entry.mutable_index()->set_case_id("c");
  entry.mutable_index()->set_provision("p");
  entry.mutable_index()->set_experiment("E02");
  entry.mutable_index()->set_outcome(28);
  entry.mutable_index()->set_state(4);
  entry.mutable_index()->set_day(-1);
  entry.set_catalog_digest("e");
  Link(0, HashBeforeFirst(), entry);
  return entry;
}

// Changes one field of a message a little.
void Change(Message& message, const FieldDescriptor* field) {
  const auto* reflection = message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection->SetString(&message, field,
                                   reflection->GetString(message, field) + "x");
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->SetInt32(&message, field,
                                  reflection->GetInt32(message, field) + 1);
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->SetInt64(&message, field,
                                  reflection->GetInt64(message, field) + 1);
    default:
      FAIL() << field->full_name() << " is of a type that nobody hashes";
  }
}

TEST(ChainTest, TheHashIsOfThePlaceAndTheContent) {
  const v1::Entry entry = FullEntry();
  const std::string content = ContentDigestOf(entry);
  EXPECT_EQ(HashAt(1, HashBeforeFirst(), content), entry.hash());
  EXPECT_NE(HashAt(2, HashBeforeFirst(), content), entry.hash());
  EXPECT_NE(HashAt(1, entry.hash(), content), entry.hash());
  EXPECT_NE(HashAt(1, HashBeforeFirst(), entry.hash()), entry.hash());
}

// The hash is stated, so that another program can compute it, and so that no
// change of this one goes unseen: a chain that is kept would break.
TEST(ChainTest, TheHashIsWhatItWas) {
  EXPECT_EQ(absl::BytesToHexString(HashOf(FullEntry())),
            "94c6a59fd4e46916045c4090b5709c6966856a70dbf42cf02fb51824ebdfcf67");
}

TEST(ChainTest, EveryFieldIsHashed) {
  const v1::Entry entry = FullEntry();
  const auto* type = v1::Entry::descriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const FieldDescriptor* field = type->field(i);
    if (field->name() == "hash") continue;
    if (field->message_type() == nullptr) {
      v1::Entry changed = entry;
      Change(changed, field);
      EXPECT_NE(HashOf(changed), entry.hash()) << field->full_name();
      continue;
    }
    for (int j = 0; j < field->message_type()->field_count(); ++j) {
      v1::Entry changed = entry;
      Change(*changed.GetReflection()->MutableMessage(&changed, field),
             field->message_type()->field(j));
      EXPECT_NE(HashOf(changed), entry.hash())
          << field->message_type()->field(j)->full_name();
    }
  }
}

TEST(ChainTest, PartsDoNotRunTogether) {
  v1::Entry one;
  one.set_service("ab");
  one.set_call("c");
  v1::Entry other;
  other.set_service("a");
  other.set_call("bc");
  EXPECT_NE(HashOf(one), HashOf(other));
}

TEST(ChainTest, AnEntryFollowsWhereItWasLinkedAndNowhereElse) {
  const v1::Entry first = FullEntry();
  v1::Entry second = FullEntry();
  Link(first.position(), first.hash(), second);
  EXPECT_TRUE(Follows(0, HashBeforeFirst(), first));
  EXPECT_TRUE(Follows(1, first.hash(), second));
  EXPECT_FALSE(Follows(0, HashBeforeFirst(), second));
  EXPECT_FALSE(Follows(2, first.hash(), second));
  second.set_service("rehab");
  EXPECT_FALSE(Follows(1, first.hash(), second));
}

}  // namespace
}  // namespace frikommune::ledger
