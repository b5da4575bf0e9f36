#include "project.h"

#include <sys/stat.h>

#include <fstream>

#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
constexpr int rows = 400;

std::string row(int id, const std::string& field, const std::string& value) {
  return "{\"id\": " + std::to_string(id) + ", \"" + field + "\": \"" + value + "\"}\n";
}

}  // namespace

Project::Project() {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  std::string name = test->name();
  for (char& c : name)
    if (c == '/') c = '-';
  folder_ = fs::path(::testing::TempDir()) / ("project " + name);
  fs::remove_all(folder_);
  fs::create_directories(folder_);
  write_file(folder_ / "modelgate.yaml", R"(schema: modelgate/plan
version: 1
name: shop
candidate: out
runs:
  model: {runner: exec, command: ["{subject}/answer"], input: rows.jsonl, environment: {HANDSHAKE: ")" +
                                             (folder_ / "handshake").string() + R"("}}
gates:
  quality: {from: model, checks: ["accuracy margin=3pp min=0.9"]}
  again: {gate: quality, from: model, checks: ["accuracy margin=5pp"]}
)");
  // The folder may lie in a checkout, whose branch must not matter.
  on_branch("release/test");
  std::string questions;
  for (int id = 0; id < rows; ++id) questions += row(id, "label", id % 2 == 0 ? "yes" : "no");
  write_file(folder_ / "rows.jsonl", questions);
  ::mkfifo((folder_ / "handshake").c_str(), 0600);
}

void Project::on_branch(const std::string& name) {
  write_file(folder_ / ".git" / "HEAD", "ref: refs/heads/" + name + "\n");
}

void Project::write_candidate(int wrong, const std::string& first) {
  std::string answers;
  for (int id = 0; id < rows; ++id)
    answers += row(id, "prediction", (id % 2 == 0) == (id >= wrong) ? "yes" : "no");
  write_file(folder_ / "out" / "answers", answers);
  write_file(folder_ / "out" / "answer",
             "#!/bin/sh\ncat > /dev/null\n" + first + "\nexec cat \"${0%/*}/answers\"\n");
  ::chmod((folder_ / "out" / "answer").c_str(), 0755);
}

void Project::release_baseline() {
  write_candidate(10);
  for (const ProcessOutcome& outcome :
       {modelgate({"run", "--first-release", "--quiet"}),
        run("modelgate-baseline", {"save", "out", "--version", "v1.0.0"}),
        run("modelgate-baseline", {"promote", "v1.0.0", "--verdict", "gate-results/verdict.json"})})
    ASSERT_TRUE(outcome.succeeded()) << outcome.sentence() << outcome.out.text << outcome.err.text;
}

ProcessSpec Project::command(const std::string& program, const std::vector<std::string>& arguments) const {
  ProcessSpec spec;
  spec.argv = {MODELGATE_BIN_DIR "/" + program};
  spec.argv.insert(spec.argv.end(), arguments.begin(), arguments.end());
  spec.folder = folder_;
  spec.timeout = std::chrono::seconds(60);
  return spec;
}

std::string Project::handshake() const {
  std::ifstream pipe(folder_ / "handshake");
  std::string line;
  std::getline(pipe, line);
  return line;
}

}  // namespace modelgate
