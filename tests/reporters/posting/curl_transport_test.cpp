#include "reporters/posting/curl_transport.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "reporters/posting/client.h"
#include "tests/reporters/posting/fault_server.h"
#include "tests/reporters/posting/scripted.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr char secret[] = "secret-token-0123456789";

/// Real HTTP over a real socket; what waits between tries is scripted.
class CurlTransportTest : public testing::Test {
 protected:
  FaultServer server;
  ScriptedWaiting waiting;
  CurlTransport transport = to("http://127.0.0.1:" + server.port());

  static CurlTransport to(const std::string& url, const std::string& token = secret) {
    return CurlTransport(api_address(url, "--api-url", true), Token(token),
                         {"Authorization: Bearer ", "application/vnd.github+json", "X-Version: 1"}, "");
  }
  Exchange get(const std::string& path, double timeout_seconds = 20) {
    return transport.send({"GET", path, ""}, timeout_seconds);
  }
  Answer send(const Request& request, Repeat repeat) {
    Client client(transport, waiting, "127.0.0.1", {});
    return client.send(request, repeat);
  }
  /// By another token, because the own one would be taken out of the answer.
  nlohmann::json seen() {
    CurlTransport other = to("http://127.0.0.1:" + server.port(), "another-token");
    return nlohmann::json::parse(other.send({"GET", "/seen", ""}, 20).response.body);
  }
};

TEST_F(CurlTransportTest, sends_method_body_token_and_headers) {
  EXPECT_EQ(transport.send({"PATCH", "/thing", R"({"a": 1})"}, 20).response.status, 200);
  const nlohmann::json request = seen()[0];
  EXPECT_EQ(request["method"], "PATCH");
  EXPECT_EQ(request["body"], R"({"a": 1})");
  EXPECT_EQ(request["headers"]["Authorization"], std::string("Bearer ") + secret);
  EXPECT_EQ(request["headers"]["Accept"], "application/vnd.github+json");
  EXPECT_EQ(request["headers"]["Content-Type"], "application/json");
  EXPECT_EQ(request["headers"]["X-Version"], "1");
  EXPECT_THAT(request["headers"]["User-Agent"].get<std::string>(), HasSubstr("modelgate/"));
}

TEST_F(CurlTransportTest, sends_every_method) {
  for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE"})
    EXPECT_EQ(transport.send({method, "/thing", method == "GET" || method == "DELETE" ? "" : "{}"}, 20)
                  .response.status,
              200);
  for (const nlohmann::json& request : seen()) EXPECT_EQ(request["path"], "/thing");
  EXPECT_EQ(seen()[4]["method"], "DELETE");
}

TEST_F(CurlTransportTest, brings_status_headers_in_lower_case_and_body) {
  const Exchange exchange = get("/status/418");
  EXPECT_EQ(exchange.fault, Fault::none);
  EXPECT_EQ(exchange.response.status, 418);
  EXPECT_EQ(exchange.response.header("content-type"), "application/json");
  EXPECT_EQ(exchange.response.body, R"({"message": "as asked"})");
}

TEST_F(CurlTransportTest, gives_back_no_token_that_a_server_echoes) {
  const Exchange exchange = get("/echo");
  EXPECT_EQ(exchange.response.status, 403);
  EXPECT_THAT(exchange.response.body, Not(HasSubstr("secret")));
  EXPECT_EQ(exchange.response.header("x-echo"), "***");
}

TEST_F(CurlTransportTest, publishes_no_token_that_stands_in_a_text) {
  transport.send({"POST", "/thing", std::string(R"({"body": "env: TOKEN=)") + secret + "\"}"}, 20);
  EXPECT_EQ(seen()[0]["body"], R"({"body": "env: TOKEN=***"})");
}

TEST_F(CurlTransportTest, waits_as_both_forms_of_Retry_After_say) {
  send({"GET", "/limited/seconds", ""}, Repeat::harmless);
  send({"GET", "/limited/date", ""}, Repeat::harmless);
  EXPECT_THAT(waiting.waits, testing::ElementsAre(3.5, 7.5));
}

TEST_F(CurlTransportTest, tells_faults_apart) {
  EXPECT_EQ(get("/reset").fault, Fault::broken);
  EXPECT_EQ(get("/truncated").fault, Fault::broken);
  EXPECT_EQ(get("/silent", 0.3).fault, Fault::timed_out);
  EXPECT_EQ(get("/slow", 0.3).fault, Fault::timed_out);
  EXPECT_EQ(get("/large").fault, Fault::too_large);
  EXPECT_EQ(get("/endless").fault, Fault::too_large);
  EXPECT_EQ(get("/headers").fault, Fault::too_large);
  EXPECT_EQ(get("/gibberish").fault, Fault::unusable);
}

