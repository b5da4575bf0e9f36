#include "reporters/github/github.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "reporters/posting/comment_text.h"
#include "tests/reporters/posting/scripted.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Json = nlohmann::json;

constexpr char commit[] = "0123456789abcdef0123456789abcdef01234567";

class GitHubTest : public testing::Test {
 protected:
  ScriptedTransport transport;
  ScriptedWaiting waiting;
  Message message = message_of({check_of("unit", "a", Status::fail)});
  Client client{transport, waiting, "api.github.com", {}};

  static Message message_of(std::vector<Check> checks) {
    Message message;
    message.verdict = verdict_of(std::move(checks));
    message.announcement = announcement_of(message.verdict);
    message.name = "modelgate";
    message.project = "o/r";
    message.commit = commit;
    message.request = "7";
    message.target_url = "https://example.com/job/1";
    message.summary = "## summary\n";
    message.comment = comment_body("modelgate", "## summary\n", "");
    return message;
  }
  GitHub github() { return GitHub(client, message, ""); }
  Json sent(std::size_t place) const { return Json::parse(transport.requests.at(place).body); }

  Json comment(int id, const std::string& login, const std::string& type, const std::string& body) const {
    return {{"id", id},
            {"body", body},
            {"html_url", "https://github.com/o/r/pull/7#issuecomment-" + std::to_string(id)},
            {"user", {{"login", login}, {"type", type}}}};
  }
  Exchange at_commit() const { return answered(200, Json{{"head", {{"sha", commit}}}}.dump()); }
  std::string marked() const { return comment_marker("modelgate") + "\nold"; }
};

TEST_F(GitHubTest, sets_the_status_of_the_commit) {
  transport.answers = {answered(201)};
  EXPECT_EQ(github().status().how, Posted::How::posted);
  EXPECT_THAT(transport.asked(), ElementsAre(std::string("POST /repos/o/r/statuses/") + commit));
  EXPECT_EQ(sent(0), (Json{{"state", "failure"},
                           {"context", "modelgate"},
                           {"description", "FAIL: the whole in one sentence"},
                           {"target_url", "https://example.com/job/1"}}));
}

TEST_F(GitHubTest, has_a_state_and_a_conclusion_for_every_verdict) {
  const auto told = [&](std::vector<Check> checks, std::optional<InconclusiveAction> action) {
    message = message_of(std::move(checks));
    if (action) message.verdict.inconclusive = InconclusivePolicy{*action, "because"};
    message.announcement = announcement_of(message.verdict);
    transport.answers = {answered(201), answered(201, R"({"id": 1})")};
    transport.requests.clear();
    github().status();
    github().check_run();
    return sent(0)["state"].get<std::string>() + " " + sent(1)["conclusion"].get<std::string>();
  };
  const Check pass = check_of("unit", "a", Status::pass), open = slowdown("b", Status::inconclusive);
  EXPECT_EQ(told({pass}, {}), "success success");
  EXPECT_EQ(told({pass, check_of("unit", "b", Status::fail)}, {}), "failure failure");
  EXPECT_EQ(told({pass, check_of("unit", "b", Status::error)}, {}), "error failure");
  EXPECT_EQ(told({pass, open}, {}), "failure failure");
  EXPECT_EQ(told({pass, open}, InconclusiveAction::block), "failure failure");
  EXPECT_EQ(told({pass, open}, InconclusiveAction::warn), "success neutral");
  EXPECT_EQ(told({}, {}), "error failure");
}

TEST_F(GitHubTest, keeps_the_description_within_140_characters) {
  message.announcement.text = std::string(500, 'x');
  transport.answers = {answered(201)};
  github().status();
  EXPECT_EQ(sent(0)["description"], std::string(139, 'x') + "…");
}

TEST_F(GitHubTest, sends_a_status_again_after_a_lost_answer) {
  transport.answers = {failed(Fault::broken), answered(502), answered(201)};
  EXPECT_EQ(github().status().how, Posted::How::posted);
}

