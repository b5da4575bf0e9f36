#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "runners/gtest/gtest.h"
#include "schemas/documents/measurements.h"

namespace modelgate {

class GtestTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              (std::string("gtest ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    options_.runner.candidate = TEST_PROGRAMS;
    options_.runner.output = (folder_ / "out").string();
    options_.shards = 2;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void run(const std::string& program, const std::string& filter = "") {
    options_.program = program.front() == '/' ? program : "{subject}/" + program;
    options_.filter = filter;
    code_ = run_gtest(options_);
    document_ = read_measurements(folder_ / "out" / "candidate.json");
    cases_ = std::get<CaseSeries>(document_.series.at(0)).cases;
  }
  void run_nasty(const std::string& filter) { run("gtest_nasty_tests", filter); }
  void run_strange(const std::string& how) {
    options_.arguments.insert(options_.arguments.begin(), "--how=" + how);
    run("gtest_strange_program");
  }

  const Case& test(const std::string& name) const {
    for (const Case& one : cases_)
      if (one.name == name) return one;
    static const Case missing;
    ADD_FAILURE() << "there is no case " << name;
    return missing;
  }
  CaseStatus status(const std::string& name) const { return test(name).status; }
  std::string problems() const {
    std::string all;
    for (const Problem& problem : document_.problems) all += problem.code + ": " + problem.sentence + "\n";
    return all;
  }

  std::filesystem::path folder_;
  GtestOptions options_;
  ExitCode code_ = ExitCode::usage;
  Measurements document_;
  std::vector<Case> cases_;
};

}  // namespace modelgate