TEST_F(CurlTransportTest, knows_that_nothing_was_sent_where_nobody_listens) {
  std::string port;
  {
    FaultServer gone;
    port = gone.port();
  }
  CurlTransport nobody = to("http://127.0.0.1:" + port);
  EXPECT_EQ(nobody.send({"POST", "/thing", "{}"}, 20).fault, Fault::unreachable);
}

TEST_F(CurlTransportTest, does_not_repeat_a_creation_after_a_reset) {
  EXPECT_TRUE(send({"POST", "/reset/once", "{}"}, Repeat::doubles).unknown);
  EXPECT_EQ(seen().size(), 1u);
  EXPECT_EQ(send({"POST", "/reset/once", "{}"}, Repeat::harmless).response.status, 201);
}

TEST_F(CurlTransportTest, sends_the_token_to_no_other_host) {
  EXPECT_THAT(error_of([&] {
                send({"GET", "/redirect", ""}, Repeat::harmless);
              }),
              HasSubstr("points to 127.0.0.2:" + server.port() + ", where the token is not sent"));
  EXPECT_EQ(seen().size(), 1u);
}

TEST_F(CurlTransportTest, takes_no_page_for_an_answer) {
  EXPECT_THAT(error_of([&] { send({"GET", "/html", ""}, Repeat::harmless); }), HasSubstr("not in JSON"));
}

TEST_F(CurlTransportTest, shows_nothing_that_is_not_encrypted_to_a_proxy) {
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  ::setenv("all_proxy", "http://127.0.0.1:1", 1);
  EXPECT_EQ(get("/thing").response.status, 200);
  ::unsetenv("http_proxy");
  ::unsetenv("all_proxy");
}

TEST_F(CurlTransportTest, asks_a_proxy_for_a_tunnel_without_the_token) {
  ::setenv("https_proxy", ("http://127.0.0.1:" + server.port()).c_str(), 1);
  EXPECT_NE(to("https://api.example.invalid").send({"POST", "/thing", "{}"}, 20).fault, Fault::none);
  ::unsetenv("https_proxy");
  const nlohmann::json requests = seen();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0]["method"], "CONNECT");
  EXPECT_EQ(requests[0]["path"], "api.example.invalid:443");
  EXPECT_FALSE(requests[0]["headers"].contains("Authorization"));
  EXPECT_THAT(requests.dump(), Not(HasSubstr(secret)));
}

/// A path that no other test, which may run at the same time, writes to.
std::string scratch(const std::string& name) {
  return testing::TempDir() + "posting " + testing::UnitTest::GetInstance()->current_test_info()->name() +
         " " + name;
}

TEST(CurlTransportTls, trusts_the_authority_that_is_declared) {
  const std::string folder = scratch("tls right");
  FaultServer server("127.0.0.1", folder);
  CurlTransport transport(api_address("https://127.0.0.1:" + server.port(), "--api-url", false),
                          Token(secret), {"PRIVATE-TOKEN: ", "application/json", ""}, folder + "/ca.pem");
  EXPECT_EQ(transport.send({"GET", "/thing", ""}, 20).response.status, 200);
}

TEST(CurlTransportTls, sends_nothing_to_a_server_of_an_unknown_authority) {
  const std::string folder = scratch("tls unknown");
  FaultServer server("127.0.0.1", folder);
  const ApiAddress address = api_address("https://127.0.0.1:" + server.port(), "--api-url", false);
  CurlTransport strict(address, Token(secret), {"PRIVATE-TOKEN: ", "application/json", ""}, "");
  EXPECT_EQ(strict.send({"GET", "/thing", ""}, 20).fault, Fault::untrusted);
  CurlTransport trusting(address, Token(secret), {"PRIVATE-TOKEN: ", "application/json", ""},
                         folder + "/ca.pem");
  EXPECT_EQ(trusting.send({"GET", "/seen", ""}, 20).response.body, "[]");
}

TEST(CurlTransportTls, sends_nothing_to_a_server_with_the_certificate_of_another_host) {
  const std::string folder = scratch("tls other");
  FaultServer server("other.example", folder);
  CurlTransport transport(api_address("https://127.0.0.1:" + server.port(), "--api-url", false),
                          Token(secret), {"PRIVATE-TOKEN: ", "application/json", ""}, folder + "/ca.pem");
  EXPECT_EQ(transport.send({"GET", "/thing", ""}, 20).fault, Fault::untrusted);
}

TEST(CurlTransportTls, says_when_the_file_of_authorities_is_none) {
  const std::string folder = scratch("tls file");
  FaultServer server("127.0.0.1", folder);
  CurlTransport transport(api_address("https://127.0.0.1:" + server.port(), "--api-url", false),
                          Token(secret), {"PRIVATE-TOKEN: ", "application/json", ""},
                          folder + "/missing.pem");
  const Exchange exchange = transport.send({"GET", "/thing", ""}, 20);
  EXPECT_EQ(exchange.fault, Fault::unusable);
  EXPECT_THAT(exchange.fault_text, HasSubstr("--ca-file"));
}

}  // namespace
}  // namespace modelgate
