#include "reporters/gitlab/gitlab.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  PostOptions options;
  std::int64_t pipeline = 0;
  const PostPlatform platform{"gitlab",
                              "merge request",
                              {"MODELGATE_GITLAB_TOKEN"},
                              "CI_JOB_TOKEN is not sent: GitLab lets it neither set statuses nor write "
                              "notes. A project access token of "
                              "scope 'api' can; pipelines of forks get none.",
                              {"PRIVATE-TOKEN: ", "application/json", ""},
                              is_gitlab_project,
                              "a number or GROUP/PROJECT",
                              [&](const PostOptions& wishes, const Message& message, Client& client) {
                                std::vector<Post> posts;
                                const std::string joined = pipeline > 0 ? std::to_string(pipeline) : "";
                                const auto add = [&](bool wished, const char* what,
                                                     Posted (GitLab::*send)()) {
                                  if (wished)
                                    posts.push_back({what, [&client, &message, joined, send] {
                                                       client.begin_post();
                                                       return (GitLab(client, message, joined).*send)();
                                                     }});
                                };
                                add(wishes.status, "status", &GitLab::status);
                                add(wishes.comment, "comment", &GitLab::comment);
                                return posts;
                              }};
  return run_poster(argc, argv,
                    {"modelgate-report-gitlab",
                     "Posts a verdict to GitLab: as a commit's status, and as one note on the merge request.",
                     "modelgate-report-gitlab gate-results/verdict.json --status --comment\n"
                     "modelgate-report-gitlab verdict.json --comment --ca-file \"$CI_SERVER_TLS_CA_FILE\""},
                    platform, options, [&](OptionSet& set) {
                      set.integer(
                          "pipeline", pipeline, 0, INT64_MAX, "NUMBER",
                          "The pipeline that the status joins (default: GitLab chooses the commit's latest)");
                    });
}
