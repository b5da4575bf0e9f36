#include "schemas/documents/plan.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "schemas/documents/inconclusive_fields.h"
#include "schemas/documents/manifest.h"
#include "schemas/documents/plan_rules.h"
#include "schemas/documents/plan_settings.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::int64_t plan_version = 1;
constexpr std::uintmax_t maximum_plan_bytes = 1u << 20;

constexpr char safe_letters[] = "Use letters, digits, '.', '_', '+' and '-'.";

/// The name of a runner or candidate, which become parts of file names.
std::string safe_text(const Node& node) {
  std::string name = node.text();
  if (!is_safe_name(name)) node.refuse("'" + beginning(name) + "' cannot be a name", safe_letters);
  return name;
}

/// Likewise the key of a run or gate.
std::string safe_key(const std::string& name, const Node& node) {
  if (!is_safe_name(name)) node.refuse_key("'" + beginning(name) + "' cannot be a name", safe_letters);
  return name;
}

/// Reads the settings of `rules`, and refuses what else is there.
std::vector<PlanSetting> settings_from(Fields& fields, const std::vector<SettingRule>& rules) {
  std::vector<PlanSetting> settings;
  for (const SettingRule& rule : rules) {
    if (const auto node = rule.required ? fields.required(rule.key) : fields.optional(rule.key)) {
      PlanSetting setting = setting_from(rule, *node);
      if (!setting.values.empty()) settings.push_back(std::move(setting));
    }
  }
  fields.finish();
  return settings;
}

/// The runs whose records the settings read, by {runs.NAME}.
std::vector<std::string> runs_read_by(const std::vector<PlanSetting>& settings) {
  static constexpr std::string_view opening = "{runs.";
  std::vector<std::string> names;
  for (const PlanSetting& setting : settings)
    for (const std::string& value : setting.values)
      for (std::size_t at = value.find(opening); at != std::string::npos; at = value.find(opening, at)) {
        at += opening.size();
        const std::size_t end = value.find_first_of("{}", at);
        if (end == std::string::npos || value[end] == '{') continue;
        names.push_back(value.substr(at, end - at));
      }
  return names;
}

PlanRun run_from(const std::string& name, const Node& node) {
  Fields fields(node);
  PlanRun run;
  run.name = safe_key(name, node);
  run.where = node.where();
  const Node runner = fields.required("runner");
  run.runner = safe_text(runner);
  std::vector<SettingRule> rules = settings_of_runner(run.runner);
  if (rules.empty()) {
    // Somebody else's runner: its arguments are its own business.
    const std::string near = did_you_mean(run.runner, known_runners());
    if (!fields.optional("arguments"))
      runner.refuse("there is no runner '" + run.runner + "'",
                    near.empty() ? "Ours are " + listing(known_runners()) + "; for a program modelgate-run-" +
                                       run.runner + " of your own give its 'arguments'."
                                 : near);
    rules = {{"arguments", SettingKind::text_list, true}};
  }
  run.settings = settings_from(fields, rules);
  run.after = runs_read_by(run.settings);
  return run;
}

PlanGate gate_from(const std::string& name, const Node& node, const std::vector<std::string>& runs) {
  Fields fields(node);
  PlanGate gate;
  gate.name = safe_key(name, node);
  if (name == "suite")
    node.refuse_key("a gate cannot be called 'suite'", "That is the name of the gate over all gates.");
  gate.where = node.where();
  gate.kind = name;
  if (const auto kind = fields.optional("gate")) {
    gate.kind = kind->choice(known_gates());
    if (gate.kind != name && !settings_of_gate(name).empty())
      kind->refuse("a gate called '" + name + "' can only be of that kind", "Give it another name.");
  } else if (settings_of_gate(name).empty()) {
    const std::string near = did_you_mean(name, known_gates());
    node.refuse_key("'" + name + "' is no kind of gate",
                    near.empty() ? "Say which it is: 'gate: " + known_gates().front() + "' (one of " +
                                       listing(known_gates()) + ")."
                                 : near);
  }
  const Node from = fields.required("from");
  gate.from = from.text();
  if (std::find(runs.begin(), runs.end(), gate.from) == runs.end()) {
    const std::string near = did_you_mean(gate.from, runs);
    from.refuse("there is no run '" + beginning(gate.from) + "' in this plan",
                near.empty() && !runs.empty() ? "The runs are " + listing(runs) + "." : near);
  }
  if (const auto changes = fields.optional("changes")) gate.changes = patterns_from(*changes);
  gate.settings = settings_from(fields, settings_of_gate(gate.kind));
  return gate;
}

std::vector<std::string> names_of(const std::vector<PlanRun>& runs) {
  std::vector<std::string> names;
  for (const PlanRun& run : runs) names.push_back(run.name);
  return names;
}

