#include "reporters/posting/client.h"

#include <gmock/gmock.h>

#include "schemas/tool/error.h"
#include "tests/reporters/posting/scripted.h"

namespace modelgate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class ClientTest : public testing::Test {
 protected:
  ScriptedTransport transport;
  ScriptedWaiting waiting;
  Patience patience;

  Answer send(Repeat repeat, bool conflict_passes = false) {
    Client client(transport, waiting, "api.example.com", patience);
    return client.send({"POST", "/things", "{}", conflict_passes}, repeat);
  }
  std::string error(Repeat repeat = Repeat::harmless) {
    return error_of([&] { send(repeat); });
  }
};

TEST_F(ClientTest, gives_an_answer_as_it_is_and_waits_for_nothing) {
  transport.answers = {answered(422, R"({"message": "no"})")};
  EXPECT_EQ(send(Repeat::harmless).response.status, 422);
  EXPECT_TRUE(waiting.waits.empty());
}

TEST_F(ClientTest, tries_again_after_pauses_that_double_with_full_jitter) {
  for (int i = 0; i < 4; ++i) transport.answers.push_back(answered(503));
  transport.answers.push_back(answered(201));
  EXPECT_EQ(send(Repeat::harmless).response.status, 201);
  EXPECT_THAT(waiting.waits, ElementsAre(0.5, 1, 2, 4));  // half of 1, 2, 4, 8
}

TEST_F(ClientTest, pauses_never_longer_than_the_longest_pause) {
  patience.longest_pause = 3;
  for (int i = 0; i < 4; ++i) transport.answers.push_back(answered(502));
  transport.answers.push_back(answered(200));
  send(Repeat::harmless);
  EXPECT_THAT(waiting.waits, ElementsAre(0.5, 1, 1.5, 1.5));
}

TEST_F(ClientTest, tries_again_what_broke_off_took_too_long_or_was_not_reached) {
  transport.answers = {failed(Fault::broken), failed(Fault::timed_out), failed(Fault::unreachable),
                       answered(200)};
  EXPECT_EQ(send(Repeat::harmless).response.status, 200);
  EXPECT_EQ(transport.requests.size(), 4u);
}

TEST_F(ClientTest, waits_as_long_as_the_server_asks_and_a_little_longer) {
  transport.answers = {answered(429, "{}", {{"retry-after", "20"}}), answered(200)};
  send(Repeat::harmless);
  EXPECT_THAT(waiting.waits, ElementsAre(20.5));
}

TEST_F(ClientTest, gives_up_at_once_where_the_server_asks_for_more_than_a_post_may_take) {
  transport.answers = {answered(429, "{}", {{"retry-after", "3600"}})};
  EXPECT_THAT(
      error(),
      HasSubstr("api.example.com: too many requests (429); it asks to wait 3600 s, which is more than "
                "the 120 s that a post may take"));
  EXPECT_TRUE(waiting.waits.empty());
}

TEST_F(ClientTest, ends_after_the_declared_time_whatever_the_server_does) {
  for (int i = 0; i < 20; ++i) transport.answers.push_back(answered(429, "{}", {{"retry-after", "50"}}));
  EXPECT_THAT(error(), HasSubstr("more than the 120 s"));
  EXPECT_EQ(transport.requests.size(), 3u);
  EXPECT_LE(waiting.seconds, 1000 + 120);
}

TEST_F(ClientTest, gives_a_request_no_more_time_than_is_left) {
  patience.all_tries = 40;
  transport.answers = {answered(429, "{}", {{"retry-after", "20"}}), answered(200)};
  send(Repeat::harmless);
  EXPECT_THAT(transport.timeouts, ElementsAre(30, 19.5));
}

TEST_F(ClientTest, ends_after_so_many_tries_where_the_server_asks_for_no_wait) {
  for (int i = 0; i < 20; ++i) transport.answers.push_back(answered(429, "{}", {{"retry-after", "0"}}));
  EXPECT_THAT(error(), HasSubstr("given up after 8 tries"));
  EXPECT_EQ(transport.requests.size(), 8u);
}

TEST_F(ClientTest, a_new_post_has_the_whole_time_again) {
  Client client(transport, waiting, "api.example.com", patience);
  transport.answers = {answered(429, "{}", {{"retry-after", "100"}}), answered(200),
                       answered(429, "{}", {{"retry-after", "100"}}), answered(200)};
  client.send({"GET", "/a", ""}, Repeat::harmless);
  client.begin_post();
  EXPECT_EQ(client.send({"GET", "/b", ""}, Repeat::harmless).response.status, 200);
}

TEST_F(ClientTest, does_not_send_again_what_would_make_a_second_one_after_a_lost_answer) {
  for (const Exchange& lost :
       {failed(Fault::broken), failed(Fault::timed_out), answered(502), answered(503), answered(504)}) {
    transport.requests.clear();
    transport.answers = {lost};
    EXPECT_TRUE(send(Repeat::doubles).unknown);
    EXPECT_EQ(transport.requests.size(), 1u);
  }
}

TEST_F(ClientTest, sends_again_what_would_make_a_second_one_where_nothing_was_done) {
  transport.answers = {failed(Fault::unreachable), answered(429),
                       answered(403, R"({"message": "secondary rate limit"})"), answered(201)};
  const Answer answer = send(Repeat::doubles);
  EXPECT_FALSE(answer.unknown);
  EXPECT_EQ(answer.response.status, 201);
  EXPECT_EQ(transport.requests.size(), 4u);
}

TEST_F(ClientTest, takes_a_conflict_for_passing_only_where_that_was_said) {
  transport.answers = {answered(409), answered(201)};
  EXPECT_EQ(send(Repeat::harmless, true).response.status, 201);
  transport.answers = {answered(409)};
  EXPECT_EQ(send(Repeat::harmless).response.status, 409);
}

TEST_F(ClientTest, never_follows_a_redirect_and_names_its_host_alone) {
  for (const int status : {301, 302, 303, 307, 308}) {
    transport.requests.clear();
    transport.answers = {
        answered(status, "", {{"location", "https://me:secret@evil.example/steal?t=secret"}})};
    const std::string words = error();
    EXPECT_THAT(words, HasSubstr("and points to evil.example, where the token is not sent"));
    EXPECT_THAT(words, Not(HasSubstr("secret")));
    EXPECT_EQ(transport.requests.size(), 1u);
  }
  transport.answers = {answered(301, "", {{"location", "/repositories/5"}})};
  EXPECT_THAT(error(), HasSubstr("points to another address"));
}

TEST_F(ClientTest, does_not_try_again_what_another_try_cannot_change) {
  for (const Fault fault : {Fault::untrusted, Fault::too_large, Fault::unusable}) {
    transport.requests.clear();
    transport.answers = {failed(fault, "it is so")};
    EXPECT_THAT(error(), HasSubstr("api.example.com: it is so"));
    EXPECT_EQ(transport.requests.size(), 1u);
  }
}

TEST_F(ClientTest, takes_a_success_only_in_JSON) {
  transport.answers = {{Fault::none, "", {200, {{"content-type", "text/html"}}, "<html>sign in</html>"}}};
  EXPECT_THAT(error(), HasSubstr("it answers 200, and not in JSON"));
  transport.answers = {{Fault::none, "", {204, {}, ""}}};
  EXPECT_EQ(send(Repeat::harmless).response.status, 204);
}

TEST_F(ClientTest, failures_are_of_the_infrastructure) {
  transport.answers = {failed(Fault::untrusted)};
  try {
    send(Repeat::harmless);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::infrastructure);
  }
}

}  // namespace
}  // namespace modelgate
