#include "schemas/documents/plan.h"

#include <algorithm>
#include <regex>

#include "schemas/documents/manifest.h"
#include "schemas/documents/plan_settings.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::int64_t plan_version = 1;
constexpr std::uintmax_t maximum_plan_bytes = 1u << 20;

std::string safe_name(const std::string& name, const Node& node) {
  if (!is_safe_name(name))
    node.refuse("'" + name.substr(0, 100) + "' cannot be a name",
                "Use letters, digits, '.', '_', '+' and '-'.");
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
  static const std::regex placeholder(R"(\{runs\.([^{}]*)\})");
  std::vector<std::string> names;
  for (const PlanSetting& setting : settings)
    for (const std::string& value : setting.values)
      for (std::sregex_iterator match(value.begin(), value.end(), placeholder), end; match != end; ++match)
        names.push_back((*match)[1]);
  return names;
}

PlanRun run_from(const std::string& name, const Node& node) {
  Fields fields(node);
  PlanRun run;
  run.name = safe_name(name, node);
  run.where = node.where();
  const Node runner = fields.required("runner");
  run.runner = safe_name(runner.text(), runner);
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

PlanGate gate_from(const std::string& name, const Node& node) {
  Fields fields(node);
  PlanGate gate;
  gate.name = safe_name(name, node);
  if (name == "suite")
    node.refuse("a gate cannot be called 'suite'", "That is the name of the gate over all gates.");
  gate.where = node.where();
  gate.kind = name;
  if (const auto kind = fields.optional("gate")) {
    gate.kind = kind->choice(known_gates());
  } else if (settings_of_gate(name).empty()) {
    const std::string near = did_you_mean(name, known_gates());
    node.refuse("'" + name + "' is no kind of gate",
                near.empty() ? "Say which it is: 'gate: " + known_gates().front() + "' (one of " +
                                   listing(known_gates()) + ")."
                             : near);
  }
  gate.from = fields.text("from");
  gate.settings = settings_from(fields, settings_of_gate(gate.kind));
  return gate;
}

Waiver waiver_from(const Node& node) {
  static const std::regex day(R"(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))");
  Fields fields(node);
  Waiver waiver{fields.text("check"), fields.text("reason"), "", node.where()};
  const Node until = fields.required("until");
  waiver.until = until.text();
  if (!std::regex_match(waiver.until, day))
    until.refuse("'" + waiver.until + "' is not a day", "Write it like 2026-12-31.");
  if (waiver.reason.empty()) node.refuse("a waiver needs a reason");
  fields.finish();
  return waiver;
}

std::vector<std::string> names_of(const std::vector<PlanRun>& runs) {
  std::vector<std::string> names;
  for (const PlanRun& run : runs) names.push_back(run.name);
  return names;
}

/// The runs in an order in which each comes after those whose records it reads.
std::vector<PlanRun> in_order(std::vector<PlanRun> runs) {
  const std::vector<std::string> names = names_of(runs);
  for (const PlanRun& run : runs)
    for (const std::string& other : run.after)
      if (std::find(names.begin(), names.end(), other) == names.end())
        throw usage_error(run.where, "{runs." + other + "} names no run of this plan",
                          did_you_mean(other, names));
  std::vector<PlanRun> ordered;
  const auto ready = [&](const PlanRun& run) {
    const std::vector<std::string> done = names_of(ordered);
    return std::all_of(run.after.begin(), run.after.end(), [&](const std::string& other) {
      return std::find(done.begin(), done.end(), other) != done.end();
    });
  };
  while (!runs.empty()) {
    const auto next = std::find_if(runs.begin(), runs.end(), ready);
    if (next == runs.end())
      throw usage_error(runs.front().where, "the runs " + listing(names_of(runs)) + " wait for each other");
    ordered.push_back(*next);
    runs.erase(next);
  }
  return ordered;
}

void read_error_rates(const Node& node, Plan& plan) {
  Fields fields(node);
  const auto rate = [&](const std::string& key, double& target) {
    const auto value = fields.optional(key);
    if (value) target = value->number_between(0.000001, 0.5);
  };
  rate("false_block", plan.alpha_fail);
  rate("false_pass", plan.alpha_pass);
  fields.finish();
}

}  // namespace

Plan read_plan(const std::filesystem::path& path) {
  const std::string text = read_file(path, maximum_plan_bytes);
  const Node document =
      path.extension() == ".json" ? parse_json(text, path.string()) : parse_yaml(text, path.string());
  Fields fields(document);
  expect_document(fields, "plan", plan_version);
  Plan plan;
  plan.name = fields.text("name");
  plan.candidate = fields.text("candidate");
  if (const auto node = fields.optional("default_candidate"))
    plan.default_candidate = safe_name(node->text(), *node);
  plan.store = fields.text_or("store", ".modelgate/store");
  if (const auto rates = fields.optional("error_rates")) read_error_rates(*rates, plan);
  for (const auto& [name, node] : Fields(fields.required("runs")).all())
    plan.runs.push_back(run_from(name, node));
  const Node gates = fields.required("gates");
  for (const auto& [name, node] : Fields(gates).all()) {
    plan.gates.push_back(gate_from(name, node));
    const std::vector<std::string> runs = names_of(plan.runs);
    if (std::find(runs.begin(), runs.end(), plan.gates.back().from) == runs.end())
      node.refuse("'" + plan.gates.back().from + "' is no run of this plan",
                  runs.empty() ? "" : "The runs are " + listing(runs) + ".");
  }
  if (plan.gates.empty()) gates.refuse("a plan without gates decides nothing");
  if (const auto waivers = fields.optional("waivers"))
    for (const Node& node : waivers->items()) plan.waivers.push_back(waiver_from(node));
  fields.finish();
  plan.runs = in_order(std::move(plan.runs));
  plan.folder = std::filesystem::absolute(path).parent_path();
  plan.digest = digest_of_bytes(text);
  return plan;
}

}  // namespace modelgate