TEST_F(GitHubTest, brings_the_comment_of_its_own_user_up_to_date) {
  const Json page = {comment(1, "mallory", "User", marked()), comment(2, "me", "User", marked())};
  transport.answers = {at_commit(), answered(200, page.dump()), answered(200, R"({"login": "me"})"),
                       answered(200, page[1].dump())};
  const Posted posted = github().comment();
  EXPECT_EQ(posted.how, Posted::How::updated);
  EXPECT_EQ(posted.url, "https://github.com/o/r/pull/7#issuecomment-2");
  EXPECT_THAT(transport.asked(),
              ElementsAre("GET /repos/o/r/pulls/7", "GET /repos/o/r/issues/7/comments?per_page=50&page=1",
                          "GET /user", "PATCH /repos/o/r/issues/comments/2"));
  EXPECT_EQ(sent(3)["body"], message.comment);
}

TEST_F(GitHubTest, takes_a_bots_comment_for_its_own_where_the_token_is_that_of_an_app) {
  const Json page = {comment(1, "mallory", "User", marked()),
                     comment(2, "github-actions[bot]", "Bot", marked())};
  transport.answers = {at_commit(), answered(200, page.dump()),
                       answered(403, R"({"message": "Resource not accessible by integration"})"),
                       answered(200, page[1].dump())};
  EXPECT_EQ(github().comment().how, Posted::How::updated);
  EXPECT_EQ(transport.asked().back(), "PATCH /repos/o/r/issues/comments/2");
}

TEST_F(GitHubTest, takes_only_the_author_that_was_named) {
  message.author = "our-app[bot]";
  const Json page = {comment(1, "github-actions[bot]", "Bot", marked()),
                     comment(2, "our-app[bot]", "Bot", marked())};
  transport.answers = {at_commit(), answered(200, page.dump()), answered(200, page[1].dump())};
  github().comment();
  EXPECT_EQ(transport.asked().back(), "PATCH /repos/o/r/issues/comments/2");
}

TEST_F(GitHubTest, writes_a_comment_where_there_is_none_and_makes_sure_that_it_is_the_only_one) {
  const Json mine = comment(5, "github-actions[bot]", "Bot", message.comment);
  transport.answers = {at_commit(), answered(200, "[]"), answered(201, mine.dump()),
                       answered(200, Json{mine}.dump()),
                       answered(403, R"({"message": "Resource not accessible by integration"})")};
  const Posted posted = github().comment();
  EXPECT_EQ(posted.how, Posted::How::posted);
  EXPECT_EQ(posted.url, "https://github.com/o/r/pull/7#issuecomment-5");
}

TEST_F(GitHubTest, survives_comments_of_accounts_that_are_gone) {
  Json ghost = comment(1, "", "", marked());
  ghost["user"] = nullptr;
  const Json mine = comment(5, "me", "User", message.comment);
  transport.answers = {at_commit(), answered(200, Json{ghost}.dump()), answered(201, mine.dump()),
                       answered(200, Json{ghost, mine}.dump()), answered(200, R"({"login": "me"})")};
  EXPECT_EQ(github().comment().how, Posted::How::posted);
}

