#include "reporters/posting/address.h"

#include <gmock/gmock.h>

#include "tests/reporters/posting/scripted.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string refusal_of(const std::string& url, bool loopback_http = false) {
  return error_of([&] { api_address(url, "--api-url", loopback_http); });
}

TEST(Address, is_read_with_its_host_and_without_a_slash_at_its_end) {
  const ApiAddress plain = api_address("https://API.github.com/", "--api-url", false);
  EXPECT_EQ(plain.url, "https://api.github.com");
  EXPECT_EQ(plain.host, "api.github.com");
  EXPECT_TRUE(plain.encrypted);
  const ApiAddress own = api_address("HTTPS://gitlab.example.com:8443/sub/api/v4", "--api-url", false);
  EXPECT_EQ(own.url, "https://gitlab.example.com:8443/sub/api/v4");
  EXPECT_EQ(own.host, "gitlab.example.com:8443");
}

TEST(Address, with_a_user_is_refused_and_not_quoted) {
  for (const std::string url :
       {"https://me:glpat-secret-secret@gitlab.example.com/api/v4",
        "https://glpat-secret-secret@gitlab.example.com", "https://a@b@glpat-secret-secret"}) {
    const std::string refusal = refusal_of(url);
    EXPECT_THAT(refusal, HasSubstr("--api-url: the address holds a user or a password"));
    EXPECT_THAT(refusal, Not(HasSubstr("secret")));
  }
}

TEST(Address, with_a_token_in_its_query_or_path_is_refused_and_not_quoted) {
  for (const std::string url :
       {"https://gitlab.example.com/api/v4?private_token=secret", "https://gitlab.example.com/api/v4#secret",
        "https://gitlab.example.com/../secret", "https://gitlab.example.com/a b/secret", "secret",
        "https://host name/secret", "https:///secret", "https://host:99999/secret", "https://host:x/secret",
        "https://\x1b[2J.example/secret", "ftp://example.com/secret", "https://host\\@secret.example/"}) {
    const std::string refusal = refusal_of(url);
    EXPECT_THAT(refusal, HasSubstr("--api-url: ")) << url;
    EXPECT_THAT(refusal, Not(HasSubstr("secret"))) << url;
    EXPECT_THAT(refusal, Not(HasSubstr("\x1b"))) << url;
  }
}

TEST(Address, of_http_is_taken_only_of_this_machine_and_where_that_is_allowed) {
  EXPECT_FALSE(api_address("http://127.0.0.1:8080/api", "--api-url", true).encrypted);
  EXPECT_FALSE(api_address("http://[::1]:8080", "--api-url", true).encrypted);
  EXPECT_THAT(refusal_of("http://127.0.0.1:8080/api"), HasSubstr("a token goes over https alone"));
  for (const std::string url :
       {"http://api.github.com", "http://127.evil.example", "http://127.0.0.1.evil.example",
        "http://localhost", "http://128.0.0.1", "http://127.0.0", "http://127.0.0.1234"})
    EXPECT_THAT(refusal_of(url, true), HasSubstr("a token goes over https alone")) << url;
}

TEST(Address, of_a_redirect_is_told_by_its_host_alone) {
  EXPECT_EQ(host_in("https://user:secret@Evil.example:444/steal?token=secret"), "evil.example:444");
  EXPECT_EQ(host_in("//other.example/path"), "other.example");
  EXPECT_EQ(host_in("/elsewhere?token=secret"), "");
  EXPECT_EQ(host_in("https://\x1b[31m/"), "");
  EXPECT_EQ(host_in("javascript:alert(1)"), "");
}

TEST(Address, segments_are_encoded) {
  EXPECT_EQ(percent_encoded("group/sub group/project"), "group%2Fsub%20group%2Fproject");
  EXPECT_EQ(percent_encoded("a-b._~Z9"), "a-b._~Z9");
  EXPECT_EQ(percent_encoded("\xc3\xa9?&"), "%C3%A9%3F%26");
}

}  // namespace
}  // namespace modelgate
