#include "reporters/posting/message.h"

#include <gmock/gmock.h>

#include "reporters/markdown/markdown.h"
#include "schemas/tool/files.h"
#include "tests/reporters/posting/scripted.h"
#include "tests/reporters/verdicts.h"

namespace modelgate {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string head_commit(40, 'a'), merged_commit(40, 'b'), other_commit(40, 'c');

/// A path that no other test, which may run at the same time, writes to.
std::string scratch(const std::string& name) {
  return testing::TempDir() + "posting " + testing::UnitTest::GetInstance()->current_test_info()->name() +
         " " + name;
}

class MessageTest : public testing::Test {
 protected:
  PostOptions options = wishing();
  Pipeline pipeline = of_request();
  PostPlatform platform = github_like();
  Token token;

  static PostOptions wishing() {
    PostOptions options;
    options.verdict = MODELGATE_SOURCE_DIR "/schemas/examples/verdict-error.json";
    options.status = options.comment = true;
    return options;
  }
  static Pipeline of_request() {
    Pipeline pipeline;
    pipeline.platform = Pipeline::Platform::github;
    pipeline.event = Pipeline::Event::merge_request;
    pipeline.merged_result = true;
    pipeline.branch = "feature/x";
    pipeline.commit = merged_commit;
    pipeline.head_commit = head_commit;
    pipeline.request = "7";
    pipeline.project = "owner/repository";
    pipeline.api_url = "https://api.github.com";
    pipeline.job_url = "https://github.com/owner/repository/actions/runs/5";
    return pipeline;
  }
  static PostPlatform github_like() {
    PostPlatform platform;
    platform.request_noun = "pull request";
    platform.is_project = [](const std::string& text) { return text.find('/') != std::string::npos; };
    platform.project_form = "OWNER/REPOSITORY";
    return platform;
  }
  Message message() const { return message_of(options, platform, pipeline, token); }
  std::string error() const {
    return error_of([&] { message(); });
  }
};

TEST_F(MessageTest, takes_project_head_commit_request_and_job_from_the_pipeline) {
  const Message told = message();
  EXPECT_EQ(told.project, "owner/repository");
  EXPECT_EQ(told.commit, head_commit);
  EXPECT_EQ(told.request, "7");
  EXPECT_EQ(told.ref, "");
  EXPECT_EQ(told.target_url, "https://github.com/owner/repository/actions/runs/5");
  EXPECT_THAT(told.comment,
              StartsWith("<!-- modelgate comment: modelgate -->\n<!-- modelgate summary -->\n"));
  EXPECT_THAT(told.comment,
              HasSubstr("Commit <code>aaaaaaaaaaaa</code>, <a href=\"https://github.com/owner/repository/"
                        "actions/runs/5\">the job</a>"));
}

TEST_F(MessageTest, takes_options_above_the_pipeline) {
  options.commit = other_commit;
  options.project = "other/project";
  options.request = "12";
  options.target_url = "https://example.com/job";
  const Message told = message();
  EXPECT_EQ(told.commit, other_commit);
  EXPECT_EQ(told.project, "other/project");
  EXPECT_EQ(told.request, "12");
  EXPECT_EQ(told.target_url, "https://example.com/job");
}

TEST_F(MessageTest, does_not_comment_a_commit_of_ones_own_choice_on_the_pipelines_request) {
  options.commit = other_commit;
  EXPECT_EQ(message().request, "");
}

TEST_F(MessageTest, names_the_branch_or_tag_where_there_is_no_request) {
  pipeline.request.clear();
  pipeline.merged_result = false;
  EXPECT_EQ(message().ref, "feature/x");
  pipeline.tag = "v1.2.0";
  EXPECT_EQ(message().ref, "v1.2.0");
}

TEST_F(MessageTest, never_gives_a_status_to_a_merge_that_is_only_tried) {
  pipeline.head_commit.clear();
  EXPECT_THAT(error(), HasSubstr("it is not known for which commit this is"));
  pipeline.merged_result = false;
  EXPECT_EQ(message().commit, merged_commit);
}

TEST_F(MessageTest, posts_no_verdict_on_a_commit_for_which_it_was_not_made) {
  Verdict verdict = verdict_of({check_of("unit", "a", Status::pass)});
  options.verdict = scratch("verdict.json");
  const auto made_for = [&](const std::string& commit, const std::string& head, bool merged_result) {
    verdict.pipeline = PipelineRecord{};
    verdict.pipeline->platform = "GitHub Actions";
    verdict.pipeline->event = "merge request";
    verdict.pipeline->commit = commit;
    verdict.pipeline->head_commit = head;
    verdict.pipeline->merged_result = merged_result;
    write_file(options.verdict, to_json(verdict));
    return error();
  };
  EXPECT_EQ(made_for(head_commit, head_commit, false), "");
  EXPECT_EQ(made_for(merged_commit, head_commit, true), "");
  EXPECT_EQ(made_for(merged_commit, "", true), "");  // of which commit the merge is, is not known
  EXPECT_EQ(made_for("", "", false), "");
  const std::string refusal = "was made for commit cccccccccccc…, and is not posted on aaaaaaaaaaaa…";
  EXPECT_THAT(made_for(other_commit, other_commit, false), HasSubstr(refusal));
  EXPECT_THAT(made_for(merged_commit, other_commit, true), HasSubstr(refusal));
  EXPECT_THAT(made_for(other_commit, "", false), HasSubstr(refusal));
}

TEST_F(MessageTest, posts_no_verdict_whose_last_day_is_over) {
  Verdict verdict = verdict_of({check_of("unit", "a", Status::pass)});
  options.verdict = scratch("verdict.json");
  verdict.valid_until = "2026-11-01";
  write_file(options.verdict, to_json(verdict));
  EXPECT_THAT(error(), HasSubstr("was valid until 2026-11-01, and is not posted any more"));
  verdict.valid_until = "9999-12-31";
  write_file(options.verdict, to_json(verdict));
  EXPECT_EQ(error(), "");
}

TEST_F(MessageTest, of_which_only_the_text_is_wanted_needs_no_place) {
  pipeline = {};
  EXPECT_THAT(error(), HasSubstr("it is not known for which project this is"));
  options.status = options.comment = false;
  options.write_comment = scratch("comment.md");
  EXPECT_EQ(error(), "");
  EXPECT_THAT(message().comment, Not(HasSubstr("<sub>")));
  options.commit = head_commit;
  EXPECT_THAT(message().comment, HasSubstr("Commit <code>aaaaaaaaaaaa</code>"));
  options.commit = "abc";
  EXPECT_THAT(error(), HasSubstr("is not a full commit"));
}

TEST_F(MessageTest, refuses_what_does_not_belong_into_an_address) {
  const auto refused = [&](std::string PostOptions::*option, const std::string& value) {
    PostOptions wrong = wishing();
    wrong.*option = value;
    return error_of([&] { message_of(wrong, platform, pipeline, token); });
  };
  EXPECT_THAT(refused(&PostOptions::commit, "HEAD"), HasSubstr("--commit: 'HEAD' is not a full commit"));
  EXPECT_THAT(refused(&PostOptions::commit, "abc123"), HasSubstr("is not a full commit"));
  for (const std::string bad : {"0", "-1", "7/../8", "7?x", "x", "99999999999999999999"})
    EXPECT_THAT(refused(&PostOptions::request, bad), HasSubstr("is not the number of a pull request")) << bad;
  EXPECT_THAT(refused(&PostOptions::project, "none\x1b"),
              HasSubstr("--project: 'none\\x1b' is not OWNER/REPOSITORY"));
  EXPECT_THAT(refused(&PostOptions::target_url, "https://me:secret@example.com/"), Not(HasSubstr("secret")));
  EXPECT_THAT(refused(&PostOptions::name, "a\nb"), HasSubstr("--name"));
}

TEST_F(MessageTest, says_what_is_not_known_and_by_which_option) {
  pipeline = {};
  EXPECT_THAT(error(), HasSubstr("it is not known for which project this is\n  --project says it"));
  EXPECT_THAT(error_of([&] { api_of(options, pipeline); }), HasSubstr("--api-url says it"));
}

TEST_F(MessageTest, takes_no_job_whose_address_could_mislead) {
  pipeline.job_url = "javascript:alert(1)";
  EXPECT_EQ(message().target_url, "");
}

TEST_F(MessageTest, wants_something_to_post) {
  options.status = options.comment = false;
  EXPECT_THAT(error(), HasSubstr("nothing is to be posted"));
}

TEST_F(MessageTest, takes_a_summary_of_a_file_up_to_its_limit) {
  options.summary = scratch("summary.md");
  write_file(options.summary, "## mine\n/merge\n");
  EXPECT_THAT(message().comment, HasSubstr("## mine\n&#47;merge\n"));
  write_file(options.summary, std::string((1u << 20) + 1, 'x'));
  EXPECT_THAT(error(), HasSubstr("is larger than 1 MiB"));
}

TEST_F(MessageTest, holds_no_token_in_any_form_in_which_a_text_may_hold_it) {
  token = Token("glpat-ab__cd_-ef*gh");
  Verdict verdict =
      verdict_of({check_of("unit", "env " + token.secret(), Status::fail, "TOKEN=" + token.secret())});
  verdict.checks[0].details = "TOKEN=" + token.secret() + "\n";
  options.verdict = scratch("verdict.json");
  write_file(options.verdict, to_json(verdict));
  EXPECT_THAT(message().comment, Not(HasSubstr("glpat")));
  EXPECT_THAT(message().announcement.text, Not(HasSubstr("glpat")));
  options.summary = scratch("summary.md");
  write_file(options.summary, token.secret() + "\n" + markdown_summary(verdict));
  EXPECT_THAT(message().comment, Not(HasSubstr("glpat")));
}

TEST_F(MessageTest, makes_nothing_but_a_comment_of_an_artifact) {
  options.from_artifact = true;
  EXPECT_THAT(error(), HasSubstr("a status or a check run is not posted from an artifact"));
  options.status = false;
  EXPECT_THAT(error(), HasSubstr("--commit is missing"));
  options.commit = other_commit;
  EXPECT_THAT(error(), HasSubstr("--request is missing"));
  options.request = "7";
  EXPECT_THAT(message().comment, HasSubstr("they say what that run says"));
  options.summary = "summary.md";
  EXPECT_THAT(error(), HasSubstr("--summary is not taken from an artifact"));
}

TEST_F(MessageTest, asks_the_api_of_the_pipeline_or_of_the_option) {
  EXPECT_EQ(api_of(options, pipeline).host, "api.github.com");
  options.api_url = "https://github.example.com/api/v3";
  EXPECT_EQ(api_of(options, pipeline).host, "github.example.com");
  options.api_url.clear();
  pipeline.api_url = "http://api.github.com";
  EXPECT_THAT(error_of([&] { api_of(options, pipeline); }),
              HasSubstr("the pipeline's variables: the address is http"));
}

}  // namespace
}  // namespace modelgate
