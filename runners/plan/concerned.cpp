#include "runners/plan/concerned.h"

#include <fnmatch.h>

#include <algorithm>

#include "runners/plan/commands.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

bool is_in(const fs::path& path, const fs::path& folder) {
  const fs::path relative = path.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

bool matches_any(const std::vector<std::string>& patterns, const std::string& path) {
  // A '*' meets '/' too: docs/* means all that lies below.
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& one) { return ::fnmatch(one.c_str(), path.c_str(), 0) == 0; });
}

/// The text without {plan}/ at its beginning; empty where it holds other words in braces.
std::string path_in(const std::string& text) {
  constexpr std::string_view plan = "{plan}/";
  const std::string path = text.starts_with(plan) ? text.substr(plan.size()) : text;
  return path.find('{') == std::string::npos ? path : "";
}

/// The values, and of "--data=rows.jsonl" or "DATA={plan}/rows.jsonl" also what follows.
std::vector<std::string> words_of(const PlanSetting& setting) {
  std::vector<std::string> words = setting.values;
  for (const std::string& value : setting.values)
    if (const std::size_t sign = value.find('='); sign != std::string::npos)
      words.push_back(value.substr(sign + 1));
  return words;
}

}  // namespace

Concerns::Concerns(const Plan& plan, fs::path plan_file, fs::path candidate, std::vector<fs::path> ours)
    : plan_(plan),
      plan_file_(std::move(plan_file)),
      candidate_(std::move(candidate)),
      ours_(std::move(ours)) {
  for (const PlanGate& gate : plan.gates) all_.insert(gate.name);
  named_.push_back({candidate_, all_});
  for (const PlanGate& gate : plan.gates) {
    name(gate.settings, {gate.name});
    for (const PlanRun& run : needed_runs(plan, {gate})) name(run.settings, {gate.name});
  }
}

void Concerns::name(const std::vector<PlanSetting>& settings, const std::set<std::string>& gates) {
  constexpr std::size_t longest_path = 4096;
  const fs::path folder = fs::weakly_canonical(plan_.folder);
  for (const PlanSetting& setting : settings)
    for (const std::string& value : words_of(setting)) {
      const std::string path = path_in(value);
      std::error_code failure;
      if (path.empty() || path.size() > longest_path || path.find('\0') != std::string::npos) continue;
      const fs::path whole = (plan_.folder / path).lexically_normal();
      if (!fs::exists(whole, failure)) continue;
      name(whole, gates);
      // What a link leads to, as seen from the plan.
      const fs::path real = fs::weakly_canonical(whole, failure).lexically_relative(folder);
      if (!failure && !real.empty()) name((plan_.folder / real).lexically_normal(), gates);
    }
}

void Concerns::name(const fs::path& path, const std::set<std::string>& gates) {
  // "." and ".." would be all there is.
  if (is_in(plan_.folder, path)) return;
  const auto known =
      std::find_if(named_.begin(), named_.end(), [&](const Named& one) { return one.path == path; });
  if (known == named_.end())
    named_.push_back({path, gates});
  else
    known->gates.insert(gates.begin(), gates.end());
}

std::set<std::string> Concerns::gates_of(const fs::path& file) const {
  if (std::any_of(ours_.begin(), ours_.end(), [&](const fs::path& one) { return is_in(file, one); }))
    return {};
  if (file == plan_file_ || is_in(file, candidate_) || is_in(candidate_, file)) return all_;
  std::set<std::string> gates;
  for (const Named& one : named_)
    if (is_in(file, one.path)) gates.insert(one.gates.begin(), one.gates.end());
  const std::string relative = file.lexically_relative(plan_.folder).generic_string();
  if (matches_any(plan_.unrelated, relative)) return gates;
  for (const PlanGate& gate : plan_.gates)
    if (gate.changes.empty() || matches_any(gate.changes, relative)) gates.insert(gate.name);
  return gates;
}

}  // namespace modelgate
