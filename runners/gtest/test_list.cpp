#include "runners/gtest/test_list.h"

#include <algorithm>
#include <pugixml.hpp>

#include "runners/gtest/printed_list.h"
#include "schemas/formats/mapped_file.h"
#include "schemas/tool/error.h"

namespace modelgate {
TestList::TestList(std::vector<ListedTest> tests) {
  // Reserved, because places_ refers to the names in it.
  tests_.reserve(tests.size());
  places_.reserve(tests.size());
  for (ListedTest& test : tests) {
    if (const auto known = places_.find(test.name); known != places_.end()) {
      ++tests_[known->second].registered;
      continue;
    }
    tests_.push_back(std::move(test));
    places_.emplace(tests_.back().name, tests_.size() - 1);
  }
}

std::size_t TestList::find(std::string_view name) const {
  const auto found = places_.find(name);
  return found == places_.end() ? none : found->second;
}

bool TestList::has_names_of(const TestList& other) const {
  return std::equal(tests_.begin(), tests_.end(), other.tests_.begin(), other.tests_.end(),
                    [](const ListedTest& a, const ListedTest& b) { return a.name == b.name; });
}

TestList read_test_list(const std::filesystem::path& xml) {
  const MappedFile file(xml);
  pugi::xml_document document;
  const auto parsed = document.load_buffer(file.text().data(), file.text().size());
  const pugi::xml_node root = document.child("testsuites");
  if (!parsed || !root) throw infrastructure_error(xml.string(), "is no list of tests");
  std::vector<ListedTest> tests;
  for (const pugi::xml_node& suite : root.children("testsuite")) {
    const std::string suite_name = suite.attribute("name").as_string();
    const bool suite_disabled = says_disabled(suite_name);
    for (const pugi::xml_node& node : suite.children("testcase")) {
      ListedTest test;
      const char* const name = node.attribute("name").as_string();
      test.name.append(suite_name).append(1, '.').append(name);
      test.suite = suite_name;
      test.file = node.attribute("file").as_string();
      test.line = node.attribute("line").as_llong();
      test.disabled = suite_disabled || says_disabled(name);
      tests.push_back(std::move(test));
    }
  }
  return TestList(std::move(tests));
}

}  // namespace modelgate
