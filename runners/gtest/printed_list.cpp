#include "runners/gtest/printed_list.h"

#include <algorithm>

namespace modelgate {
namespace {

/// A name as the macros make them. Others are possible, and doubtful.
bool is_plain(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '/';
  });
}

}  // namespace

void PrintedList::line(std::string_view line) {
  if (doubtful_) return;
  const bool is_test = line.starts_with("  ");
  if (is_test) line.remove_prefix(2);
  std::string_view name = line.substr(0, line.find("  # "));
  const std::string_view label = line.substr(name.size());
  if (is_test) {
    const bool fits = label.empty() || label.starts_with("  # GetParam() = ");
    doubtful_ = suite_.empty() || !is_plain(name) || !fits;
    if (doubtful_) return;
    ListedTest test;
    test.name.reserve(suite_.size() + 1 + name.size());
    test.name.append(suite_).append(1, '.').append(name);
    test.suite = suite_;
    test.disabled = suite_disabled_ || says_disabled(name);
    tests_.push_back(std::move(test));
    suite_is_empty_ = false;
    return;
  }
  // gtest_main says hello.
  if (suite_.empty() && line.starts_with("Running main() from ")) return;
  end_suite();
  const bool fits = name.ends_with('.') && (label.empty() || label.starts_with("  # TypeParam = "));
  if (fits) name.remove_suffix(1);
  doubtful_ = doubtful_ || !fits || !is_plain(name);
  suite_ = name;
  suite_disabled_ = says_disabled(name);
  suite_is_empty_ = true;
}

/// GoogleTest names no suite without tests; a program may well print "Done.".
void PrintedList::end_suite() { doubtful_ = doubtful_ || suite_is_empty_; }

std::optional<std::vector<ListedTest>> PrintedList::take() {
  end_suite();
  if (doubtful_ || tests_.empty()) return std::nullopt;
  return std::move(tests_);
}

bool says_disabled(std::string_view name) {
  return name.starts_with("DISABLED_") || name.find("/DISABLED_") != std::string_view::npos;
}

}  // namespace modelgate
