#include "core/wire/message_writer.h"

#include <cstring>
#include <limits>
#include <string>

#include "frikommune/decision/v1/decision.pb.h"
#include "frikommune/scheduling/v1/scheduling_service.pb.h"
#include "gtest/gtest.h"

namespace frikommune::wire {
namespace {

using decision::v1::Decision;
using decision::v1::Reason;
using decision::v1::Text;
using scheduling::v1::AssessMeetingResponse;
using scheduling::v1::DutyTerms;

// Starts small, so that it has to grow.
class MessageWriterTest : public testing::Test {
 protected:
  std::string bytes() const { return std::string(out_.bytes()); }

  MessageWriter out_{1};
};

TEST_F(MessageWriterTest, LeavesOutWhatIsDefault) {
  out_.Text(Decision::kProvisionFieldNumber, "");
  out_.Number(Decision::kOutcomeFieldNumber, 0);
  EXPECT_EQ(bytes(), "");
}

TEST_F(MessageWriterTest, WritesWhatMayBeUnsetWhateverItIs) {
  Decision decision;
  decision.add_flags("");
  decision.set_counts(false);
  decision.set_resets_clock(true);
  decision.set_evaluation_tag("t");
  out_.AddText(Decision::kFlagsFieldNumber, "");
  out_.AddNumber(Decision::kCountsFieldNumber, 0);
  out_.AddNumber(Decision::kResetsClockFieldNumber, 1);
  out_.Text(Decision::kEvaluationTagFieldNumber, "t");
  EXPECT_EQ(bytes(), decision.SerializeAsString());
}

TEST_F(MessageWriterTest, WritesNumbersOfEveryLength) {
  for (const int32_t number :
       {1, 127, 128, 16383, 16384, std::numeric_limits<int32_t>::max(), -1,
        std::numeric_limits<int32_t>::min()}) {
    MessageWriter out(1);
    out.Number(AssessMeetingResponse::kRegistrationLagDaysFieldNumber, number);
    AssessMeetingResponse response;
    response.set_registration_lag_days(number);
    EXPECT_EQ(std::string(out.bytes()), response.SerializeAsString()) << number;
  }
}

TEST_F(MessageWriterTest, PacksNumbers) {
  DutyTerms terms;
  terms.add_permitted_forms(scheduling::v1::MEETING_FORM_PERSONAL);
  terms.add_permitted_forms(scheduling::v1::MEETING_FORM_GROUP);
  out_.Message(DutyTerms::kPermittedFormsFieldNumber, [&] {
    out_.PackedNumber(scheduling::v1::MEETING_FORM_PERSONAL);
    out_.PackedNumber(scheduling::v1::MEETING_FORM_GROUP);
  });
  EXPECT_EQ(bytes(), terms.SerializeAsString());
}

// A length is written before what it counts, and takes one to three bytes.
TEST_F(MessageWriterTest, WritesMessagesOfEveryLength) {
  for (const size_t size :
       {0, 1, 122, 123, 124, 125, 126, 127, 128, 16376, 16377, 16378, 16379,
        16380, 16381, 16382, 16383, 16384, 100'000}) {
    const std::string text(size, 'x');
    Decision decision;
    decision.set_provision("p");
    Reason& reason = *decision.add_reasons();
    reason.mutable_text()->set_da(text);
    reason.set_confidence(decision::v1::CONFIDENCE_TO_VERIFY);
    decision.add_flags(std::string(1, 'f'));
    for (const Expect expect : {Expect::kShort, Expect::kLong}) {
      MessageWriter out(1);
      out.Text(Decision::kProvisionFieldNumber, "p");
      out.Message(
          Decision::kReasonsFieldNumber,
          [&] {
            out.Message(
                Reason::kTextFieldNumber,
                [&] { out.Text(Text::kDaFieldNumber, text); }, expect);
            out.Number(Reason::kConfidenceFieldNumber,
                       decision::v1::CONFIDENCE_TO_VERIFY);
          },
          expect);
      out.AddText(Decision::kFlagsFieldNumber, "f");
      EXPECT_EQ(std::string(out.bytes()), decision.SerializeAsString()) << size;
    }
  }
}

TEST_F(MessageWriterTest, TakesWhatWasEncodedBefore) {
  Decision decision;
  decision.set_provision("p");
  out_.Encoded(decision.SerializeAsString());
  out_.AddText(Decision::kFlagsFieldNumber, "f");
  decision.add_flags(std::string(1, 'f'));
  EXPECT_EQ(bytes(), decision.SerializeAsString());
}

// Each way in which a text is copied, and a step over its limits.
TEST_F(MessageWriterTest, CopiesTextsOfEveryLength) {
  Decision decision;
  std::string text;
  for (int size = 0; size <= 70; ++size) {
    decision.add_flags(text);
    out_.AddText(Decision::kFlagsFieldNumber, text);
    text.push_back(static_cast<char>('0' + size));
  }
  EXPECT_EQ(bytes(), decision.SerializeAsString());
}

// What a piece is padded with is neither kept nor written over.
TEST_F(MessageWriterTest, WritesPiecesOfEveryLength) {
  Decision decision;
  for (int size = 0; size <= 100; ++size) {
    decision.add_flags(std::string(static_cast<size_t>(size), 'f'));
    Decision one;
    one.add_flags(decision.flags(size));
    const Piece piece(one.SerializeAsString());
    EXPECT_EQ(std::string(piece.fields()), one.SerializeAsString());
    const char* const end = out_.Encoded(piece);
    EXPECT_EQ(end, out_.bytes().data() + out_.size());
  }
  EXPECT_EQ(bytes(), decision.SerializeAsString());
}

TEST_F(MessageWriterTest, WritesOverTheLastOfAPiece) {
  Decision decision;
  decision.set_evaluation_tag("tag ????");
  std::memcpy(out_.Encoded(Piece(decision.SerializeAsString())) - 4, "last", 4);
  decision.set_evaluation_tag("tag last");
  EXPECT_EQ(bytes(), decision.SerializeAsString());
}

// With tags of one byte and of two, while the memory grows.
TEST_F(MessageWriterTest, RepeatsAMessage) {
  constexpr int kShortTag = Decision::kReasonsFieldNumber;
  constexpr int kLongTag = Decision::kSavingFieldNumber;
  static_assert(kShortTag < 16 && kLongTag >= 16);
  for (const int as : {kShortTag, kLongTag}) {
    for (const size_t size : {0, 5, 200, 20'000}) {
      MessageWriter once(1);
      MessageWriter twice(1);
      const auto write = [size](int field, MessageWriter& out) {
        out.Message(field, [&] {
          out.Text(Reason::kRowFieldNumber, std::string(size, 'r'));
        });
      };
      write(as, once);
      twice.Encoded(once.bytes());
      for (const int field : {kShortTag, kLongTag}) {
        twice.Repeat(field, as, 0, once.size());
      }
      MessageWriter expected(1);
      for (const int field : {as, kShortTag, kLongTag}) write(field, expected);
      EXPECT_EQ(twice.bytes(), expected.bytes()) << as << " " << size;
    }
  }
}

TEST_F(MessageWriterTest, WritesNothingOfWhatFails) {
  out_.Text(Decision::kProvisionFieldNumber, "p");
  const std::string before = bytes();
  const auto write = [&](const absl::Status& status) {
    return out_.TryMessage(Decision::kReasonsFieldNumber, [&] {
      out_.Text(Reason::kRowFieldNumber, std::string(300, 'r'));
      return status;
    });
  };
  EXPECT_EQ(write(absl::NotFoundError("")).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(bytes(), before);
  EXPECT_TRUE(write(absl::OkStatus()).ok());
  Decision decision;
  ASSERT_TRUE(decision.ParseFromString(bytes()));
  EXPECT_EQ(decision.reasons(0).row(), std::string(300, 'r'));
}

TEST_F(MessageWriterTest, GivesItsMemoryAway) {
  out_.Text(Decision::kProvisionFieldNumber, "p");
  const std::string before = bytes();
  const size_t size = out_.size();
  const MessageWriter::Memory memory = out_.Release();
  EXPECT_EQ(std::string(memory.get(), size), before);
}

}  // namespace
}  // namespace frikommune::wire