bool has_setting(const PlanRun& run, std::string_view key) {
  return std::any_of(run.settings.begin(), run.settings.end(),
                     [&](const PlanSetting& setting) { return setting.key == key; });
}

/// The runs in an order in which each comes after those whose records it reads.
std::vector<PlanRun> in_order(std::vector<PlanRun> runs) {
  const std::vector<std::string> names = names_of(runs);
  for (const PlanRun& run : runs)
    for (const std::string& other : run.after)
      if (std::find(names.begin(), names.end(), other) == names.end())
        throw usage_error(run.where, "{runs." + beginning(other) + "} names no run of this plan",
                          did_you_mean(other, names));
  for (const PlanRun& run : runs)
    if (run.runner == "exec" && !has_setting(run, "bench") && !has_setting(run, "input"))
      throw usage_error(
          run.where, "the run " + run.name + " has no 'input'",
          "Name the JSONL file whose rows the command answers, or measure its speed: bench: cold.");
  for (const PlanRun& run : runs)
    if (run.runner == "exec" && has_setting(run, "bench"))
      for (const PlanRun& other : runs)
        if (std::find(other.after.begin(), other.after.end(), run.name) != other.after.end())
          throw usage_error(
              run.where,
              "the run " + run.name + " measures speed, and the run " + other.name + " reads its records",
              "Measure the answers in a run of their own, without 'bench'.");
  for (const PlanRun& run : runs)
    if (run.runner == "exec" && has_setting(run, "looks"))
      for (const PlanRun& other : runs)
        if (std::find(other.after.begin(), other.after.end(), run.name) != other.after.end())
          throw usage_error(
              run.where,
              "the run " + run.name + " takes its rows in looks, and the run " + other.name +
                  " reads its records",
              "Leave its 'looks' out: " + other.name + " can only read records that are complete.");
  std::vector<PlanRun> ordered;
  std::set<std::string> done;
  const auto ready = [&](const PlanRun& run) {
    return std::all_of(run.after.begin(), run.after.end(),
                       [&](const std::string& other) { return done.contains(other); });
  };
  while (!runs.empty()) {
    const auto next = std::find_if(runs.begin(), runs.end(), ready);
    if (next == runs.end())
      throw usage_error(runs.front().where,
                        runs.size() == 1 ? "the run " + runs.front().name + " reads its own records"
                                         : "the runs " + listing(names_of(runs)) + " wait for each other");
    done.insert(next->name);
    ordered.push_back(std::move(*next));
    runs.erase(next);
  }
  return ordered;
}

}  // namespace

Plan read_plan(const std::filesystem::path& path) {
  const std::string text = read_file(path, maximum_plan_bytes);
  const Node document =
      path.extension() == ".json" ? parse_json(text, path.string()) : parse_yaml(text, path.string());
  Fields fields(document);
  expect_document(fields, "plan", plan_version);
  Plan plan;
  plan.name = some_text(fields.required("name"));
  plan.candidate = some_text(fields.required("candidate"));
  if (const auto node = fields.optional("default_candidate")) plan.default_candidate = safe_text(*node);
  const auto store = fields.optional("store");
  plan.store = store ? some_text(*store) : ".modelgate/store";
  if (const auto node = fields.optional("baseline")) plan.baseline = baseline_from(*node);
  if (const auto rates = fields.optional("error_rates")) read_error_rates(*rates, plan);
  if (const auto days = fields.optional("verdict_days")) plan.verdict_days = verdict_days_from(*days);
  if (const auto node = fields.optional("inconclusive")) plan.inconclusive = inconclusive_action_from(*node);
  plan.release_branches = release_branches_from(fields.optional("release_branches"));
  plan.unrelated = unrelated_from(fields.optional("unrelated"));
  if (const auto budget = fields.optional("budget")) plan.budget = budget_from(*budget);

  const Node runs = fields.required("runs");
  for (const auto& [name, node] : Fields(runs).all()) plan.runs.push_back(run_from(name, node));
  expect_few(plan.runs.size(), runs);
  const std::vector<std::string> run_names = names_of(plan.runs);
  const Node gates = fields.required("gates");
  for (const auto& [name, node] : Fields(gates).all()) plan.gates.push_back(gate_from(name, node, run_names));
  expect_few(plan.gates.size(), gates);
  if (plan.gates.empty()) gates.refuse("a plan without gates decides nothing");
  if (const auto hook = fields.optional("hook")) plan.hook = hook_from(*hook, plan.gates);
  if (const auto waivers = fields.optional("waivers")) {
    const std::vector<Node> nodes = waivers->items();
    expect_few(nodes.size(), *waivers);
    for (const Node& node : nodes) plan.waivers.push_back(waiver_from(node));
  }
  fields.finish();
  plan.runs = in_order(std::move(plan.runs));
  plan.folder = std::filesystem::absolute(path).parent_path();
  plan.digest = digest_of_bytes(text);
  return plan;
}

}  // namespace modelgate
