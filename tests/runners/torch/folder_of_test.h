#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "schemas/tool/error.h"

namespace modelgate {

/// A folder of this test's own, empty, with a blank in its path.
inline std::filesystem::path folder_of_test() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) /
                                       (std::string("torch ") + test->test_suite_name() + "." + test->name());
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

/// "where: message" of the usage Error that `action` throws; "" if it throws none.
template <typename Action>
std::string refusal(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.where() + ": " + error.message() + " | " + error.hint();
  }
  return "";
}

}  // namespace modelgate
