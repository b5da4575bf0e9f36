#include "runners/selftest/laboratory.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <stdexcept>
#include <thread>

#include "runners/plan/conductor.h"
#include "runners/plan/programs.h"
#include "schemas/documents/status_code.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::minutes longest_trial{10};

/// A name that is a folder's everywhere.
std::string folder_name(std::size_t number, const std::string& name) {
  std::string safe;
  for (const char c : name)
    safe += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '-';
  std::string digits = std::to_string(number);
  digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
  return digits + "-" + safe.substr(0, 80);
}

/// In one line, with paths as they are within the trial's folder.
std::string shortened(std::string text, const fs::path& folder) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  const std::string prefix = folder.string() + "/";
  for (std::size_t at = 0; (at = text.find(prefix, at)) != std::string::npos;) text.erase(at, prefix.size());
  return text;
}

}  // namespace

Laboratory::Running Laboratory::begin(Trial trial, ProcessSpec& spec) {
  const fs::path folder = root_ / folder_name(++begun_, trial.name);
  const ResultsFolder results{folder};
  std::error_code failure;
  fs::create_directories(results.gate_verdicts(), failure);
  if (failure) throw infrastructure_error(folder.string(), "cannot be created: " + failure.message());
  Running running{std::move(trial), {}, folder};
  running.step = running.trial.prepare(results);
  spec.argv = {require_program(running.step.program).string()};
  spec.argv.insert(spec.argv.end(), running.step.arguments.begin(), running.step.arguments.end());
  spec.folder = working_folder_;
  spec.timeout = longest_trial;
  spec.term_on_parent_death = true;
  return running;
}

Obtained Laboratory::obtained(const Running& running, const ProcessOutcome& outcome) const {
  Obtained result;
  if (keep_) result.folder = running.folder;
  if (outcome.ending == Ending::exited) result.exit_code = outcome.exit_code;
  const std::string last = shortened(Conductor::last_words(outcome), running.folder);
  result.words = outcome.sentence() + (last.empty() ? "" : ": " + last);
  std::error_code ignored;
  if (!fs::exists(running.step.document, ignored)) return result;
  try {
    const Verdict verdict = read_verdict(running.step.document);
    if (result.exit_code == static_cast<int>(exit_code_of(verdict)))
      result.verdict = verdict;
    else
      result.words = outcome.sentence() + ", and its verdict says " + name_of(verdict.status);
  } catch (const Error& error) {
    result.words = shortened(error.where() + ": " + error.message(), running.folder);
  }
  return result;
}

void Laboratory::run() {
  const std::size_t places = std::clamp(std::thread::hardware_concurrency(), 1u, 16u);
  Supervisor supervisor;
  std::map<Supervisor::Id, Running> running;
  // By what was not judged yet, not by what still runs: several may have ended at once.
  while (!waiting_.empty() || !running.empty()) {
    while (!waiting_.empty() && running.size() < places && !interrupted()) {
      Trial trial = std::move(waiting_.front());
      waiting_.pop_front();
      ProcessSpec spec;
      Running next = begin(std::move(trial), spec);
      running.emplace(supervisor.start(std::move(spec)), std::move(next));
    }
    say(std::to_string(done_) + " of " + std::to_string(begun_ + waiting_.size()) + " trials judged");
    auto ended = supervisor.wait();
    if (interrupted()) {
      say("");
      throw infrastructure_error("", "interrupted after " + std::to_string(done_) + " trials");
    }
    if (!ended) throw std::logic_error("a trial was lost");
    auto node = running.extract(ended->first);
    ++done_;
    node.mapped().trial.then(obtained(node.mapped(), ended->second));
    std::error_code ignored;
    if (!keep_) fs::remove_all(node.mapped().folder, ignored);
  }
  say("");
}

void Laboratory::say(const std::string& words) const {
  if (!is_lively_terminal(2)) return;
  std::fprintf(stderr, "\r\033[K%s", words.empty() ? "" : ("  " + words + " …").c_str());
  std::fflush(stderr);
}

}  // namespace modelgate
