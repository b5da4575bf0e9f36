#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "schemas/json/schema_texts.h"
#include "tests/schemas/fixtures/example_documents.h"
#include "tests/schemas/json/schema_under_test.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::UnorderedElementsAreArray;

TEST(Schemas, say_that_every_example_is_valid) {
  for (const fs::path& example : examples())
    EXPECT_EQ(complaints(schema_of(example), json_of(example)), "") << example;
}

TEST(Schemas, say_that_no_example_is_a_document_of_another_schema) {
  for (const fs::path& example : examples())
    for (const std::string& schema : schema_names())
      if (schema != schema_of(example)) {
        EXPECT_NE(complaints(schema, json_of(example)), "") << schema << " " << example;
      }
}

TEST(Schemas, are_all_there_and_built_into_the_programs_as_they_stand_in_the_folder) {
  std::vector<std::string> names;
  for (const auto& [name, text] : schema_texts()) {
    names.push_back(name);
    std::ifstream file(fs::path(MODELGATE_SOURCE_DIR) / "schemas/json" / (name + ".schema.json"));
    std::ostringstream content;
    content << file.rdbuf();
    EXPECT_EQ(text, content.str()) << name;
  }
  EXPECT_THAT(names, UnorderedElementsAreArray(schema_names()));
}

TEST(Schemas, name_themselves_as_the_documents_do) {
  for (const std::string& name : schema_names()) {
    const auto schema = schema_named(name);
    EXPECT_EQ(schema["properties"]["schema"]["const"], "modelgate/" + name);
    EXPECT_EQ(schema["properties"]["version"]["const"], 1);
    EXPECT_THAT(schema["$id"].get<std::string>(), ::testing::EndsWith("/" + name + ".schema.json"));
  }
}

}  // namespace
}  // namespace modelgate
