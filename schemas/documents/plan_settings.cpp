#include "schemas/documents/plan_settings.h"

#include <map>
#include <regex>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using Rules = std::map<std::string, std::vector<SettingRule>>;
using Kind = SettingKind;

// What runners take whose programs may compute on a GPU.
const std::vector<SettingRule> gpu_runner = {
    {"gpu", Kind::text}, {"gpu_clock_fall", Kind::percent}, {"gpu_allow", Kind::text_list}};

// What every runner takes.
const std::vector<SettingRule> any_runner = {{"timeout_seconds", Kind::number},
                                             {"memory_limit_mib", Kind::whole_number},
                                             {"cpu_limit_seconds", Kind::whole_number},
                                             {"environment", Kind::text_map}};

const Rules runners = {
    {"gtest",
     {{"program", Kind::text, true},
      {"arguments", Kind::text_list},
      {"filter", Kind::text},
      {"shards", Kind::whole_number},
      {"test_timeout_seconds", Kind::number},
      {"retries", Kind::whole_number}}},
    {"bench",
     {{"program", Kind::text, true},
      {"arguments", Kind::text_list},
      {"filter", Kind::text},
      {"pairs", Kind::whole_number},
      {"looks", Kind::number_list},
      {"min_time_seconds", Kind::number},
      {"repetitions", Kind::whole_number},
      {"most_discarded", Kind::percent},
      {"keep_disturbed", Kind::flag},
      {"seed", Kind::whole_number}}},
    {"torch",
     {{"model", Kind::text, true},
      {"data", Kind::text},
      {"inputs", Kind::text_list},
      {"shapes", Kind::text_list},
      {"classes", Kind::text},
      {"device", Kind::text},
      {"dtype", Kind::text},
      {"threads", Kind::whole_number},
      {"outputs", Kind::text},
      {"batch_sizes", Kind::number_list},
      {"lengths", Kind::number_list},
      {"dtypes", Kind::text_list},
      {"thread_counts", Kind::number_list},
      {"modes", Kind::text_list},
      {"pairs", Kind::whole_number},
      {"looks", Kind::number_list},
      {"warmup", Kind::whole_number},
      {"warmup_seconds", Kind::number},
      {"min_time_seconds", Kind::number},
      {"most_discarded", Kind::percent},
      {"keep_disturbed", Kind::flag},
      {"cold_calls", Kind::whole_number},
      {"seed", Kind::whole_number}}},
    {"exec",
     {{"command", Kind::text_list, true},
      {"input", Kind::text},
      {"looks", Kind::number_list},
      {"bench", Kind::text},
      {"bench_rows", Kind::whole_number},
      {"pairs", Kind::whole_number},
      {"most_discarded", Kind::percent},
      {"keep_disturbed", Kind::flag},
      {"seed", Kind::whole_number}}},
};

const Rules gates = {
    {"unit", {{"minimum_tests", Kind::whole_number}, {"fail_on_flaky", Kind::flag}}},
    {"regression",
     {{"golden", Kind::text}, {"relative_tolerance", Kind::number}, {"absolute_tolerance", Kind::number}}},
    {"performance",
     {{"margin", Kind::percent, true},
      {"benchmark_margins", Kind::text_map},
      {"quantities", Kind::text_list},
      {"filter", Kind::text},
      {"minimum_pairs", Kind::whole_number},
      {"limits", Kind::text_list},
      {"creep", Kind::percent},
      {"creep_releases", Kind::whole_number},
      {"better", Kind::text_map},
      {"may_differ", Kind::text_list}}},
    {"quality",
     {{"checks", Kind::text_list, true},
      {"slices", Kind::text_list},
      {"expect_slices", Kind::text_list},
      {"positive", Kind::text},
      {"minimum_rows", Kind::whole_number},
      {"minimum_slice", Kind::whole_number},
      {"small_slices", Kind::text},
      {"examples", Kind::whole_number},
      {"redact", Kind::text_list},
      {"maximum_errors", Kind::percent},
      {"seed", Kind::whole_number},
      {"fields", Kind::text_map},
      {"train", Kind::text_list},
      {"train_field", Kind::text},
      {"train_lines", Kind::flag},
      {"test", Kind::text},
      {"contaminated", Kind::percent},
      {"repeated", Kind::percent},
      {"similar", Kind::percent},
      {"shingle", Kind::whole_number},
      {"contained", Kind::percent},
      {"ngram", Kind::whole_number},
      {"memory", Kind::text}}},
};

std::vector<SettingRule> rules_of(const Rules& rules, const std::string& name) {
  const auto found = rules.find(name);
  return found == rules.end() ? std::vector<SettingRule>{} : found->second;
}

std::vector<std::string> names_in(const Rules& rules) {
  std::vector<std::string> names;
  for (const auto& entry : rules) names.push_back(entry.first);
  return names;
}

/// "5%" or 0, as the gates take it.
std::string percent(const Node& node) {
  static const std::regex percentage(R"([0-9]{1,4}(\.[0-9]+)?%)");
  const std::string written = node.scalar();
  if (node.is_number()) {
    if (node.number() == 0) return "0%";
    node.refuse(written + " has no unit", "Write " + written + "% if percent are meant.");
  }
  if (written.size() > 20 || !std::regex_match(written, percentage))
    node.refuse("'" + beginning(written) + "' is not a percentage", "Write it like 5% or 2.5%.");
  return written;
}

std::string number_text(const Node& node, bool whole) {
  if (whole) {
    node.integer_at_least(0);
  } else if (!(node.number() >= 0)) {
    node.refuse(node.scalar() + " is negative");
  }
  return node.scalar();
}

}  // namespace

std::vector<SettingRule> settings_of_runner(const std::string& runner) {
  std::vector<SettingRule> rules = rules_of(runners, runner);
  if (runner != "gtest" && !rules.empty()) rules.insert(rules.end(), gpu_runner.begin(), gpu_runner.end());
  if (!rules.empty()) rules.insert(rules.end(), any_runner.begin(), any_runner.end());
  return rules;
}

std::vector<SettingRule> settings_of_gate(const std::string& kind) { return rules_of(gates, kind); }

std::vector<std::string> known_runners() { return names_in(runners); }
std::vector<std::string> known_gates() { return names_in(gates); }

PlanSetting setting_from(const SettingRule& rule, const Node& node) {
  PlanSetting setting{rule.key, {}, rule.kind == Kind::flag};
  switch (rule.kind) {
    case Kind::text:
      setting.values = {node.text()};
      if (setting.values.front().empty()) node.refuse("must not be empty");
      break;
    case Kind::number:
      setting.values = {number_text(node, false)};
      break;
    case Kind::whole_number:
      setting.values = {number_text(node, true)};
      break;
    case Kind::percent:
      setting.values = {percent(node)};
      break;
    case Kind::flag:
      if (node.boolean()) setting.values = {"true"};
      break;
    case Kind::text_list:
      setting.values = node.texts();
      if (setting.values.empty()) node.refuse("must not be empty");
      break;
    case Kind::number_list:
      for (const Node& item : node.items()) setting.values.push_back(number_text(item, true));
      if (setting.values.empty()) node.refuse("must not be empty");
      break;
    case Kind::text_map:
      for (const auto& [name, value] : node.text_map()) setting.values.push_back(name + "=" + value);
      break;
  }
  return setting;
}

}  // namespace modelgate
