#include "reporters/gitlab/gitlab.h"

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
constexpr char request_answer[] =
    R"({"iid": 7, "sha": "0123456789abcdef0123456789abcdef01234567", "web_url": "https://gitlab.example.com/g/p/-/merge_requests/7"})";

class GitLabTest : public testing::Test {
 protected:
  ScriptedTransport transport;
  ScriptedWaiting waiting;
  Message message = message_of({check_of("unit", "a", Status::fail)});
  Client client{transport, waiting, "gitlab.example.com", {}};

  static Message message_of(std::vector<Check> checks) {
    Message message;
    message.verdict = verdict_of(std::move(checks));
    message.announcement = announcement_of(message.verdict);
    message.name = "modelgate";
    message.project = "g/p";
    message.commit = commit;
    message.request = "7";
    message.comment = comment_body("modelgate", "## summary\n", "");
    return message;
  }
  GitLab gitlab(const std::string& pipeline = "") { return GitLab(client, message, pipeline); }
  Json sent(std::size_t place) const { return Json::parse(transport.requests.at(place).body); }
  static Json note(int id, const std::string& author, const std::string& body, bool system = false) {
    return {{"id", id}, {"body", body}, {"author", {{"username", author}}}, {"system", system}};
  }
  std::string marked() const { return comment_marker("modelgate") + "\nold"; }
};

TEST_F(GitLabTest, sets_the_status_of_the_commit) {
  message.target_url = "https://gitlab.example.com/g/p/-/jobs/5";
  message.ref = "main";
  transport.answers = {answered(201)};
  EXPECT_EQ(gitlab("12").status().how, Posted::How::posted);
  EXPECT_THAT(transport.asked(), ElementsAre(std::string("POST /projects/g%2Fp/statuses/") + commit));
  EXPECT_EQ(sent(0), (Json{{"state", "failed"},
                           {"name", "modelgate"},
                           {"description", "FAIL: the whole in one sentence"},
                           {"target_url", "https://gitlab.example.com/g/p/-/jobs/5"},
                           {"ref", "main"},
                           {"pipeline_id", 12}}));
}

TEST_F(GitLabTest, has_a_state_for_every_verdict) {
  const auto told = [&](std::vector<Check> checks, std::optional<InconclusiveAction> action) {
    message = message_of(std::move(checks));
    if (action) message.verdict.inconclusive = InconclusivePolicy{*action, "because"};
    message.announcement = announcement_of(message.verdict);
    transport.answers = {answered(201)};
    transport.requests.clear();
    gitlab().status();
    return sent(0)["state"].get<std::string>();
  };
  const Check pass = check_of("unit", "a", Status::pass), open = slowdown("b", Status::inconclusive);
  EXPECT_EQ(told({pass}, {}), "success");
  EXPECT_EQ(told({pass, check_of("unit", "b", Status::fail)}, {}), "failed");
  EXPECT_EQ(told({pass, check_of("unit", "b", Status::error)}, {}), "failed");
  EXPECT_EQ(told({pass, open}, {}), "failed");
  EXPECT_EQ(told({pass, open}, InconclusiveAction::block), "failed");
  EXPECT_EQ(told({pass, open}, InconclusiveAction::warn), "success");
  EXPECT_EQ(told({}, {}), "failed");
}

TEST_F(GitLabTest, keeps_texts_within_255_characters) {
  message.announcement.text = std::string(500, 'x');
  message.target_url = "https://gitlab.example.com/" + std::string(300, 'x');
  transport.answers = {answered(201)};
  gitlab().status();
  EXPECT_EQ(sent(0)["description"], std::string(254, 'x') + "…");
  EXPECT_FALSE(sent(0).contains("target_url"));
}

TEST_F(GitLabTest, tries_again_while_another_update_of_the_status_is_in_progress) {
  transport.answers = {answered(409, R"({"message": "Another update to this commit status is in progress"})"),
                       answered(201)};
  EXPECT_EQ(gitlab().status().how, Posted::How::posted);
}

