// A plan's settings stand in two places: the table in plan_settings.cpp, by which plans are read, and
// plan.schema.json, by which editors help to write them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "schemas/documents/plan.h"
#include "schemas/documents/plan_settings.h"
#include "tests/schemas/json/schema_under_test.h"

namespace modelgate {
namespace {

using nlohmann::ordered_json;
using ::testing::Contains;
using ::testing::UnorderedElementsAreArray;

/// The part of the schema that a kind of setting stands for; where it says more (a description), that is its
/// own.
nlohmann::json expected_of(SettingKind kind) {
  switch (kind) {
    case SettingKind::text:
      return {{"type", "string"}, {"minLength", 1}};
    case SettingKind::number:
      return {{"type", "number"}, {"minimum", 0}};
    case SettingKind::whole_number:
      return {{"type", "integer"}, {"minimum", 0}};
    case SettingKind::percent:
      return {{"type", {"string", "number"}},
              {"pattern", "^[0-9]{1,4}(\\.[0-9]+)?%$"},
              {"minimum", 0},
              {"maximum", 0}};
    case SettingKind::flag:
      return {{"type", "boolean"}};
    case SettingKind::text_list:
      return {{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 1}};
    case SettingKind::number_list:
      return {{"type", "array"}, {"items", {{"type", "integer"}, {"minimum", 0}}}, {"minItems", 1}};
    case SettingKind::text_map:
      return {{"type", "object"}, {"additionalProperties", {{"type", {"string", "number", "boolean"}}}}};
  }
  return {};
}

std::vector<std::string> keys_of(const ordered_json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

/// The table's rules against one definition, which also holds `own` keys.
void expect_same(const std::string& definition, const std::vector<SettingRule>& rules,
                 const std::vector<std::string>& own, const std::vector<std::string>& own_required) {
  const ordered_json schema = schema_named("plan")["definitions"][definition];
  ASSERT_TRUE(schema.is_object()) << definition;
  std::vector<std::string> keys = own, required = own_required;
  for (const SettingRule& rule : rules) {
    keys.push_back(rule.key);
    if (rule.required) required.push_back(rule.key);
    nlohmann::json said =
        nlohmann::json::parse(schema["properties"].value(rule.key, ordered_json::object()).dump());
    said.erase("description");
    EXPECT_EQ(said, expected_of(rule.kind)) << definition << "/" << rule.key;
  }
  EXPECT_THAT(keys_of(schema["properties"]), UnorderedElementsAreArray(keys)) << definition;
  EXPECT_THAT(schema["required"].get<std::vector<std::string>>(), UnorderedElementsAreArray(required))
      << definition;
}

TEST(Settings, of_runners_are_the_same_in_the_table_and_in_the_schema) {
  for (const std::string& runner : known_runners()) {
    expect_same("run-" + runner, settings_of_runner(runner), {"runner"}, {"runner"});
    EXPECT_EQ(schema_named("plan")["definitions"]["run-" + runner]["properties"]["runner"]["const"], runner);
  }
}

TEST(Settings, of_gates_are_the_same_in_the_table_and_in_the_schema) {
  for (const std::string& gate : known_gates()) {
    expect_same("gate-" + gate, settings_of_gate(gate), {"gate", "from", "changes"}, {"from"});
    EXPECT_EQ(schema_named("plan")["definitions"]["gate-" + gate]["properties"]["gate"]["const"], gate);
  }
}

TEST(Settings, of_every_runner_and_gate_are_in_the_schema_and_no_others) {
  const ordered_json schema = schema_named("plan");
  std::vector<std::string> definitions = {"run-other"}, runs, gates;
  for (const std::string& runner : known_runners()) definitions.push_back("run-" + runner);
  for (const std::string& gate : known_gates()) definitions.push_back("gate-" + gate);
  EXPECT_THAT(keys_of(schema["definitions"]), UnorderedElementsAreArray(definitions));

  for (const auto& one : schema["properties"]["runs"]["additionalProperties"]["oneOf"])
    runs.push_back(one["$ref"]);
  for (const std::string& runner : known_runners())
    EXPECT_THAT(runs, Contains("#/definitions/run-" + runner));
  const ordered_json& by_name = schema["properties"]["gates"]["properties"];
  EXPECT_THAT(keys_of(by_name), UnorderedElementsAreArray(known_gates()));
  for (const std::string& gate : known_gates())
    EXPECT_EQ(by_name[gate]["$ref"], "#/definitions/gate-" + gate);
  EXPECT_THAT(schema["definitions"]["run-other"]["properties"]["runner"]["not"]["enum"]
                  .get<std::vector<std::string>>(),
              UnorderedElementsAreArray(known_runners()));
}

TEST(Settings, are_all_shown_in_the_example_that_says_so) {
  const Plan plan = read_plan(MODELGATE_SOURCE_DIR "/schemas/examples/plan-every-setting.yaml");
  std::set<std::string> shown;
  for (const PlanRun& run : plan.runs)
    for (const PlanSetting& setting : run.settings) shown.insert(run.runner + " " + setting.key);
  for (const PlanGate& gate : plan.gates)
    for (const PlanSetting& setting : gate.settings) shown.insert(gate.kind + " " + setting.key);
  for (const std::string& runner : known_runners())
    for (const SettingRule& rule : settings_of_runner(runner))
      EXPECT_THAT(shown, Contains(runner + " " + rule.key));
  for (const std::string& gate : known_gates())
    for (const SettingRule& rule : settings_of_gate(gate))
      EXPECT_THAT(shown, Contains(gate + " " + rule.key));
}

}  // namespace
}  // namespace modelgate
