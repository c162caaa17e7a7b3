#include <gtest/gtest.h>

#include <string>

#include "services/rehab/agenda_fixture_test.h"

namespace frikommune::rehab {
namespace {

TEST_F(AgendaTest, ARepeatedBookingIsTheFirstOne) {
  const std::string day = Day("2019-03-12");
  v1::BookAgendaItemRequest request = BookRequest("c1", day);
  request.set_request_id("r1");
  const auto first = Book(request);
  ASSERT_TRUE(first.ok());
  // Whatever became of the item.
  ASSERT_TRUE(Withdraw(first->name()).ok());
  certificates_.BeAway();
  const auto again = Book(request);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
  EXPECT_EQ(List().items_size(), 1);
  request.mutable_waiting_case()->set_case_id("c2");
  ExpectRefused(Book(request), StatusCode::kInvalidArgument,
                "REQUEST_ID_REUSED", "request_id");
}

TEST_F(AgendaTest, ARequestThatIsSentAgainMeanwhileHasOneAnswer) {
  const std::string day = Day("2019-03-12");
  certificates_.Hold();
  BookCall calls[2];
  for (BookCall& call : calls) {
    call.request = BookRequest("c1", day);
    call.request.set_request_id("r1");
    Begin(call);
  }
  EXPECT_EQ(List(day).items_size(), 1);
  certificates_.Release();
  for (BookCall& call : calls) ASSERT_TRUE(call.Wait().ok());
  EXPECT_EQ(calls[0].response.SerializeAsString(),
            calls[1].response.SerializeAsString());
  EXPECT_EQ(calls[0].response.item().state(), v1::AGENDA_ITEM_STATE_CONFIRMED);
}

// As after a server that fell before it could keep what certificates said.
TEST_F(AgendaTest, WhatWasBegunGoesOnWhereItStopped) {
  const std::string day = Day("2019-03-12");
  v1::BookAgendaItemRequest request = BookRequest("c1", day);
  request.set_request_id("r1");
  work::WorkerPool busy(1, 0);
  Agenda overloaded({store_, certificates_, ids_, busy, {851}});
  ExpectRefused(Book(request, &overloaded), StatusCode::kResourceExhausted,
                "OVERLOADED", "");
  ASSERT_EQ(List(day).items_size(), 1);
  EXPECT_EQ(List(day).items(0).state(),
            v1::AGENDA_ITEM_STATE_CERTIFICATES_UNAVAILABLE);
  const auto item = Book(request);
  ASSERT_TRUE(item.ok()) << item.status();
  EXPECT_EQ(item->state(), v1::AGENDA_ITEM_STATE_CONFIRMED);
  EXPECT_EQ(item->name(), List(day).items(0).name());
}

TEST_F(AgendaTest, WhatHappensMeanwhileIsNotUndone) {
  const std::string day = Day("2019-03-12");
  certificates_.Hold();
  BookCall call;
  call.request = BookRequest("c1", day);
  Begin(call);
  ASSERT_TRUE(Withdraw(List(day).items(0).name()).ok());
  certificates_.Release();
  ASSERT_TRUE(call.Wait().ok());
  EXPECT_EQ(call.response.item().state(), v1::AGENDA_ITEM_STATE_WITHDRAWN);
  EXPECT_EQ(List(day).items_size(), 0);
}

}  // namespace
}  // namespace frikommune::rehab
