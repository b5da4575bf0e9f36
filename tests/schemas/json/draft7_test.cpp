// The schemas must be draft-07, which editors and validators know. A keyword of a newer draft, or a misspelt
// one, would pass silently: validators ignore what they do not know.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/schemas/fixtures/example_documents.h"
#include "tests/schemas/json/schema_under_test.h"

namespace modelgate {
namespace {

using nlohmann::ordered_json;

void expect_schema(const ordered_json& schema, const ordered_json& root, const std::string& where);

void expect_schemas_in_map(const ordered_json& map, const ordered_json& root, const std::string& where) {
  ASSERT_TRUE(map.is_object()) << where;
  for (const auto& [key, schema] : map.items()) expect_schema(schema, root, where + "/" + key);
}

void expect_schemas_in_list(const ordered_json& list, const ordered_json& root, const std::string& where) {
  ASSERT_TRUE(list.is_array() && !list.empty()) << where;
  for (const auto& schema : list) expect_schema(schema, root, where);
}

void expect_texts(const ordered_json& list, const ordered_json&, const std::string& where) {
  ASSERT_TRUE(list.is_array()) << where;
  for (const auto& text : list) EXPECT_TRUE(text.is_string()) << where;
}

void expect_type(const ordered_json& type, const ordered_json&, const std::string& where) {
  static const std::vector<std::string> known = {"array",  "boolean", "integer", "null",
                                                 "number", "object",  "string"};
  for (const auto& one : type.is_array() ? type : ordered_json::array({type}))
    EXPECT_THAT(known, ::testing::Contains(one.get<std::string>())) << where;
}

void expect_reference(const ordered_json& target, const ordered_json& root, const std::string& where) {
  const std::string text = target.get<std::string>();
  ASSERT_EQ(text.rfind("#/", 0), 0u) << where << " refers outside of itself";
  EXPECT_TRUE(root.contains(ordered_json::json_pointer(text.substr(1))))
      << where << " refers to nothing: " << text;
}

void expect_pattern(const ordered_json& pattern, const ordered_json&, const std::string& where) {
  const std::string text = pattern.get<std::string>();
  EXPECT_NO_THROW(std::regex{text}) << where;
  EXPECT_TRUE(text.front() == '^' && text.back() == '$')
      << where << ": a pattern that is not anchored meets any part";
}

void expect_text(const ordered_json& text, const ordered_json&, const std::string& where) {
  EXPECT_TRUE(text.is_string() && !text.get<std::string>().empty()) << where;
}
void expect_number(const ordered_json& number, const ordered_json&, const std::string& where) {
  EXPECT_TRUE(number.is_number()) << where;
}
void expect_count(const ordered_json& count, const ordered_json&, const std::string& where) {
  EXPECT_TRUE(count.is_number_unsigned()) << where;
}
void expect_values(const ordered_json& values, const ordered_json&, const std::string& where) {
  EXPECT_TRUE(values.is_array() && !values.empty()) << where;
}
void expect_anything(const ordered_json&, const ordered_json&, const std::string&) {}

void expect_schema(const ordered_json& schema, const ordered_json& root, const std::string& where) {
  using Expectation = void (*)(const ordered_json&, const ordered_json&, const std::string&);
  static const std::map<std::string, Expectation> keywords = {{"$schema", expect_text},
                                                              {"$id", expect_text},
                                                              {"$ref", expect_reference},
                                                              {"title", expect_text},
                                                              {"description", expect_text},
                                                              {"type", expect_type},
                                                              {"const", expect_anything},
                                                              {"enum", expect_values},
                                                              {"minimum", expect_number},
                                                              {"maximum", expect_number},
                                                              {"exclusiveMinimum", expect_number},
                                                              {"exclusiveMaximum", expect_number},
                                                              {"minLength", expect_count},
                                                              {"maxLength", expect_count},
                                                              {"pattern", expect_pattern},
                                                              {"items", expect_schema},
                                                              {"minItems", expect_count},
                                                              {"maxItems", expect_count},
                                                              {"properties", expect_schemas_in_map},
                                                              {"additionalProperties", expect_schema},
                                                              {"propertyNames", expect_schema},
                                                              {"required", expect_texts},
                                                              {"minProperties", expect_count},
                                                              {"maxProperties", expect_count},
                                                              {"definitions", expect_schemas_in_map},
                                                              {"allOf", expect_schemas_in_list},
                                                              {"anyOf", expect_schemas_in_list},
                                                              {"oneOf", expect_schemas_in_list},
                                                              {"not", expect_schema}};
  if (schema.is_boolean()) return;
  ASSERT_TRUE(schema.is_object()) << where;
  for (const auto& [key, value] : schema.items()) {
    const auto known = keywords.find(key);
    if (known == keywords.end())
      ADD_FAILURE() << where << ": '" << key << "' is no keyword of draft-07 that our schemas use";
    else
      known->second(value, root, where + "/" + key);
  }
  EXPECT_TRUE(!schema.contains("$ref") || schema.size() == 1)
      << where << ": draft-07 ignores what stands beside $ref";
  for (const auto& name : schema.value("required", ordered_json::array()))
    EXPECT_TRUE(!schema.contains("properties") || schema["properties"].contains(name.get<std::string>()))
        << where << ": requires '" << name << "', which it does not know";
}

TEST(Draft7, is_what_the_schemas_are_written_in) {
  for (const std::string& name : schema_names()) {
    const ordered_json schema = schema_named(name);
    EXPECT_EQ(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    expect_schema(schema, schema, name);
  }
}

/// Every object of ours says what else it may hold; otherwise a misspelt key would be valid.
void expect_closed(const ordered_json& schema, const std::string& where) {
  if (schema.is_array())
    for (const auto& item : schema) expect_closed(item, where);
  if (!schema.is_object()) return;
  if (schema.value("type", ordered_json()) == "object") {
    EXPECT_TRUE(schema.contains("additionalProperties")) << where << schema.dump().substr(0, 200);
  }
  for (const auto& [key, value] : schema.items()) expect_closed(value, where + "/" + key);
}

TEST(Draft7, objects_are_closed_to_keys_that_nobody_declared) {
  for (const std::string& name : schema_names()) expect_closed(schema_named(name), name);
}

}  // namespace
}  // namespace modelgate
