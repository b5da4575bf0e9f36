#include "tests/gates/baseline/store_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "schemas/tool/files.h"

namespace modelgate {

namespace fs = std::filesystem;

void StoreTest::SetUp() {
  // In memory where that can be had: a store syncs all that it writes.
  const fs::path memory = "/dev/shm";
  const bool usable =
      ::access(memory.c_str(), R_OK | W_OK | X_OK) == 0 && fs::space(memory).available > (32u << 20);
  std::string name = ((usable ? memory : fs::path(::testing::TempDir())) / "modelgate store XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = name;
}

void StoreTest::TearDown() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Outcome StoreTest::program(const std::string& arguments, const std::string& before) const {
  static int number = 0;
  const fs::path log = folder_ / (".log" + std::to_string(number++));
  const std::string out = log.string() + "out", err = log.string() + "err";
  const std::string command = "cd '" + folder_.string() + "' && { " + before +
                              " '" MODELGATE_BIN_DIR "/modelgate-baseline' " + arguments + "; } >'" + out +
                              "' 2>'" + err + "' </dev/null";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_file(out), read_file(err)};
}

fs::path StoreTest::make_folder(const std::string& name, const Files& files) const {
  const fs::path folder = folder_ / name;
  fs::remove_all(folder);
  for (const auto& [file, content] : files) {
    write_file(folder / file, content);
    fs::permissions(folder / file, file.ends_with(".exe") ? fs::perms(0755) : fs::perms(0644));
  }
  return folder;
}

void StoreTest::save(const std::string& version, const Files& files) const {
  make_folder("saving " + version, files);
  const Outcome outcome = program("save 'saving " + version + "' --version " + version);
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
}

void StoreTest::release(const std::string& version, const Files& files) const {
  save(version, files);
  ASSERT_EQ(promote(version, passing_verdict(version)), 0);
}

Verdict StoreTest::passing_verdict(const std::string& version) const {
  Verdict verdict;
  verdict.gate = "suite";
  verdict.gate_version = "0.1.0";
  verdict.created = "2026-11-23T20:00:00Z";
  verdict.status = Status::pass;
  verdict.sentence = "all 2 checks pass";
  verdict.plan_digest = digest_of_bytes("plan");
  verdict.valid_until = "9999-12-31";
  verdict.candidate = {Role::candidate, "m", version, "", manifest("saved", version).digest};
  const Outcome latest = program("show latest --json");
  if (latest.exit_code == 0) {
    const Manifest baseline = manifest_from(parse_json(latest.out, "latest"));
    verdict.baseline = Subject{Role::baseline, "m", baseline.version, "", baseline.digest};
  } else {
    verdict.first_release = true;
  }
  for (const char* name : {"A.a", "A.b"}) {
    Check check;
    check.gate = "unit";
    check.name = name;
    check.status = Status::pass;
    check.reason = "still_passes";
    check.sentence = std::string(name) + ": passes";
    verdict.checks.push_back(check);
  }
  return verdict;
}

void StoreTest::write_verdict(const Verdict& verdict, const std::string& name) const {
  write_file(folder_ / name, to_json(verdict));
}

int StoreTest::promote(const std::string& version, const Verdict& verdict) const {
  write_verdict(verdict);
  return code("promote " + version + " --verdict verdict.json");
}

Manifest StoreTest::manifest(const std::string& stage, const std::string& version) const {
  return read_manifest(store() / stage / (version + ".json"));
}

fs::path StoreTest::object(const std::string& digest) const {
  return store() / "objects" / digest.substr(7, 2) / digest.substr(9);
}

std::vector<fs::path> StoreTest::objects() const {
  std::vector<fs::path> all;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(store() / "objects"))
    if (entry.is_regular_file()) all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

void StoreTest::overwrite(const fs::path& file, const std::string& content) const {
  fs::permissions(file, fs::perms(0644));
  std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
  fs::permissions(file, fs::perms(0444));
}

}  // namespace modelgate
