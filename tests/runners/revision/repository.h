#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace modelgate {

/// A real Git repository for tests: fixed names, and dates that rise by a minute with each commit.
class Repository {
 public:
  /// Makes one with a branch "main" and no commit yet.
  explicit Repository(std::filesystem::path folder);
  /// Takes a folder that is one already.
  static Repository at(std::filesystem::path folder);
  /// `git clone WORDS` of this one's address into a folder.
  Repository cloned(const std::filesystem::path& folder, const std::vector<std::string>& words = {}) const;

  const std::filesystem::path& folder() const { return folder_; }
  /// file:///…
  std::string address() const { return "file://" + folder_.string(); }

  /// Runs git there, and fails the test if that fails. Returns what it prints, without the line end.
  std::string git(const std::vector<std::string>& words) const;
  /// Writes a file, and commits it with all else. Returns the commit.
  std::string commit(const std::string& file, const std::string& content = "x\n") const;
  /// `count` commits on the branch that is checked out, which has one already; returns the last.
  std::string commits(int count, const std::string& file) const;
  void write(const std::string& file, const std::string& content) const;
  std::string head() const { return git({"rev-parse", "HEAD"}); }
  /// Merges a branch with a merge commit, which is returned.
  std::string merge(const std::string& branch) const;

 private:
  struct Existing {};
  Repository(std::filesystem::path folder, Existing) : folder_(std::move(folder)) {}

  std::filesystem::path folder_;
};

/// A folder with programs that stand before those of the same name in PATH for as long as this lives.
class ProgramsFirst {
 public:
  ProgramsFirst(const std::filesystem::path& folder, const std::map<std::string, std::string>& scripts);
  ~ProgramsFirst();
  ProgramsFirst(const ProgramsFirst&) = delete;
  ProgramsFirst& operator=(const ProgramsFirst&) = delete;

 private:
  std::string before_;
};

/// A variable of the environment for as long as this lives.
class SetVariable {
 public:
  SetVariable(std::string name, const std::string& value);
  ~SetVariable();
  SetVariable(const SetVariable&) = delete;
  SetVariable& operator=(const SetVariable&) = delete;

 private:
  std::string name_, before_;
  bool was_set_ = false;
};

}  // namespace modelgate
