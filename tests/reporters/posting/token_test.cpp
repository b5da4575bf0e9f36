#include "reporters/posting/token.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "schemas/tool/files.h"
#include "tests/reporters/posting/scripted.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A path that no other test, which may run at the same time, writes to.
std::string scratch(const std::string& name) {
  return testing::TempDir() + "posting token " +
         testing::UnitTest::GetInstance()->current_test_info()->name() + " " + name;
}

Variables with(const std::map<std::string, std::string>& variables) {
  return [variables](const std::string& name) {
    const auto found = variables.find(name);
    return found == variables.end() ? std::string() : found->second;
  };
}

TEST(Token, of_a_file_stands_above_the_environment) {
  write_file(scratch("file"), "from-the-file\r\n");
  EXPECT_EQ(read_token(scratch("file"), {"A"}, with({{"A", "from-the-variable"}})).secret(), "from-the-file");
  EXPECT_EQ(read_token("", {"A", "B"}, with({{"B", "from-the-second"}})).secret(), "from-the-second");
}

TEST(Token, that_is_missing_is_said_with_the_variable) {
  EXPECT_THAT(error_of([] { read_token("", {"GITHUB_TOKEN"}, with({})); }),
              HasSubstr("GITHUB_TOKEN is not set"));
}

TEST(Token, that_would_begin_another_header_is_refused_and_not_quoted) {
  for (const std::string value : {"secret-secret\nX-Evil: 1", "secret secret", "secret\x01secret",
                                  "secret-\xc3\xa9-secret", "short", ""}) {
    write_file(scratch("bad"), value);
    const std::string refusal = error_of([] { read_token(scratch("bad"), {}, with({})); });
    EXPECT_THAT(refusal, HasSubstr("--token-file: what it holds is no token"));
    EXPECT_THAT(refusal, Not(HasSubstr("secret")));
  }
  const std::string refusal = error_of([] {
    read_token("", {"GITHUB_TOKEN"}, with({{"GITHUB_TOKEN", "secret\nsecret"}}));
  });
  EXPECT_THAT(refusal, HasSubstr("GITHUB_TOKEN: "));
  EXPECT_THAT(refusal, Not(HasSubstr("secret")));
}

TEST(Token, given_as_the_name_of_a_file_is_not_quoted) {
  for (const std::string token :
       {"ghp_abcdefghijklmnop", "glpat-abcdefghijklmnop", "some-other-abcdefghijklmnop"}) {
    const std::string refusal = error_of([&] { read_token(token, {}, with({})); });
    EXPECT_THAT(refusal, HasSubstr("--token-file: "));
    EXPECT_THAT(refusal, Not(HasSubstr("abcdefghijklmnop")));
  }
}

TEST(Token, is_removed_from_texts_wherever_it_stands) {
  const Token token("secret-token");
  EXPECT_EQ(token.removed_from("a secret-token and secret-tokensecret-token"), "a *** and ******");
  EXPECT_EQ(token.removed_from("nothing here"), "nothing here");
  EXPECT_EQ(Token().removed_from("text"), "text");
}

}  // namespace
}  // namespace modelgate
