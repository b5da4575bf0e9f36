// The schemas and the readers must not drift apart: every example is changed in every place, and each changed
// document is either taken by both or refused by both. What only a reader can see is listed here.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "schemas/tool/error.h"
#include "tests/schemas/fixtures/example_documents.h"
#include "tests/schemas/json/schema_under_test.h"

namespace modelgate {
namespace {

using nlohmann::ordered_json;
using Pointer = ordered_json::json_pointer;

/// What a reader refuses and a schema cannot say, by the reader's words.
const std::vector<std::string> beyond_a_schema = {
    "the digest is not that of the files listed",  // a hash over other fields
    "files must be sorted by path, each once",     // order
    "two cases are called",                        // uniqueness of one field
    "the last attempt is",                         // a field that repeats another
    "there is no run '",                           // a name that stands elsewhere in the plan
    "names no run of this plan",
    "the plan has no gate '",
    "is part ",   // of fewer than its number
    "is shard ",  // likewise
    "reads its own records",
    "wait for each other",
};

bool is_beyond_a_schema(const std::string& error) {
  return std::any_of(beyond_a_schema.begin(), beyond_a_schema.end(),
                     [&](const std::string& words) { return error.find(words) != std::string::npos; });
}

std::string reader_says(const std::string& schema, const ordered_json& document) {
  try {
    read_and_write_json(schema, document.dump());
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage) << error.what();
    return error.what();
  }
  return "";
}

void expect_agreement(const std::string& schema, const ordered_json& document, const std::string& change) {
  const std::string by_reader = reader_says(schema, document), by_schema = complaints(schema, document);
  if (by_schema.empty() && !by_reader.empty()) {
    EXPECT_TRUE(is_beyond_a_schema(by_reader)) << change << "\nonly the reader refuses it: " << by_reader;
  }
  if (!by_schema.empty()) {
    EXPECT_NE(by_reader, "") << change << "\nonly the schema refuses it: " << by_schema;
  }
}

/// Every place in a document.
void collect(const ordered_json& value, const Pointer& here, std::vector<Pointer>& places) {
  places.push_back(here);
  if (value.is_object())
    for (const auto& [key, child] : value.items()) collect(child, here / key, places);
  if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i) collect(value[i], here / i, places);
}

/// Of places that differ only in an index the first three: long lists hold nothing new.
std::vector<Pointer> places_in(const ordered_json& document) {
  std::vector<Pointer> all, few;
  collect(document, Pointer(), all);
  std::map<std::string, int> seen;
  for (const Pointer& place : all) {
    std::string form;
    for (Pointer at = place; !at.empty(); at.pop_back())
      form += "/" + (at.back().find_first_not_of("0123456789") == std::string::npos ? "#" : at.back());
    // Different checks hold different fields, so that what a place holds counts too.
    if (++seen[form] <= 3) few.push_back(place);
  }
  return few;
}

