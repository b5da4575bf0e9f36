#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "schemas/tool/files.h"

namespace modelgate {

/// What a program left.
struct Outcome {
  int exit_code = -1;
  std::string out, err;
};

/// Runs the gate on files in a folder of the test's own.
class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    std::string name = (std::filesystem::path(::testing::TempDir()) / "quality gate ü XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~ProgramTest() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& content) const {
    write_file(folder_ / name, content);
    return "'" + (folder_ / name).string() + "'";
  }

  /// `right` rows that are answered right and then wrong ones.
  std::string rows(const std::string& name, int right, int wrong) const {
    std::string text;
    for (int i = 0; i < right + wrong; ++i)
      text += "{\"id\": " + std::to_string(i) + ", \"label\": \"" + (i % 2 ? "a" : "b") +
              "\", \"prediction\": \"" + ((i % 2) == (i < right ? 1 : 0) ? "a" : "b") + "\"}\n";
    return file(name, text);
  }

  Outcome run(const std::string& arguments, const std::string& before = "") const {
    const std::filesystem::path out = folder_ / "out", err = folder_ / "err";
    const std::string line = before + " '" MODELGATE_BIN_DIR "/modelgate-gate-quality' " + arguments + " >'" +
                             out.string() + "' 2>'" + err.string() + "' </dev/null";
    const int status = std::system(line.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(out), read_file(err)};
  }

  std::filesystem::path folder_;
};

}  // namespace modelgate
