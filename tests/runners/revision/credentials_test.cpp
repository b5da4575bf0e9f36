#include "runners/revision/credentials.h"

#include <gtest/gtest.h>

namespace modelgate {
namespace {

TEST(CredentialsTest, stand_before_the_host_of_an_address) {
  const AddressCredentials found =
      credentials_in("https://ci-token:s3cret@gitlab.example:8443/team/model.git");
  EXPECT_EQ(found.address, "https://gitlab.example:8443/team/model.git");
  EXPECT_EQ(found.server, "https://gitlab.example:8443/");
  EXPECT_EQ(found.header, "Authorization: Basic Y2ktdG9rZW46czNjcmV0");
}

TEST(CredentialsTest, are_decoded_and_may_hold_an_at_sign) {
  EXPECT_EQ(credentials_in("https://a%40b:p%3Aq@h/x").header, "Authorization: Basic YUBiOnA6cQ==");
  EXPECT_EQ(credentials_in("https://a:p@ss@h/x@y").header, "Authorization: Basic YTpwQHNz");
  EXPECT_EQ(credentials_in("https://a:p@ss@h/x@y").address, "https://h/x@y");
  EXPECT_EQ(credentials_in("https://token@h/x").header, "Authorization: Basic dG9rZW46");
  EXPECT_EQ(credentials_in("https://a:%zz%4@h/x").header, "Authorization: Basic YTolenolNA==");
}

TEST(CredentialsTest, are_none_where_there_are_none) {
  for (const char* address :
       {"", "https://h/x", "https://h/x@y", "https://h?a@b", "ssh://git@h/x", "git@h:x", "/a/b@c",
        "file:///a@b", "https://", "http://", "https://a:%0d%0aX: y@h/x", "https://a:%00@h/"}) {
    EXPECT_EQ(credentials_in(address).header, "") << address;
    EXPECT_EQ(credentials_in(address).address, "") << address;
  }
}

TEST(CredentialsTest, are_told_to_git_beside_what_is_told_already) {
  std::map<std::string, std::string> environment = {
      {"GIT_CONFIG_COUNT", "1"}, {"GIT_CONFIG_KEY_0", "safe.directory"}, {"GIT_CONFIG_VALUE_0", "*"}};
  keep_apart(credentials_in("https://a:b@h/x"), "ours:x", environment);
  EXPECT_EQ(environment.at("GIT_CONFIG_COUNT"), "3");
  EXPECT_EQ(environment.at("GIT_CONFIG_KEY_0"), "safe.directory");
  EXPECT_EQ(environment.at("GIT_CONFIG_KEY_1"), "url.https://h/x.insteadOf");
  EXPECT_EQ(environment.at("GIT_CONFIG_VALUE_1"), "ours:x");
  EXPECT_EQ(environment.at("GIT_CONFIG_KEY_2"), "http.https://h/.extraHeader");
  std::map<std::string, std::string> none;
  keep_apart(credentials_in("https://h/x"), "https://h/x", none);
  EXPECT_TRUE(none.empty());
}

}  // namespace
}  // namespace modelgate
