#include "runners/revision/git.h"

#include <algorithm>
#include <cstdlib>

#include "runners/revision/credentials.h"
#include "runners/revision/working_copy.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using Environment = std::map<std::string, std::string>;

/// What people set so that Git reaches their server, and what it trusts. Nothing that says which repository,
/// index or objects are meant: those are a hook's business.
Environment passed_on() {
  Environment environment;
  const auto pass = [&](const std::string& name) {
    if (const char* value = std::getenv(name.c_str())) environment[name] = value;
  };
  for (const char* name : {"SSH_AUTH_SOCK",       "GIT_SSH",           "GIT_SSH_COMMAND",
                           "GIT_SSH_VARIANT",     "GIT_SSL_CAINFO",    "GIT_SSL_CAPATH",
                           "SSL_CERT_FILE",       "SSL_CERT_DIR",      "http_proxy",
                           "https_proxy",         "HTTPS_PROXY",       "all_proxy",
                           "ALL_PROXY",           "no_proxy",          "NO_PROXY",
                           "XDG_CONFIG_HOME",     "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM",
                           "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT"})
    pass(name);
  // GIT_CONFIG_KEY_0=safe.directory, as CI sets it.
  constexpr int most = 100;
  const auto count = environment.find("GIT_CONFIG_COUNT");
  const int pairs = count == environment.end() ? 0 : std::clamp(std::atoi(count->second.c_str()), 0, most);
  for (int i = 0; i < pairs; ++i)
    for (const char* part : {"GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_"}) pass(part + std::to_string(i));
  return environment;
}

}  // namespace

Answer Git::ask(const std::vector<std::string>& words, const AskingLimits& limits) const {
  return ask(words, limits, passed_on());
}

Answer Git::ask_remote(const std::string& remote, const std::vector<std::string>& words,
                       const AskingLimits& limits) const {
  Environment environment = passed_on();
  keep_apart(credentials_in(ask({"ls-remote", "--get-url", remote}).line()),
             ask({"config", "--get", "remote." + remote + ".url"}).line(), environment);
  return ask(words, limits, std::move(environment));
}

Answer Git::ask(std::vector<std::string> words, const AskingLimits& limits, Environment environment) const {
  std::vector<std::string> argv = {"git", "--no-pager", "--literal-pathspecs"};
  // gc and maintenance would go on behind us; a hook or monitor could be anything.
  for (const char* setting : {"core.fsmonitor=false", "core.hooksPath=/dev/null",
                              "core.askPass=", "gc.auto=0", "maintenance.auto=false"})
    argv.insert(argv.end(), {"-c", setting});
  argv.insert(argv.end(), words.begin(), words.end());
  environment["GIT_TERMINAL_PROMPT"] = "0";
  environment["SSH_ASKPASS_REQUIRE"] = "never";
  environment["GCM_INTERACTIVE"] = "never";
  environment["GIT_OPTIONAL_LOCKS"] = "0";
  environment["GIT_CEILING_DIRECTORIES"] = root_.parent_path().string();
  return modelgate::ask(std::move(argv), root_, std::move(environment), limits);
}

std::string Git::require(const std::vector<std::string>& words, const std::string& what,
                         const AskingLimits& limits) const {
  Answer answer = ask(words, limits);
  if (!answer.succeeded)
    throw infrastructure_error(root_.string(), what + ": " + answer.problem, remedy_of(answer, root_));
  return std::move(answer.text);
}

std::string Git::commit(const std::string& revision) const {
  const std::string said = ask({"rev-parse", "--verify", "--quiet", revision + "^{commit}"}).line();
  return is_full_commit(said) ? said : "";
}

std::string remedy_of(const Answer& answer, const std::filesystem::path& root) {
  if (answer.is_missing) return "Install git, or put it into PATH.";
  if (answer.errors.find("dubious ownership") != std::string::npos)
    return "The repository is another user's, as in a container: git config --global --add safe.directory '" +
           root.string() + "'.";
  if (answer.is_late) return "Is the file system slow, or does the remote not answer?";
  return "";
}

}  // namespace modelgate
