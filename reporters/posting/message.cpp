#include "reporters/posting/message.h"

#include <algorithm>
#include <cctype>

#include "reporters/markdown/escaping.h"
#include "reporters/markdown/markdown.h"
#include "reporters/posting/comment_text.h"
#include "reporters/posting/server_words.h"
#include "schemas/tool/clock.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t longest_name = 100, longest_request = 18, shortest_commit = 40, longest_commit = 64;
constexpr std::size_t shown_of_commit = 12;
constexpr std::uintmax_t most_summary_bytes = 1u << 20, most_artifact_bytes = 32u << 20;

bool all_of(const std::string& text, int (*kind)(int)) {
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return kind(static_cast<unsigned char>(c)) != 0; });
}

/// What an option says, else the pipeline. `is_right` judges either, and neither is quoted beyond its
/// beginning.
std::string chosen(const std::string& option_name, const std::string& option, const std::string& of_pipeline,
                   const std::function<bool(const std::string&)>& is_right, const std::string& wanted) {
  const std::string& value = option.empty() ? of_pipeline : option;
  if (value.empty())
    throw usage_error("", "it is not known for which " + option_name.substr(2) + " this is",
                      option_name + " says it, " + wanted + "; in a pipeline its variables do.");
  if (!is_right(value))
    throw usage_error(option.empty() ? "the pipeline's variables" : option_name,
                      "'" + beginning(value) + "' is not " + wanted);
  return value;
}

bool is_commit(const std::string& text) {
  return text.size() >= shortest_commit && text.size() <= longest_commit && all_of(text, std::isxdigit);
}

bool is_request(const std::string& text) {
  return !text.empty() && text.size() <= longest_request && all_of(text, std::isdigit) && text.front() != '0';
}

void expect_artifact_options(const PostOptions& options) {
  const auto refuse = [](const std::string& what, const std::string& hint) {
    throw usage_error("--from-artifact", what, hint);
  };
  if (options.status || options.check_run)
    refuse("a status or a check run is not posted from an artifact",
           "Who made the artifact would decide whether the commit is green. Only --comment is possible.");
  if (!options.summary.empty())
    refuse("--summary is not taken from an artifact", "The comment is rendered from the verdict, escaped.");
  if (options.commit.empty())
    refuse("--commit is missing", "Take it from the event: ${{ github.event.workflow_run.head_sha }}.");
  if (options.comment && options.request.empty())
    refuse("--request is missing", "It is taken only if that pull request stands at --commit.");
}

void expect_wishes(const PostOptions& options) {
  if (!options.status && !options.comment && !options.check_run && options.write_comment.empty())
    throw usage_error("", "nothing is to be posted", "Say what: --status, --comment, …; see --help.");
  if (options.from_artifact) expect_artifact_options(options);
  if (options.name.empty() || options.name.size() > longest_name || !is_printable(options.name))
    throw usage_error("--name", "wants 1 to 100 printable bytes");
}

Verdict verdict_in(const PostOptions& options, const Token& token) {
  // Ten thousand checks take a quarter of 32 MiB; a stranger's file does not get all the memory that ours
  // may.
  const std::string text =
      read_file(options.verdict, options.from_artifact ? most_artifact_bytes : maximum_document_bytes);
  return verdict_from(parse_json(token.removed_from(text), options.verdict));
}

/// The summary of the file, or that of the verdict.
std::string summary_of(const PostOptions& options, const Verdict& verdict, const Token& token) {
  if (options.summary.empty()) return markdown_summary(verdict);
  const std::string text = token.removed_from(read_file(options.summary, most_summary_bytes));
  // Our reporter may have written it, and escaped what it found.
  return token.secret().empty() ? text : Token(markdown_text(token.secret())).removed_from(text);
}

