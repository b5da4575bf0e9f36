#include "reporters/posting/posts.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "reporters/posting/server_words.h"
#include "schemas/tool/printable.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

const Token token("secret-token");

TEST(Posts, are_all_tried_though_one_fails) {
  const auto records = posted_all(
      {{"status", []() -> Posted { throw infrastructure_error("host", "it answers 403", "do this"); }},
       {"comment",
        [] {
          return Posted{Posted::How::posted, "https://example.com/1", "", ""};
        }}},
      token);
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(records[0].posted.how, Posted::How::failed);
  EXPECT_EQ(records[0].posted.sentence, "host: it answers 403");
  EXPECT_EQ(records[0].posted.hint, "do this");
  EXPECT_EQ(records[1].posted.how, Posted::How::posted);
  EXPECT_EQ(exit_code_of(records), ExitCode::error);
}

TEST(Posts, that_are_made_or_skipped_are_no_failure) {
  const auto records = posted_all({{"status", [] { return Posted{}; }},
                                   {"comment",
                                    [] {
                                      return Posted{Posted::How::skipped, "", "no request", ""};
                                    }}},
                                  token);
  EXPECT_EQ(exit_code_of(records), ExitCode::pass);
  EXPECT_EQ(posts_text(records), "status: posted\ncomment: skipped, no request\n");
}

TEST(Posts, tell_neither_the_token_nor_control_characters) {
  const std::string hostile = "secret-token \x1b[2J\n::error::x " + std::string(5000, 'x');
  const auto records =
      posted_all({{"status", [&]() -> Posted { throw infrastructure_error(hostile, hostile, hostile); }},
                  {"comment",
                   [&] {
                     return Posted{Posted::How::posted, hostile, hostile, hostile};
                   }}},
                 token);
  for (const std::string& text : {posts_text(records), posts_json({}, records)}) {
    EXPECT_THAT(text, Not(HasSubstr("secret-token")));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_LT(text.size(), 10'000u);
  }
  EXPECT_THAT(posts_text(records), Not(HasSubstr("\n::error")));
}

TEST(Posts, are_told_as_JSON_with_where_they_went) {
  const auto records = posted_all({{"comment",
                                    [] {
                                      return Posted{Posted::How::updated, "https://example.com/1", "", ""};
                                    }}},
                                  token);
  const auto document =
      nlohmann::json::parse(posts_json({"github", "api.github.com", "o/r", "abc", "7"}, records));
  EXPECT_EQ(document["schema"], "modelgate/posts");
  EXPECT_EQ(document["version"], 1);
  EXPECT_EQ(document["platform"], "github");
  EXPECT_EQ(document["host"], "api.github.com");
  EXPECT_EQ(document["request"], "7");
  EXPECT_EQ(document["posts"][0]["what"], "comment");
  EXPECT_EQ(document["posts"][0]["outcome"], "updated");
  EXPECT_EQ(document["posts"][0]["url"], "https://example.com/1");
}

TEST(ServerWords, are_found_in_what_each_platform_says) {
  EXPECT_EQ(server_words({403, {}, R"({"message": "Resource not accessible by integration"})"}),
            "Resource not accessible by integration");
  EXPECT_EQ(server_words({400, {}, R"({"message": {"state": ["is invalid", "is odd"]}})"}),
            "state: is invalid; is odd");
  EXPECT_EQ(server_words({403, {}, R"({"error": "insufficient_scope", "error_description": "needs more"})"}),
            "needs more");
  EXPECT_EQ(server_words({502, {}, "<html>Bad Gateway</html>"}), "");
  EXPECT_EQ(server_words({500, {}, ""}), "");
  EXPECT_EQ(server_words({500, {}, "[1, 2]"}), "");
  EXPECT_EQ(server_words({500, {}, std::string(100'000, '[')}), "");
}

TEST(ServerWords, are_printable_and_bounded_whatever_the_server_says) {
  for (const std::string& text : hostile_texts) {
    const std::string body = nlohmann::json{{"message", text + std::string(1000, 'x')}}.dump(
        -1, ' ', false, nlohmann::json::error_handler_t::replace);
    const std::string words = server_words({403, {}, body});
    EXPECT_TRUE(is_printable(words));
    EXPECT_LT(words.size(), 1000u);
  }
}

TEST(ServerWords, of_an_answer_that_is_not_as_documented_are_an_error) {
  EXPECT_THROW(read_answer("host", {200, {}, "{"}, [](const Node&) {}), Error);
  try {
    read_answer("host", {200, {}, R"({"id": "x"})"},
                [](const Node& node) { Fields(node).required("id").integer(); });
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::infrastructure);
    EXPECT_EQ(error.where(), "host");
  }
}

TEST(PageAddress, is_shown_only_where_it_can_neither_mark_up_nor_mislead) {
  EXPECT_EQ(page_address("https://github.com/o/r/pull/7#issuecomment-1"),
            "https://github.com/o/r/pull/7#issuecomment-1");
  EXPECT_EQ(page_address("https://example.com/@user/x"), "https://example.com/@user/x");
  for (const std::string bad :
       {"javascript:alert(1)", "https://a@example.com/",
        "https://example.com/\"onclick=", "https://example.com/)[x](https://evil.example",
        "https://example.com/\n::error::", "https://example.com/<b>", "", "https://", "ftp://example.com/"})
    EXPECT_EQ(page_address(bad), "") << bad;
  EXPECT_EQ(page_address("https://example.com/" + std::string(500, 'x')), "");
}

}  // namespace
}  // namespace modelgate
