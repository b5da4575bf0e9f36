#include "tests/runners/revision/repository.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "runners/process/process.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

/// The time of the next commit, in seconds. Each test is a process of its own.
long long next_second() {
  static long long second = 1764000000;
  return second += 60;
}

}  // namespace

Repository::Repository(fs::path folder) : folder_(std::move(folder)) {
  fs::create_directories(folder_);
  git({"init", "--quiet", "--initial-branch=main"});
}

Repository Repository::at(fs::path folder) { return {std::move(folder), Existing{}}; }

Repository Repository::cloned(const fs::path& folder, const std::vector<std::string>& words) const {
  std::vector<std::string> all = {"clone", "--quiet"};
  all.insert(all.end(), words.begin(), words.end());
  all.insert(all.end(), {address(), folder.string()});
  git(all);
  return at(folder);
}

std::string Repository::git(const std::vector<std::string>& words) const {
  ProcessSpec spec;
  spec.argv = {"git", "-c", "protocol.file.allow=always", "-c", "advice.detachedHead=false"};
  spec.argv.insert(spec.argv.end(), words.begin(), words.end());
  spec.folder = folder_;
  const std::string date = "@" + std::to_string(next_second()) + " +0000";
  spec.environment = {{"GIT_AUTHOR_NAME", "A Tester"},    {"GIT_AUTHOR_EMAIL", "tester@example.org"},
                      {"GIT_COMMITTER_NAME", "A Tester"}, {"GIT_COMMITTER_EMAIL", "tester@example.org"},
                      {"GIT_AUTHOR_DATE", date},          {"GIT_COMMITTER_DATE", date},
                      {"GIT_CONFIG_GLOBAL", "/dev/null"}, {"GIT_CONFIG_NOSYSTEM", "1"},
                      {"GIT_TERMINAL_PROMPT", "0"},       {"GIT_MERGE_AUTOEDIT", "no"}};
  const ProcessOutcome outcome = run_process(spec);
  std::string said;
  for (const std::string& word : words) said += word + " ";
  EXPECT_TRUE(outcome.succeeded()) << "git " << said << outcome.sentence() << "\n" << outcome.err.text;
  return outcome.out.text.substr(0, outcome.out.text.find_last_not_of('\n') + 1);
}

void Repository::write(const std::string& file, const std::string& content) const {
  write_file(folder_ / file, content);
}

std::string Repository::commit(const std::string& file, const std::string& content) const {
  write(file, content);
  git({"add", "--all"});
  git({"commit", "--quiet", "--message", "change " + file});
  return head();
}

std::string Repository::commits(int count, const std::string& file) const {
  // All by one process: a commit by hand takes four.
  const std::string branch = git({"symbolic-ref", "HEAD"});
  std::string stream;
  for (int i = 0; i < count; ++i) {
    const std::string content = std::to_string(i) + "\n";
    stream += "commit " + branch + "\ncommitter A Tester <tester@example.org> " +
              std::to_string(next_second()) + " +0000\ndata 7\nchange\n" +
              (i == 0 ? "from " + branch + "^0\n" : "") + "M 100644 inline " + file + "\ndata " +
              std::to_string(content.size()) + "\n" + content + "\n";
  }
  const fs::path list = folder_ / ".git" / "commits to import";
  write_file(list, stream);
  ProcessSpec spec;
  spec.argv = {"git", "fast-import", "--quiet"};
  spec.folder = folder_;
  spec.stdin_file = list;
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_TRUE(outcome.succeeded()) << outcome.err.text;
  git({"reset", "--quiet", "--hard"});
  return head();
}

std::string Repository::merge(const std::string& branch) const {
  git({"merge", "--quiet", "--no-ff", "--message", "merge " + branch, branch});
  return head();
}

SetVariable::SetVariable(std::string name, const std::string& value) : name_(std::move(name)) {
  if (const char* before = std::getenv(name_.c_str())) {
    was_set_ = true;
    before_ = before;
  }
  ::setenv(name_.c_str(), value.c_str(), 1);
}

SetVariable::~SetVariable() {
  if (was_set_)
    ::setenv(name_.c_str(), before_.c_str(), 1);
  else
    ::unsetenv(name_.c_str());
}

ProgramsFirst::ProgramsFirst(const fs::path& folder, const std::map<std::string, std::string>& scripts) {
  for (const auto& [name, script] : scripts) {
    write_file(folder / name, "#!/bin/sh\n" + script + "\n");
    fs::permissions(folder / name, fs::perms(0755));
  }
  if (const char* path = std::getenv("PATH")) before_ = path;
  ::setenv("PATH", (folder.string() + ":" + before_).c_str(), 1);
}

ProgramsFirst::~ProgramsFirst() { ::setenv("PATH", before_.c_str(), 1); }

}  // namespace modelgate
