#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace modelgate {

/// A test that a GoogleTest program lists.
struct ListedTest {
  std::string name;   ///< "Suite.Test", as the program itself says it; any bytes.
  std::string suite;  ///< "Suite"
  std::string file;   ///< Where it stands; may be empty.
  std::int64_t line = 0;
  bool disabled = false;  ///< By its name.
  int registered = 1;     ///< How many tests have this name; all of them run when it is asked for.
};

/// The tests of a program, in the order in which it runs them.
class TestList {
 public:
  TestList() = default;
  explicit TestList(std::vector<ListedTest> tests);
  TestList(TestList&&) = default;
  TestList& operator=(TestList&&) = default;
  TestList(const TestList&) = delete;  // the names that are searched lie in `tests_`
  TestList& operator=(const TestList&) = delete;

  const std::vector<ListedTest>& tests() const { return tests_; }
  std::size_t size() const { return tests_.size(); }
  const ListedTest& operator[](std::size_t index) const { return tests_[index]; }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  /// The index of the test of that name, or none.
  std::size_t find(std::string_view name) const;
  /// Whether both hold tests of the same names in the same order.
  bool has_names_of(const TestList& other) const;

 private:
  std::vector<ListedTest> tests_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

/// Reads what `--gtest_list_tests --gtest_output=xml:FILE` wrote. Tests of one name become one. Errors: kind
/// infrastructure if the file is missing or no such list.
TestList read_test_list(const std::filesystem::path& xml);

}  // namespace modelgate