TEST_F(GitLabTest, brings_its_own_note_up_to_date) {
  const Json page = {note(1, "mallory", marked()), note(2, "gate-bot", marked(), true),
                     note(3, "gate-bot", marked())};
  transport.answers = {answered(200, request_answer), answered(200, page.dump()),
                       answered(200, R"({"username": "gate-bot"})"), answered(200, page[2].dump())};
  const Posted posted = gitlab().comment();
  EXPECT_EQ(posted.how, Posted::How::updated);
  EXPECT_EQ(posted.url, "https://gitlab.example.com/g/p/-/merge_requests/7#note_3");
  EXPECT_THAT(
      transport.asked(),
      ElementsAre(
          "GET /projects/g%2Fp/merge_requests/7",
          "GET /projects/g%2Fp/merge_requests/7/notes?sort=asc&order_by=created_at&per_page=50&page=1",
          "GET /user", "PUT /projects/g%2Fp/merge_requests/7/notes/3"));
  EXPECT_EQ(sent(3)["body"], message.comment);
}

TEST_F(GitLabTest, writes_a_note_where_there_is_none) {
  const Json mine = note(5, "gate-bot", message.comment);
  transport.answers = {answered(200, request_answer), answered(200, "[]"), answered(201, mine.dump()),
                       answered(200, Json{mine}.dump()), answered(200, R"({"username": "gate-bot"})")};
  const Posted posted = gitlab().comment();
  EXPECT_EQ(posted.how, Posted::How::posted);
  EXPECT_EQ(posted.url, "https://gitlab.example.com/g/p/-/merge_requests/7#note_5");
}

TEST_F(GitLabTest, writes_one_note_though_the_answer_was_lost) {
  const Json mine = note(5, "gate-bot", message.comment);
  transport.answers = {answered(200, request_answer),
                       answered(200, "[]"),
                       failed(Fault::timed_out),
                       answered(200, Json{mine}.dump()),
                       answered(200, R"({"username": "gate-bot"})"),
                       answered(200, mine.dump())};
  EXPECT_EQ(gitlab().comment().how, Posted::How::updated);
}

TEST_F(GitLabTest, comments_on_no_request_and_says_so) {
  message.request.clear();
  EXPECT_EQ(gitlab().comment().how, Posted::How::skipped);
  EXPECT_TRUE(transport.requests.empty());
}

TEST_F(GitLabTest, does_not_comment_on_a_request_that_has_moved_on) {
  transport.answers = {answered(200, R"({"sha": "ffffffffffffffffffffffffffffffffffffffff"})")};
  EXPECT_EQ(gitlab().comment().how, Posted::How::skipped);
}

TEST_F(GitLabTest, explains_refusals) {
  transport.answers = {answered(401, R"({"message": "401 Unauthorized"})")};
  EXPECT_THAT(error_of([&] { gitlab().status(); }), HasSubstr("The token is not valid"));
  transport.answers = {answered(403, R"({"error": "insufficient_scope"})")};
  EXPECT_THAT(error_of([&] { gitlab().status(); }),
              HasSubstr("it answers 403 (insufficient_scope)\n  The token wants the scope 'api'"));
  message.fork = true;
  transport.answers = {answered(404, R"({"message": "404 Project Not Found"})")};
  EXPECT_THAT(error_of([&] { gitlab().comment(); }), HasSubstr("A merge request of a fork"));
}

TEST(GitLabProject, is_a_number_or_a_path) {
  for (const std::string good : {"42", "group/project", "group/sub.group/project-x_1"})
    EXPECT_TRUE(is_gitlab_project(good)) << good;
  for (const std::string bad :
       {"", "project", "group/", "/project", "group//project", "../..", "a b/c", "a/b?x", "a/%2e"})
    EXPECT_FALSE(is_gitlab_project(bad)) << bad;
}

}  // namespace
}  // namespace modelgate
