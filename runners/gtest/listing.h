#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runners/gtest/gtest.h"
#include "runners/gtest/test_list.h"
#include "runners/process/process.h"

namespace modelgate {

/// The program of a subject, and how it is started.
struct TestProgram {
  std::string program;
  std::vector<std::string> arguments;
  std::map<std::string, std::string> environment;
  std::int64_t memory_limit_bytes = 0;
  std::int64_t cpu_seconds_limit = 0;
  bool runs_disabled = false;  ///< Its arguments ask for disabled tests too.

  TestProgram(const GtestOptions& options, const MeasuredSubject& subject);
  /// A process of it with these GoogleTest flags.
  ProcessSpec with_flags(const std::vector<std::string>& flags) const;
};

/// What a program answered when it was asked for its tests.
struct Listing {
  TestList list;
  std::optional<Problem> problem;  ///< Why there is no list, or an empty one.
  bool from_file =
      false;  ///< Read from GoogleTest's file, which knows where tests stand and cannot be misread.
  bool misprinted = false;  ///< What was printed besides looks right and says something else.
};

/// Asks for the tests that match the filter (empty: all), and reads them from what is printed, or, where that
/// is doubtful or `from_file`, from a file; `scratch` is a folder of our own.
Listing list_tests(const TestProgram& program, const std::string& filter, std::chrono::milliseconds timeout,
                   const std::filesystem::path& scratch, bool from_file = false);

/// Errors: kind usage for an argument that changes what GoogleTest runs or prints, which is for us to decide.
void check_arguments(const std::vector<std::string>& arguments);

}  // namespace modelgate