class Agreement : public ::testing::TestWithParam<std::filesystem::path> {
 protected:
  const std::string schema_ = schema_of(GetParam());
  const ordered_json document_ = json_of(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Each, Agreement, ::testing::ValuesIn(examples()), [](const auto& info) {
  std::string name = info.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST_P(Agreement, holds_when_a_key_is_removed) {
  for (const Pointer& place : places_in(document_)) {
    if (place.empty()) continue;
    ordered_json changed = document_;
    ordered_json& parent = changed[place.parent_pointer()];
    if (parent.is_object()) {
      parent.erase(place.back());
      expect_agreement(schema_, changed, "without " + place.to_string());
    }
  }
}

TEST_P(Agreement, holds_when_an_unknown_key_is_added) {
  int closed = 0;
  for (const Pointer& place : places_in(document_)) {
    ordered_json changed = document_;
    if (!changed[place].is_object()) continue;
    changed[place]["zzz"] = 1;
    expect_agreement(schema_, changed, "zzz in " + place.to_string());
    closed += complaints(schema_, changed).empty() ? 0 : 1;
  }
  EXPECT_GT(closed, 0);
}

TEST_P(Agreement, holds_when_a_value_is_of_another_type_or_size) {
  const std::vector<ordered_json> others = {nullptr,
                                            true,
                                            false,
                                            "text",
                                            "",
                                            "5%",
                                            "2026-12-31",
                                            0,
                                            -1,
                                            7,
                                            1.5,
                                            -0.5,
                                            1e300,
                                            ordered_json::array(),
                                            ordered_json::object(),
                                            ordered_json::array({"a", 1}),
                                            ordered_json::object({{"k", "v"}})};
  for (const Pointer& place : places_in(document_))
    for (const ordered_json& other : others) {
      ordered_json changed = document_;
      changed[place] = other;
      expect_agreement(schema_, changed, place.to_string() + " = " + other.dump());
    }
}

TEST_P(Agreement, holds_when_a_list_is_emptied_or_an_entry_is_removed_or_repeated) {
  for (const Pointer& place : places_in(document_)) {
    ordered_json changed = document_;
    if (!changed[place].is_array() || changed[place].empty()) continue;
    changed[place].push_back(changed[place].back());
    expect_agreement(schema_, changed, place.to_string() + " with its last entry twice");
    changed[place].erase(changed[place].size() - 1);
    changed[place].erase(changed[place].size() - 1);
    expect_agreement(schema_, changed, place.to_string() + " without its last entry");
    changed[place] = ordered_json::array();
    expect_agreement(schema_, changed, place.to_string() + " emptied");
  }
}

TEST(AgreementOfTexts, holds_for_every_pattern) {
  const ordered_json plan = json_of(examples("plan").front());
  const ordered_json manifest = json_of(examples("baseline-manifest").front());
  const auto with = [](ordered_json document, const std::string& place, const std::string& text) {
    document[Pointer(place)] = text;
    return document;
  };
  for (const char* text : {"a/../b", "../a", "/a", "a//b", "a/", ".", "..", "...", "..a", ".a", "a/.", "a/b",
                           "a\\b", "a b", "客"})
    expect_agreement("baseline-manifest", with(manifest, "/files/0/path", text), std::string("path ") + text);
  for (const char* text : {"v1", ".v1", "-v1", "v 1", "v1/x", "_", "+a", "客"}) {
    expect_agreement("baseline-manifest", with(manifest, "/release", text), std::string("release ") + text);
    expect_agreement("plan", with(plan, "/default_candidate", text),
                     std::string("default_candidate ") + text);
  }
  const ordered_json green = json_of(examples("baseline-green").front());
  for (const std::string& text :
       {std::string("main"),   std::string("release/1.0"), std::string("a"),    std::string("refs/heads/x"),
        std::string("-x"),     std::string(".x"),          std::string("/x"),   std::string("x/"),
        std::string("x/.y"),   std::string("x..y"),        std::string("x//y"), std::string("x@{1}"),
        std::string("x y"),    std::string("x:y"),         std::string("x*"),   std::string("x["),
        std::string("x\\y"),   std::string("x^"),          std::string("x~1"),  std::string("x?"),
        std::string("x\ty"),   std::string("\x7f"),        std::string("客服"), std::string(250, 'x'),
        std::string(251, 'x'), std::string("@"),           std::string("x.y"),  std::string("x@y")})
    expect_agreement("baseline-green", with(green, "/branch", text), "branch " + text);
  const std::string digest = manifest["digest"];
  for (const std::string& text :
       {digest.substr(0, 70), digest + "0", "SHA256:" + digest.substr(7), "sha256:" + std::string(64, 'A')})
    expect_agreement("baseline-manifest", with(manifest, "/digest", text), "digest " + text);
  for (const char* text :
       {"2026-01-31", "2026-00-10", "2026-13-01", "2026-12-32", "2026-1-1", "26-01-01", "2026-12-31 "})
    expect_agreement("plan", with(plan, "/waivers/0/until", text), std::string("until ") + text);
  for (const char* text : {"0%", "5%", "05%", "999.9%", "1000%", "5", "5 %", "-5%", "+5%", "1e1%", ".5%",
                           "5.%", "5.5.5%", "0x5%", "nan%"})
    expect_agreement("plan", with(plan, "/gates/performance/margin", text), std::string("margin ") + text);
  for (const char* name : {"robot", "gtest", "../robot", "ro bot", ""})
    expect_agreement("plan", with(plan, "/runs/robot/runner", name), std::string("runner ") + name);
}

TEST(AgreementOfNames, holds_for_runs_and_gates) {
  const ordered_json plan = json_of(examples("plan").front());
  for (const char* name : {"fast", "fa st", "", "../fast", "suite", ".x", "客"}) {
    ordered_json changed = plan;
    changed["gates"][name] = plan["gates"]["latency"];
    expect_agreement("plan", changed, std::string("gate ") + name);
    changed = plan;
    changed["runs"][name] = plan["runs"]["tests"];
    expect_agreement("plan", changed, std::string("run ") + name);
  }
  // A gate that is called like a kind and says that it is another.
  ordered_json changed = plan;
  changed["gates"]["unit"] = plan["gates"]["latency"];
  expect_agreement("plan", changed, "a performance gate called unit");
  changed = plan;
  changed["gates"]["unit"]["gate"] = "unit";
  expect_agreement("plan", changed, "a unit gate called unit that says so");
}

}  // namespace
}  // namespace modelgate