/// A verdict that says for which commit it was made is no other's: a file that was left over, or taken from a
/// cache, must not turn a commit green that nobody judged.
void expect_made_for(const std::string& commit, const Verdict& verdict, const std::string& file) {
  if (!verdict.pipeline) return;
  const PipelineRecord& made = *verdict.pipeline;
  const std::string& known = !made.head_commit.empty() || made.merged_result ? made.head_commit : made.commit;
  if (known.empty() || known == commit || made.commit == commit) return;
  throw usage_error(file,
                    "was made for commit " + beginning(known, shown_of_commit) + ", and is not posted on " +
                        beginning(commit, shown_of_commit),
                    "A verdict is not carried over: judge that commit.");
}

/// What is valid no longer must turn no commit green.
void expect_valid(const Verdict& verdict, const std::string& file) {
  if (has_expired(verdict, utc_day()))
    throw usage_error(file, "was valid until " + verdict.valid_until + ", and is not posted any more",
                      "Judge that commit again.");
}

std::string target_of(const PostOptions& options, const Pipeline& pipeline) {
  if (options.target_url.empty()) return page_address(pipeline.job_url);
  const std::string page = page_address(options.target_url);
  if (page.empty())
    throw usage_error("--target-url",
                      "is no address of a page: https://…, of at most 500 bytes, without a user");
  return page;
}

std::string footer_of(const Message& message) {
  std::string text;
  const auto add = [&](const std::string& words) { text += (text.empty() ? "" : ", ") + words; };
  if (!message.commit.empty()) add("Commit <code>" + message.commit.substr(0, shown_of_commit) + "</code>");
  if (!message.target_url.empty()) add("<a href=\"" + message.target_url + "\">the job</a>");
  if (message.from_artifact)
    text += ". Reported from the files that a run of this pull request left: they say what that run says.";
  return text.empty() ? "" : "<sub>" + text + "</sub>";
}

}  // namespace

ApiAddress api_of(const PostOptions& options, const Pipeline& pipeline) {
  const bool given = !options.api_url.empty();
  if (!given && pipeline.api_url.empty())
    throw usage_error("", "it is not known where the API is",
                      "--api-url says it: https://api.github.com, or of GitLab https://HOST/api/v4.");
  return given ? api_address(options.api_url, "--api-url", options.loopback_http)
               : api_address(pipeline.api_url, "the pipeline's variables", options.loopback_http);
}

Message message_of(const PostOptions& options, const PostPlatform& platform, const Pipeline& pipeline,
                   const Token& token) {
  expect_wishes(options);
  Message message;
  message.verdict = verdict_in(options, token);
  expect_valid(message.verdict, options.verdict);
  message.announcement = announcement_of(message.verdict);
  message.name = options.name;
  // Where only the text is wanted, it need not be known where it will stand.
  const bool is_posted = options.write_comment.empty();
  if (is_posted || !options.project.empty() || !pipeline.project.empty())
    message.project =
        chosen("--project", options.project, pipeline.project, platform.is_project, platform.project_form);
  // A status of the merge that is only tried is seen by nobody.
  const std::string of_pipeline =
      pipeline.head_commit.empty() && !pipeline.merged_result ? pipeline.commit : pipeline.head_commit;
  if (is_posted || !options.commit.empty() || !of_pipeline.empty())
    message.commit = chosen("--commit", options.commit, of_pipeline, is_commit,
                            "a full commit of 40 to 64 hexadecimal digits");
  for (char& c : message.commit) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (!message.commit.empty()) expect_made_for(message.commit, message.verdict, options.verdict);
  // A commit of one's own choice says nothing about the request or branch of the pipeline that is running.
  const bool same = options.commit.empty() && options.project.empty();
  if (!options.request.empty() || (same && !pipeline.request.empty()))
    message.request = chosen("--request", options.request, pipeline.request, is_request,
                             "the number of a " + platform.request_noun);
  if (same && message.request.empty()) message.ref = pipeline.tag.empty() ? pipeline.branch : pipeline.tag;
  if (!is_printable(message.ref) || message.ref.size() > 255) message.ref.clear();
  message.target_url = target_of(options, pipeline);
  message.author = options.author;
  message.fork = pipeline.fork;
  message.from_artifact = options.from_artifact;
  message.summary = summary_of(options, message.verdict, token);
  message.comment = comment_body(message.name, message.summary, footer_of(message));
  return message;
}

}  // namespace modelgate