TEST_F(GitHubTest, comments_on_no_request_and_says_so) {
  message.request.clear();
  EXPECT_EQ(github().comment().how, Posted::How::skipped);
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(GitHubTest, comments_only_on_a_request_that_stands_at_its_commit) {
  transport.answers = {answered(200, R"({"head": {"sha": "ffffffffffffffffffffffffffffffffffffffff"}})")};
  EXPECT_EQ(github().comment().how, Posted::How::skipped);
  EXPECT_THAT(transport.asked(), ElementsAre("GET /repos/o/r/pulls/7"));
  const Json mine = comment(5, "me", "User", message.comment);
  transport.answers = {at_commit(), answered(200, Json{mine}.dump()), answered(200, R"({"login": "me"})"),
                       answered(200, mine.dump())};
  EXPECT_EQ(github().comment().how, Posted::How::updated);
}

TEST_F(GitHubTest, explains_the_token_of_a_fork) {
  for (const bool fork : {true, false}) {
    message.fork = fork;
    transport.answers = {answered(403, R"({"message": "Resource not accessible by integration"})")};
    const std::string words = error_of([&] { github().status(); });
    EXPECT_THAT(words, HasSubstr("it answers 403 (Resource not accessible by integration)"));
    EXPECT_THAT(words, HasSubstr("workflow_run"));
  }
}

TEST_F(GitHubTest, explains_that_check_runs_want_the_token_of_an_app) {
  transport.answers = {answered(403, R"({"message": "You must authenticate via a GitHub App."})")};
  EXPECT_THAT(error_of([&] { github().check_run(); }), HasSubstr("Only a token of an app makes check runs"));
}

std::vector<Check> annotated(int count) {
  std::vector<Check> checks;
  for (int i = 0; i < count; ++i) {
    checks.push_back(check_of("unit", "Test" + std::to_string(i), Status::fail));
    checks.back().file = "a.cpp";
    checks.back().line = i + 1;
  }
  return checks;
}

TEST_F(GitHubTest, makes_a_check_run_with_50_annotations_a_request) {
  message = message_of(annotated(120));
  transport.answers = {answered(201, R"({"id": 9, "html_url": "https://github.com/o/r/runs/9"})"),
                       answered(200), answered(200)};
  const Posted posted = github().check_run();
  EXPECT_EQ(posted.url, "https://github.com/o/r/runs/9");
  EXPECT_EQ(posted.sentence, "failure, 120 annotations");
  EXPECT_THAT(transport.asked(), ElementsAre("POST /repos/o/r/check-runs", "PATCH /repos/o/r/check-runs/9",
                                             "PATCH /repos/o/r/check-runs/9"));
  EXPECT_EQ(sent(0)["head_sha"], commit);
  EXPECT_EQ(sent(0)["status"], "completed");
  EXPECT_EQ(sent(0)["output"]["annotations"].size(), 50u);
  EXPECT_EQ(sent(1)["output"]["annotations"].size(), 50u);
  EXPECT_EQ(sent(2)["output"]["annotations"].size(), 20u);
  EXPECT_EQ(sent(2)["output"]["annotations"][19]["start_line"], 120);
}

TEST_F(GitHubTest, makes_one_check_run_though_the_answer_was_lost) {
  transport.answers = {failed(Fault::broken), answered(200, R"({"check_runs": []})"),
                       answered(201, R"({"id": 9})")};
  github().check_run();
  const std::string id = sent(0)["external_id"];
  EXPECT_EQ(sent(2)["external_id"], id);
  transport.requests.clear();
  // Its id is new in every run, so the answer is made of what was asked.
  struct Finding : ScriptedTransport {
    Exchange send(const Request& request, double seconds) override {
      if (request.method == "GET")
        answers = {
            answered(200, Json{{"check_runs",
                                {{{"id", 4}, {"external_id", "another"}},
                                 {{"id", 5}, {"external_id", Json::parse(requests[0].body)["external_id"]}}}}}
                              .dump())};
      return ScriptedTransport::send(request, seconds);
    }
  } finding;
  finding.answers = {failed(Fault::timed_out)};
  Client other(finding, waiting, "api.github.com", {});
  EXPECT_EQ(GitHub(other, message, "").check_run().how, Posted::How::posted);
  EXPECT_EQ(finding.requests.size(), 2u);
}

TEST_F(GitHubTest, says_how_many_annotations_are_there_where_the_rest_failed) {
  message = message_of(annotated(120));
  transport.answers = {answered(201, R"({"id": 9, "html_url": "https://github.com/o/r/runs/9"})"),
                       answered(200), answered(500)};
  const Posted posted = github().check_run();
  EXPECT_EQ(posted.how, Posted::How::failed);
  EXPECT_EQ(posted.url, "https://github.com/o/r/runs/9");
  EXPECT_THAT(posted.sentence, HasSubstr("perhaps only 100 annotations of 120"));
}

TEST(GitHubProject, is_an_owner_and_a_repository) {
  EXPECT_TRUE(is_github_project("owner/repo.name-x_1"));
  for (const std::string bad :
       {"owner", "owner/", "/repo", "a/b/c", "../..", "a/..", "a b/c", "a/b?x", "a/b#c", "a/%2e"})
    EXPECT_FALSE(is_github_project(bad)) << bad;
}

}  // namespace
}  // namespace modelgate
