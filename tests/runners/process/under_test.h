#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "runners/process/process.h"

namespace modelgate {

/// `process_under_test WORDS`. It has a time-out, so that a test fails rather than hangs.
inline ProcessSpec under_test(std::vector<std::string> words) {
  ProcessSpec spec;
  spec.argv = {PROCESS_UNDER_TEST};
  spec.argv.insert(spec.argv.end(), words.begin(), words.end());
  spec.timeout = std::chrono::seconds(60);
  return spec;
}

/// A folder of the test's own, with a blank in its name.
inline std::filesystem::path folder_of_test() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / (std::string("process ") + test->name());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

}  // namespace modelgate
