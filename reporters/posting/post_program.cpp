#include "reporters/posting/post_program.h"

#include "reporters/posting/message.h"
#include "reporters/posting/waiting.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

void declare_common(OptionSet& set, PostOptions& options, const PostPlatform& platform) {
  const std::string noun = platform.request_noun;
  set.positional("verdict", options.verdict,
                 "The verdict document; whatever it says, the exit code only tells whether it was posted");
  set.flag("status", options.status,
           "Set the commit's status: green exactly where the verdict's exit code is 0");
  set.flag("comment", options.comment,
           "Write one comment on the " + noun + ", or bring the one that is there up to date");
  set.text(
      "summary", options.summary, "FILE",
      "The comment's Markdown, as modelgate-report-markdown writes it (default: rendered from the verdict)");
  set.text("name", options.name, "NAME", "Name of the status; a comment of another name is another comment");
  set.text("project", options.project, "PROJECT",
           "Post there: " + platform.project_form + " (default: from the pipeline's variables)");
  set.text("commit", options.commit, "COMMIT", "The commit that was judged (default: likewise)");
  set.text("request", options.request, "NUMBER", "The " + noun + " (default: likewise)");
  set.text("target-url", options.target_url, "URL", "Where the status leads to (default: the job)");
  set.text("api-url", options.api_url, "URL",
           "The API; the token goes to its host alone (default: from the pipeline's variables)");
  set.text(
      "token-file", options.token_file, "FILE",
      "Holds the token in one line (default: in the environment, " + platform.token_variables.front() + ")");
  set.text("author", options.author, "LOGIN", "Who we post as (default: asked of the API)");
  set.text("ca-file", options.ca_file, "FILE",
           "Authorities that vouch for the server, in PEM (default: the system's)");
  set.number("seconds", options.seconds, 1, 3600, "S", "What each post may take, with all tries and pauses");
  set.flag("json", options.json, "Print what was posted as JSON");
  set.text("write-comment", options.write_comment, "FILE",
           "Write the comment's text here, and post nothing: needs no token");
  set.flag("loopback-http", options.loopback_http,
           "Allow http: to an API on this machine (127.0.0.1); so does MODELGATE_LOOPBACK_HTTP=1");
}

/// For what is written or rendered, and must not hold the token. Whether there is one is asked later.
Token token_if_any(const PostOptions& options, const PostPlatform& platform) {
  try {
    return read_token(options.token_file, platform.token_variables, environment_variable);
  } catch (const Error&) {
    return {};
  }
}

/// Says what was and what was not posted, for people or scripts.
ExitCode tell(const ToolDescription& tool, const PostOptions& options, const PostedTo& to,
              const std::vector<PostRecord>& records) {
  write_stdout(options.json ? posts_json(to, records) : posts_text(records));
  for (const auto& [what, posted] : records)
    if (posted.how == Posted::How::failed)
      print_error(tool.name, infrastructure_error(what + " not posted", posted.sentence, posted.hint));
  return exit_code_of(records);
}

ExitCode post(const ToolDescription& tool, const PostPlatform& platform, PostOptions options) {
  if (environment_variable("MODELGATE_LOOPBACK_HTTP") == "1") options.loopback_http = true;
  const Pipeline pipeline = pipeline_of(environment_variable);
  const Message message = message_of(options, platform, pipeline, token_if_any(options, platform));
  if (!options.write_comment.empty()) {
    write_file(options.write_comment, message.comment);
    return ExitCode::pass;
  }
  const ApiAddress address = api_of(options, pipeline);
  const Token token = read_token(options.token_file, platform.token_variables, environment_variable,
                                 "--token-file names a file that holds it. " + platform.about_tokens);
  CurlTransport transport(address, token, platform.etiquette, options.ca_file);
  RealWaiting waiting;
  Patience patience;
  patience.all_tries = options.seconds;
  Client client(transport, waiting, address.host, patience);
  const std::vector<PostRecord> records = posted_all(platform.posts(options, message, client), token);
  return tell(tool, options, {platform.name, address.host, message.project, message.commit, message.request},
              records);
}

}  // namespace

int run_poster(int argc, char** argv, const ToolDescription& tool, const PostPlatform& platform,
               PostOptions& options, const std::function<void(OptionSet&)>& declare) {
  return run_tool(
      argc, argv, tool,
      [&](OptionSet& set) {
        declare_common(set, options, platform);
        declare(set);
      },
      [&] { return post(tool, platform, options); });
}

}  // namespace modelgate
