#include "schemas/documents/plan_rules.h"

#include <algorithm>

#include "schemas/documents/day_field.h"
#include "schemas/tool/printable.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {

std::string some_text(const Node& node) {
  std::string text = node.text();
  if (text.empty()) node.refuse("must not be empty");
  return text;
}

void expect_few(std::size_t count, const Node& node) {
  constexpr std::size_t maximum_parts = 1000;
  if (count > maximum_parts)
    node.refuse("has " + std::to_string(count) + " entries, and at most " + std::to_string(maximum_parts) +
                " are possible");
}

std::vector<std::string> patterns_from(const Node& node) {
  const std::vector<Node> items = node.items();
  expect_few(items.size(), node);
  if (items.empty()) node.refuse("must not be empty");
  std::vector<std::string> patterns;
  for (const Node& item : items) patterns.push_back(some_text(item));
  return patterns;
}

Waiver waiver_from(const Node& node) {
  Fields fields(node);
  Waiver waiver{some_text(fields.required("check")), some_text(fields.required("reason")),
                day_from(fields.required("until")), node.where()};
  fields.finish();
  return waiver;
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

std::vector<std::string> release_branches_from(const std::optional<Node>& node) {
  if (!node) return {"release/*", "release-*", "releases/*"};
  if (node->is_array() && node->items().empty())
    node->refuse("must not be empty", "'inconclusive: warn' says that nothing blocks.");
  return patterns_from(*node);
}

int verdict_days_from(const Node& node) {
  constexpr std::int64_t most_days = 3650;
  const std::int64_t days = node.integer_at_least(0);
  if (days > most_days) node.refuse(node.scalar() + " is above " + std::to_string(most_days));
  return static_cast<int>(days);
}

/// What people write for each other.
std::vector<std::string> unrelated_from(const std::optional<Node>& node) {
  if (!node)
    return {"*.md", "*.rst", "*.adoc", "docs/*", "LICENSE*", ".gitignore", ".gitattributes", ".editorconfig"};
  return node->items().empty() ? std::vector<std::string>{} : patterns_from(*node);
}

PlanHook hook_from(const Node& node, const std::vector<PlanGate>& gates) {
  Fields fields(node);
  PlanHook hook;
  std::vector<std::string> names;
  for (const PlanGate& gate : gates) names.push_back(gate.name);
  if (const auto asked = fields.optional("gates")) {
    if (asked->items().empty())
      asked->refuse("must not be empty", "Leave it out: the gates of kind unit and regression.");
    for (const Node& item : asked->items()) {
      const std::string name = item.text();
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        const std::string near = did_you_mean(name, names);
        item.refuse("the plan has no gate '" + beginning(name) + "'",
                    near.empty() ? "Its gates are " + listing(names) + "." : near);
      }
      hook.gates.push_back(name);
    }
  }
  if (const auto seconds = fields.optional("seconds")) {
    hook.seconds = seconds->number();
    if (!(hook.seconds > 0)) seconds->refuse(seconds->scalar() + " is not above 0");
  }
  fields.finish();
  return hook;
}

BaselineWish baseline_from(const Node& node) {
  const std::string text = node.text();
  const std::optional<BaselineWish> wish = baseline_wish(text);
  if (!wish) node.refuse("'" + beginning(text) + "' names no baseline", baseline_forms);
  return *wish;
}

Budget budget_from(const Node& node) {
  Fields fields(node);
  Budget budget;
  if (const auto seconds = fields.optional("seconds")) {
    budget.seconds = seconds->number();
    if (!(*budget.seconds >= 0)) seconds->refuse(seconds->scalar() + " is negative");
  }
  if (const auto pairs = fields.optional("pairs")) budget.pairs = pairs->integer_at_least(0);
  if (const auto rows = fields.optional("rows")) budget.rows = rows->integer_at_least(0);
  fields.finish();
  return budget;
}

}  // namespace modelgate
