#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schemas/documents/node.h"
#include "schemas/documents/plan.h"

namespace modelgate {

// What a plan says beside its runs and gates. Internal to schemas/documents. Errors: kind usage with the
// place.

/// A text that says something.
std::string some_text(const Node& node);
/// Far more runs, gates or waivers than a person writes are refused.
void expect_few(std::size_t count, const Node& node);
/// Shell patterns, at least one.
std::vector<std::string> patterns_from(const Node& node);

Waiver waiver_from(const Node& node);
void read_error_rates(const Node& node, Plan& plan);
/// Those that count where the plan says nothing, too; likewise below.
std::vector<std::string> release_branches_from(const std::optional<Node>& node);
std::vector<std::string> unrelated_from(const std::optional<Node>& node);
int verdict_days_from(const Node& node);
PlanHook hook_from(const Node& node, const std::vector<PlanGate>& gates);
BaselineWish baseline_from(const Node& node);
Budget budget_from(const Node& node);

}  // namespace modelgate
