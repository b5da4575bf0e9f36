#pragma once

#include <string>
#include <vector>

#include "schemas/documents/node.h"
#include "schemas/documents/plan.h"

namespace modelgate {

/// How a setting is written in the plan.
enum class SettingKind { text, number, whole_number, percent, flag, text_list, number_list, text_map };

/// A setting that a runner or gate knows. The one table behind the plan's reader; the JSON Schema of plans
/// says the same for editors, and a test holds the two together.
struct SettingRule {
  std::string key;
  SettingKind kind;
  bool required = false;
};

/// The settings of a runner or gate kind; empty if it is not one of ours.
std::vector<SettingRule> settings_of_runner(const std::string& runner);
std::vector<SettingRule> settings_of_gate(const std::string& kind);

std::vector<std::string> known_runners();
std::vector<std::string> known_gates();

/// Reads one setting by its rule. Errors: kind usage with the place.
PlanSetting setting_from(const SettingRule& rule, const Node& node);

}  // namespace modelgate
