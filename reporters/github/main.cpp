#include <cstdlib>

#include "reporters/github/github.h"

int main(int argc, char** argv) {
  using namespace modelgate;
  PostOptions options;
  const char* const workspace = std::getenv("GITHUB_WORKSPACE");
  std::string root = workspace == nullptr ? "" : workspace;
  const PostPlatform platform{
      "github",
      "pull request",
      {"GITHUB_TOKEN"},
      "In a workflow it is ${{ github.token }}, handed over by 'env'.",
      {"Authorization: Bearer ", "application/vnd.github+json", "X-GitHub-Api-Version: 2022-11-28"},
      is_github_project,
      "OWNER/REPOSITORY",
      [&](const PostOptions& wishes, const Message& message, Client& client) {
        std::vector<Post> posts;
        const auto add = [&](bool wished, const char* what, Posted (GitHub::*send)()) {
          if (wished)
            posts.push_back({what, [&client, &message, root, send] {
                               client.begin_post();
                               return (GitHub(client, message, root).*send)();
                             }});
        };
        add(wishes.status, "status", &GitHub::status);
        add(wishes.comment, "comment", &GitHub::comment);
        add(wishes.check_run, "check-run", &GitHub::check_run);
        return posts;
      }};
  return run_poster(
      argc, argv,
      {"modelgate-report-github",
       "Posts a verdict to GitHub: as a commit's status, as one comment on the pull request, as a check run.",
       "modelgate-report-github gate-results/verdict.json --status --comment\n"
       "modelgate-report-github verdict.json --comment --from-artifact --commit SHA --request 7"},
      platform, options, [&](OptionSet& set) {
        set.flag(
            "check-run", options.check_run,
            "Make a check run with annotations beside the lines that fail (only with a token of an app)");
        set.flag("from-artifact", options.from_artifact,
                 "The verdict comes from a run that others control: --comment alone, on the pull request "
                 "--request if it stands at --commit");
        set.text("root", root, "FOLDER",
                 "Where the repository lay, for annotations (default: GITHUB_WORKSPACE)");
      });
}
