#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "schemas/documents/manifest.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What the program did.
struct Outcome {
  int exit_code = -1;  ///< 128 + signal where it was killed.
  std::string out, err;
};

/// A folder with a store in it, and the program to work on it as people do.
class StoreTest : public ::testing::Test {
 protected:
  using Files = std::map<std::string, std::string>;

  void SetUp() override;
  void TearDown() override;

  /// Runs `modelgate-baseline ARGUMENTS`, by a shell in the folder, on its store.
  Outcome program(const std::string& arguments, const std::string& before = "") const;
  int code(const std::string& arguments) const { return program(arguments).exit_code; }

  /// A folder with these files; names that end in ".exe" can be executed.
  std::filesystem::path make_folder(const std::string& name, const Files& files) const;
  /// Saves such a folder.
  void save(const std::string& version, const Files& files) const;
  /// Saves and releases, judged against the latest release or as the first.
  void release(const std::string& version, const Files& files) const;

  /// A passing verdict of the whole plan on what is saved as `version`.
  Verdict passing_verdict(const std::string& version) const;
  void write_verdict(const Verdict& verdict, const std::string& name = "verdict.json") const;
  int promote(const std::string& version, const Verdict& verdict) const;

  Manifest manifest(const std::string& stage, const std::string& version) const;
  std::filesystem::path store() const { return folder_ / ".modelgate" / "store"; }
  std::filesystem::path object(const std::string& digest) const;
  /// Every object's path.
  std::vector<std::filesystem::path> objects() const;
  /// What a person with an editor does: replaces the content of a read-only file.
  void overwrite(const std::filesystem::path& file, const std::string& content) const;

  std::filesystem::path folder_;
};

}  // namespace modelgate
