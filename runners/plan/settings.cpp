#include "runners/plan/settings.h"

#include <algorithm>
#include <map>

#include "runners/recording/recording.h"
#include "schemas/documents/plan_settings.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using Meanings = std::map<std::string, std::string>;

/// A path that the runner's expand() gives back as it is.
std::string guarded(const std::string& path) {
  std::string all;
  for (const char c : path) all += c == '{' ? "{{" : std::string(1, c);
  return all;
}

/// What {plan} and {runs.NAME} stand for. `expanded_later`: by the runner.
Meanings meanings_in(const Plan& plan, const ResultsFolder& results, bool expanded_later) {
  const auto path = [&](const std::filesystem::path& path) {
    return expanded_later ? guarded(path.string()) : path.string();
  };
  Meanings meanings = {{"{plan}", path(plan.folder)}};
  for (const PlanRun& run : plan.runs)
    meanings["{runs." + run.name + "}"] = path(results.measurements(run.name)) + "/{role}/records.jsonl";
  return meanings;
}

/// Replaces what the plan knows, and leaves everything else as it is written.
std::string replaced(const std::string& text, const Meanings& meanings) {
  std::string all;
  for (std::size_t i = 0; i < text.size();) {
    if (text.compare(i, 2, "{{") == 0) {
      all += "{{";
      i += 2;
      continue;
    }
    const std::size_t end = text[i] == '{' ? text.find('}', i) : std::string::npos;
    const auto found = end == std::string::npos ? meanings.end() : meanings.find(text.substr(i, end - i + 1));
    if (found == meanings.end()) {
      all += text[i++];
    } else {
      all += found->second;
      i = end + 1;
    }
  }
  return all;
}

/// Without a runner: all at once.
std::string replaced_whole(const std::string& text, const Meanings& meanings,
                           const std::filesystem::path& candidate, const std::string& where) {
  MeasuredSubject subject;
  subject.folder = candidate;
  try {
    return expand(replaced(text, meanings), subject);
  } catch (const Error& error) {
    throw usage_error(where, error.message(), error.hint());
  }
}

/// The option of a setting. Lists are given as the option repeated, and its name is the singular where the
/// plan has a plural of things.
std::string option_of(const std::string& key) {
  static const std::map<std::string, std::string> singular = {{"arguments", "argument"},
                                                              {"checks", "check"},
                                                              {"limits", "limit"},
                                                              {"slices", "slice"},
                                                              {"expect_slices", "expect-slice"},
                                                              {"examples", "examples-most"},
                                                              {"benchmark_margins", "benchmark_margin"},
                                                              {"fields", "field"}};
  const auto found = singular.find(key);
  std::string option = "--" + (found == singular.end() ? key : found->second);
  std::replace(option.begin(), option.end(), '_', '-');
  return option;
}

/// One word for each value, so that one that begins with a dash is not taken for an option.
template <typename Replace>
std::vector<std::string> as_options(const std::vector<PlanSetting>& settings, Replace replace) {
  std::vector<std::string> arguments;
  for (const PlanSetting& setting : settings) {
    if (setting.is_flag) {
      arguments.push_back(option_of(setting.key));
      continue;
    }
    for (const std::string& value : setting.values)
      arguments.push_back(option_of(setting.key) + "=" + replace(setting.key, value));
  }
  return arguments;
}

/// Texts in which runners replace {subject} and {role}.
bool names_subjects(const std::string& key) {
  static const std::vector<std::string> keys = {"program", "arguments", "command", "input",
                                                "model",   "data",      "classes"};
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

std::vector<std::string> arguments_of_run(const PlanRun& run, const Plan& plan,
                                          const ResultsFolder& results) {
  const Meanings final = meanings_in(plan, results, false);
  if (settings_of_runner(run.runner).empty()) {
    // Somebody else's runner: its arguments as they stand.
    std::vector<std::string> arguments;
    for (const PlanSetting& setting : run.settings)
      for (const std::string& value : setting.values) arguments.push_back(replaced(value, final));
    return arguments;
  }
  const Meanings meanings = meanings_in(plan, results, true);
  return as_options(run.settings, [&](const std::string& key, const std::string& value) {
    if (!names_subjects(key)) return replaced(value, final);
    // A mistake shall be found before the first run, not in the third.
    replaced_whole(value, meanings, "/", run.where);
    return replaced(value, meanings);
  });
}

std::vector<std::string> arguments_of_gate(const PlanGate& gate, const Plan& plan,
                                           const std::filesystem::path& candidate,
                                           const ResultsFolder& results) {
  const Meanings meanings = meanings_in(plan, results, true);
  std::vector<std::string> arguments =
      as_options(gate.settings, [&](const std::string& key, const std::string& value) {
        return key == "golden" ? replaced_whole(value, meanings, candidate, gate.where) : value;
      });
  // The plan says how many; where they go, the results folder.
  if (std::any_of(gate.settings.begin(), gate.settings.end(),
                  [](const PlanSetting& setting) { return setting.key == "examples"; }))
    arguments.push_back("--examples=" + (results.examples() / (gate.name + ".jsonl")).string());
  return arguments;
}

}  // namespace modelgate
