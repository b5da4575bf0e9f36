// What a server answers is no better than a file of somebody else: thousands of damaged answers are taken or
// are an Error of the infrastructure, and no comment is written to because of one.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reporters/github/comments.h"
#include "reporters/gitlab/notes.h"
#include "reporters/posting/comment_text.h"
#include "reporters/posting/server_wait.h"
#include "reporters/posting/server_words.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"
#include "tests/fuzz/mutation.h"
#include "tests/reporters/posting/scripted.h"

namespace modelgate {
namespace {

const std::vector<std::string> tokens = {"\"id\": 1,", "null",         "[]",          "{}",
                                         "-1",         "\"user\": 7,", "\"message\":"};

Message message() {
  Message message;
  message.project = "o/r";
  message.request = "7";
  message.author = "me";
  message.comment = comment_body("modelgate", "text\n", "");
  return message;
}

std::string answer() {
  nlohmann::json comments;
  for (int i = 0; i < 3; ++i)
    comments.push_back({{"id", i + 1},
                        {"body", comment_marker("modelgate") + "\nold"},
                        {"html_url", "https://github.com/o/r/pull/7#1"},
                        {"system", false},
                        {"author", {{"username", "me"}}},
                        {"user", {{"login", "me"}, {"type", "User"}}}});
  return comments.dump();
}

template <typename Board, typename... More>
void read_damaged(More... more) {
  Mutator mutator(20261129, tokens);
  const Message said = message();
  int taken = 0, refused = 0;
  for (int i = 0; i < 3000; ++i) {
    ScriptedTransport transport;
    ScriptedWaiting waiting;
    transport.answers = {answered(200, mutator.damaged(answer(), answer()))};
    Client client(transport, waiting, "host", {});
    Board board(client, said, more...);
    try {
      for (const Comment& comment : board.page(1).comments) {
        EXPECT_GE(comment.id, 1);
        EXPECT_TRUE(is_printable(comment.url));
      }
      ++taken;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::infrastructure);
      EXPECT_TRUE(is_printable(error.message())) << error.message();
      EXPECT_LT(error.message().size(), 2000u);
      ++refused;
    }
    EXPECT_EQ(transport.requests.size(), 1u);
  }
  EXPECT_GT(taken, 15);
  EXPECT_GT(refused, 300);
}

TEST(DamagedAnswers, of_GitHub_are_taken_or_refused) { read_damaged<GitHubComments>(); }

TEST(DamagedAnswers, of_GitLab_are_taken_or_refused) { read_damaged<GitLabNotes>(std::string()); }

TEST(DamagedAnswers, have_words_that_can_be_shown) {
  Mutator mutator(20261129, tokens);
  const std::string words = R"({"message": {"base": ["is \u001b[2J wrong", "é"]}, "error": "no"})";
  for (int i = 0; i < 3000; ++i) {
    const std::string shown = server_words({403, {}, mutator.damaged(words, words)});
    EXPECT_TRUE(is_printable(shown)) << shown;
    EXPECT_LT(shown.size(), 1000u);
  }
}

TEST(DamagedAnswers, never_ask_for_a_wait_that_is_no_number) {
  Mutator mutator(20261129, {"GMT", "-", "99999999999", "e5"});
  const std::string date = "Sun, 06 Nov 1994 08:49:37 GMT";
  for (int i = 0; i < 3000; ++i) {
    const std::map<std::string, std::string> headers = {
        {"retry-after", mutator.damaged(i % 2 == 0 ? date : "120", date)},
        {"date", mutator.damaged(date, date)}};
    const std::optional<double> seconds = asked_wait({429, headers, ""}, 0);
    EXPECT_TRUE(!seconds || (*seconds >= 0 && *seconds <= 1e6)) << *seconds;
  }
}

}  // namespace
}  // namespace modelgate
