#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "runners/exec/exec.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/files.h"

namespace modelgate {

/// Twelve rows, and a model that repeats what it is asked.
class LooksTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              (std::string("looks ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "new model");
    std::filesystem::create_directories(folder_ / "old model");
    write_file(folder_ / "rows.jsonl", rows(12));
    options_.runner.candidate = (folder_ / "new model").string();
    options_.runner.baseline = (folder_ / "old model").string();
    options_.runner.output = (folder_ / "out").string();
    options_.runner.timeout_seconds = 60;
    options_.input = (folder_ / "rows.jsonl").string();
    options_.command = {"/bin/cat"};
    options_.looks.looks = {"4", "7", "10"};
    options_.looks.seed = 5;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static std::string row(int id) { return "{\"id\":" + std::to_string(id) + ",\"label\":\"x\"}\n"; }
  static std::string rows(int count) {
    std::string all;
    for (int id = 0; id < count; ++id) all += row(id);
    return all;
  }

  ExitCode run(std::int64_t until, bool add = false) {
    options_.looks.until = until;
    options_.looks.add = add;
    return run_exec(options_);
  }
  std::string text_of(const std::string& file) const { return read_file(folder_ / "out" / file); }
  Measurements document(const std::string& role = "candidate") const {
    return read_measurements(folder_ / "out" / (role + ".json"));
  }
  RecordSeries series(const std::string& role = "candidate") const {
    return std::get<RecordSeries>(document(role).series.at(0));
  }

  std::filesystem::path folder_;
  ExecOptions options_;
};

}  // namespace modelgate
