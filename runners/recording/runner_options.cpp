#include <algorithm>
#include <cctype>
#include <limits>

#include "runners/recording/recording.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

MeasuredSubject subject_in(const std::string& folder, const Subject& subject) {
  const std::string option = "--" + name_of(subject.role);
  if (folder.empty()) throw usage_error(option, "is empty", "Name the folder that holds what is measured.");
  std::error_code failure;
  const fs::path path = fs::canonical(folder, failure);
  if (failure) throw usage_error(option, "the folder " + folder + " cannot be found: " + failure.message());
  if (!fs::is_directory(path, failure))
    throw usage_error(option, folder + " is not a folder", "Name the folder that holds the file.");
  return {subject, path};
}

bool is_variable_name(const std::string& name) {
  return !name.empty() && std::isdigit(static_cast<unsigned char>(name.front())) == 0 &&
         std::all_of(name.begin(), name.end(),
                     [](unsigned char c) { return c == '_' || (c < 0x80 && std::isalnum(c) != 0); });
}

}  // namespace

void RunnerOptions::declare(OptionSet& options) {
  options.text("candidate", candidate, "DIR", "The folder that holds the candidate", Need::required);
  options.text("baseline", baseline, "DIR", "The folder that holds the baseline; it is measured likewise");
  options.text("output", output, "DIR", "Where candidate.json, baseline.json and their data are written",
               Need::required);
  options.text("subject-name", subject_name, "NAME", "Of the model");
  options.text("candidate-version", candidate_version, "VERSION", "What the documents call the candidate");
  options.text("candidate-commit", candidate_commit, "COMMIT", "Its commit");
  options.text("candidate-digest", candidate_digest, "DIGEST", "Of its folder, sha256:…");
  options.text("baseline-version", baseline_version, "VERSION", "What the documents call the baseline");
  options.text("baseline-commit", baseline_commit, "COMMIT", "Its commit");
  options.text("baseline-digest", baseline_digest, "DIGEST", "Of its folder, sha256:…");
  options.number("timeout-seconds", timeout_seconds, 0.001, 1e6, "SECONDS",
                 "What takes longer is stopped, and is an error");
  options.integer("memory-limit-mib", memory_limit_mib, 0, std::int64_t{1} << 30, "MIB",
                  "What uses more memory is killed, with all that it started (0: no limit)");
  options.integer("cpu-limit-seconds", cpu_limit_seconds, 0, std::int64_t{1} << 30, "SECONDS",
                  "What uses more processor time, with all that it started, is stopped (0: no limit)");
  options.list("environment", environment, "NAME=VALUE", "A variable for what is measured");
}

std::vector<MeasuredSubject> RunnerOptions::subjects() const {
  std::vector<MeasuredSubject> all = {subject_in(
      candidate, {Role::candidate, subject_name, candidate_version, candidate_commit, candidate_digest})};
  if (!baseline.empty())
    all.push_back(subject_in(
        baseline, {Role::baseline, subject_name, baseline_version, baseline_commit, baseline_digest}));
  return all;
}

std::map<std::string, std::string> RunnerOptions::environment_map() const {
  std::map<std::string, std::string> variables;
  for (const std::string& entry : environment) {
    const std::size_t equals = entry.find('=');
    const std::string name = entry.substr(0, equals);
    // The value may be a secret, so only the name is shown.
    if (equals == std::string::npos)
      throw usage_error("--environment", "a variable without '='", "Write --environment NAME=VALUE.");
    if (!is_variable_name(name))
      throw usage_error("--environment", "'" + name + "' is not the name of a variable",
                        "Use letters, digits and '_'.");
    if (!variables.emplace(name, entry.substr(equals + 1)).second)
      throw usage_error("--environment", "the variable " + name + " is given twice");
  }
  return variables;
}

}  // namespace modelgate
