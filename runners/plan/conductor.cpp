#include "runners/plan/conductor.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "runners/plan/programs.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {

ProcessSpec Conductor::spec_of(const Step& step) const {
  ProcessSpec spec;
  spec.argv = {require_program(step.program).string()};
  spec.argv.insert(spec.argv.end(), step.arguments.begin(), step.arguments.end());
  spec.folder = folder_;
  spec.timeout = step.timeout;
  spec.stdout_file = output_of(step);
  spec.stderr_file = results_.logs() / (step.name + ".err");
  // Where the libraries of a GPU's driver lie, for runners that open them.
  for (const char* name : {"MODELGATE_NVML", "MODELGATE_LIBCUDA"})
    if (const char* value = std::getenv(name)) spec.environment[name] = value;
  // Our own programs stop their children when they are asked to end.
  spec.term_on_parent_death = true;
  return spec;
}

ProcessOutcome Conductor::run(const Step& step) { return std::move(run_together({step}).front()); }

std::vector<ProcessOutcome> Conductor::run_together(const std::vector<Step>& steps,
                                                    const std::function<void()>& meanwhile) {
  const std::string words = steps.empty() ? "" : steps.front().words;
  if (interrupted()) throw infrastructure_error("", "interrupted before " + words);
  say(words);
  Supervisor supervisor;
  std::map<Supervisor::Id, std::size_t> place;
  for (std::size_t i = 0; i < steps.size(); ++i) place[supervisor.start(spec_of(steps[i]))] = i;
  if (meanwhile) meanwhile();
  std::vector<ProcessOutcome> outcomes(steps.size());
  while (auto ended = supervisor.wait()) {
    const std::size_t i = place.at(ended->first);
    record(steps[i], ended->second);
    outcomes[i] = std::move(ended->second);
  }
  say("");
  if (interrupted()) throw infrastructure_error("", "interrupted while " + words);
  return outcomes;
}

void Conductor::record(const Step& step, const ProcessOutcome& outcome) const {
  std::ofstream file(results_.logs() / "steps.tsv", std::ios::app);
  file << step.name << '\t' << std::to_string(outcome.wall_seconds) << '\t' << outcome.sentence() << '\n';
}

std::string Conductor::last_words(const ProcessOutcome& outcome) {
  constexpr std::size_t enough = 2000;
  std::string text = outcome.err.text;
  if (text.size() > enough) {
    // From the beginning of a line, so that no character is broken.
    text.erase(0, text.size() - enough);
    text.erase(0, std::min(text.find('\n'), text.size() - 1) + 1);
  }
  std::string words;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) words += (words.empty() ? "" : "\n") + printable(line);
  while (!words.empty() && words.back() == '\n') words.pop_back();
  return words;
}

void Conductor::say(const std::string& words) const {
  if (quiet_ || !is_lively_terminal(2)) return;
  std::fprintf(stderr, "\r\033[K%s", words.empty() ? "" : ("  " + words + " …").c_str());
  std::fflush(stderr);
}

}  // namespace modelgate
