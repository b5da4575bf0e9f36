#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runners/gtest/test_list.h"

namespace modelgate {

/// Reads what --gtest_list_tests prints. Anything that GoogleTest would not print there, or that a program's
/// own words could look like, makes it doubtful: then GoogleTest's file must be read, which takes longer to
/// write.
class PrintedList {
 public:
  void line(std::string_view line);

  /// The tests, without places in source files; nothing if there are none or something was doubtful.
  std::optional<std::vector<ListedTest>> take();

 private:
  void end_suite();

  std::vector<ListedTest> tests_;
  std::string suite_;
  bool suite_disabled_ = false, suite_is_empty_ = false, doubtful_ = false;
};

/// GoogleTest's own rule: "DISABLED_*:*/DISABLED_*".
bool says_disabled(std::string_view name);

}  // namespace modelgate
