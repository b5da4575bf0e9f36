#pragma once

#include <functional>
#include <string>
#include <vector>

#include "reporters/posting/announcement.h"
#include "reporters/posting/client.h"
#include "reporters/posting/curl_transport.h"
#include "reporters/posting/posts.h"
#include "schemas/documents/verdict.h"
#include "schemas/pipeline/pipeline.h"
#include "schemas/tool/tool.h"

namespace modelgate {

/// What a program of this kind takes from its command line.
struct PostOptions {
  std::string verdict, summary, name = "modelgate", token_file, api_url, ca_file, project, commit, request,
                                target_url, author, write_comment;
  double seconds = 120;
  bool status = false, comment = false, check_run = false, json = false, loopback_http = false;
  bool from_artifact = false;  ///< The verdict comes from a run that others control.
};

/// What is to be said, and of what: checked, each part fit for an address or a text.
struct Message {
  Verdict verdict;
  Announcement announcement;
  std::string name;        ///< Of the status, and of the comment among others: "modelgate".
  std::string project;     ///< "owner/repo", or GitLab's number or path.
  std::string commit;      ///< The full id, in lower case, of the commit that the status is for.
  std::string request;     ///< The number of the pull or merge request, "" where there is none.
  std::string ref;         ///< The branch or tag of a pipeline that is not of a request, "" if not known.
  std::string target_url;  ///< Of the job, "" if not known.
  std::string author;      ///< Who we post as, where that was said.
  std::string summary;     ///< Markdown; a comment's text without marker and footer.
  std::string comment;     ///< The whole comment.
  bool fork = false;       ///< The request comes from another repository.
  bool from_artifact = false;
};

/// A platform, as the program needs it.
struct PostPlatform {
  std::string name;                          ///< "github"
  std::string request_noun;                  ///< "pull request"
  std::vector<std::string> token_variables;  ///< In which the token may lie.
  std::string about_tokens;                  ///< What one wants to know who has none.
  Etiquette etiquette;
  std::function<bool(const std::string&)> is_project;
  std::string project_form;  ///< "owner/repository": what --project wants.
  std::function<std::vector<Post>(const PostOptions&, const Message&, Client&)> posts;
};

/// The one way to be a program that posts a verdict: options, the pipeline's variables, the token, the posts,
/// and what is told of them. Exit code: 0 where all that was asked for was posted (or there is no request to
/// comment on), 4 where something was not, 2 for what makes no sense; the verdict is not changed.
int run_poster(int argc, char** argv, const ToolDescription& tool, const PostPlatform& platform,
               PostOptions& options, const std::function<void(OptionSet&)>& declare);

}  // namespace modelgate
