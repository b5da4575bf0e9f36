#include "runners/revision/asking.h"

#include <algorithm>
#include <sstream>

#include "runners/process/process.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

/// The line of what a program said that tells most: the first that is called an error, else the last.
std::string telling_line(const std::string& errors) {
  std::istringstream lines(errors);
  std::string last;
  for (std::string line; std::getline(lines, line);) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    for (const std::string word : {"fatal: ", "error: ", "abort: ", "svn: "})
      if (line.starts_with(word)) return line.substr(word.size());
    last = line;
  }
  return last;
}

}  // namespace

std::string Answer::line() const { return text.substr(0, text.find_last_not_of("\r\n") + 1); }

std::string without_credentials(const std::string& text) {
  std::string all;
  std::size_t at = 0;
  for (std::size_t found; (found = text.find("://", at)) != std::string::npos;) {
    const std::size_t begin = found + 3;
    const std::size_t end = std::min(text.find_first_of("/ \t\r\n'\"", begin), text.size());
    const std::size_t sign = text.substr(begin, end - begin).rfind('@');
    all += text.substr(at, begin - at);
    if (sign != std::string::npos) all += "***" + text.substr(begin + sign, end - begin - sign);
    at = sign == std::string::npos ? begin : end;
  }
  return all + text.substr(at);
}

Answer ask(std::vector<std::string> argv, const std::filesystem::path& folder,
           std::map<std::string, std::string> environment, const AskingLimits& limits) {
  ProcessSpec spec;
  const std::string program = argv.front();
  spec.argv = std::move(argv);
  spec.folder = folder;
  spec.environment = std::move(environment);
  spec.environment.emplace("LC_ALL", "C.UTF-8");
  spec.timeout = std::max(limits.time, std::chrono::milliseconds(1));
  spec.kept_bytes = limits.bytes;
  const ProcessOutcome outcome = run_process(std::move(spec));
  Answer answer;
  answer.exit_code = outcome.ending == Ending::exited ? outcome.exit_code : -1;
  answer.text = outcome.out.text;
  answer.errors = without_credentials(outcome.err.text);
  answer.is_missing = outcome.ending == Ending::not_started;
  answer.is_late = outcome.ending == Ending::timed_out;
  answer.succeeded = outcome.succeeded() && !outcome.out.cut;
  if (answer.succeeded) return answer;
  const std::string said = beginning(telling_line(answer.errors), 300);
  if (answer.is_missing)
    answer.problem = outcome.start_error;
  else if (outcome.succeeded())
    answer.problem = program + " answered more than " + std::to_string(limits.bytes) + " bytes";
  else if (answer.exit_code >= 0 && !said.empty())
    answer.problem = said;
  else
    answer.problem = program + " " + outcome.sentence();
  return answer;
}

}  // namespace modelgate
