#include "runners/plan/concerned.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const char text[] = R"(schema: modelgate/plan
version: 1
name: m
candidate: candidates/{candidate}
default_candidate: v1
runs:
  tests: {runner: gtest, program: "{subject}/tests"}
  features: {runner: exec, command: [python3, tools/featurize.py, "{subject}/x", --vocabulary=data/words.txt], environment: {RULES: "{plan}/data/rules.md"}, input: "{plan}/data/rows.jsonl"}
  model: {runner: torch, model: "{subject}/m.pt", data: "{runs.features}"}
gates:
  unit: {from: tests, changes: ["src/*", "../shared/*.h"]}
  regression: {from: model, golden: golden/out.safetensors}
  quality: {from: model, checks: ["accuracy margin=1pp"], train: [data/train]}
)";

class ConcernsTest : public ::testing::Test {
 protected:
  ConcernsTest() {
    for (const char* file : {"data/rows.jsonl", "data/train/a.txt", "tools/featurize.py",
                             "golden/out.safetensors", "data/README.md", "data/words.txt", "data/rules.md"})
      write_file(root_ / file, "x");
    plan_ = read_plan(folder_.with("project/modelgate.yaml", text));
  }
  std::set<std::string> concerned(const std::string& file) const {
    const Concerns concerns(plan_, root_ / "modelgate.yaml", root_ / "candidates/v1",
                            {root_ / "gate-results", root_ / ".modelgate"});
    return concerns.gates_of((root_ / file).lexically_normal());
  }
  const TemporaryFolder folder_;
  const fs::path root_ = folder_ / "project";
  Plan plan_;
};

TEST_F(ConcernsTest, the_plan_and_the_candidate_concern_all) {
  for (const char* file :
       {"modelgate.yaml", "candidates/v1/m.pt", "candidates/v1/README.md", "candidates/v1"})
    EXPECT_THAT(concerned(file), UnorderedElementsAre("unit", "regression", "quality")) << file;
}

TEST_F(ConcernsTest, what_is_written_for_people_and_what_we_write_concerns_none) {
  for (const char* file : {"README.md", "docs/a/b.png", "deep/er/notes.md", "LICENSE",
                           "gate-results/verdict.json", ".modelgate/kept/x.json", ".gitignore"})
    EXPECT_THAT(concerned(file), IsEmpty()) << file;
}

TEST_F(ConcernsTest, what_a_run_names_concerns_those_that_judge_by_it) {
  EXPECT_THAT(concerned("data/rows.jsonl"), UnorderedElementsAre("regression", "quality"));
  EXPECT_THAT(concerned("tools/featurize.py"), UnorderedElementsAre("regression", "quality"));
  EXPECT_THAT(concerned("data/rules.md"), UnorderedElementsAre("regression", "quality")) << "behind a '='";
  EXPECT_THAT(concerned("data/train/a.txt"), UnorderedElementsAre("regression", "quality"));
}

TEST_F(ConcernsTest, what_is_named_concerns_even_where_it_looks_like_a_document) {
  write_file(root_ / "data/train/card.md", "x");
  EXPECT_THAT(concerned("data/train/card.md"), UnorderedElementsAre("quality"));
  EXPECT_THAT(concerned("data/README.md"), IsEmpty());
}

TEST_F(ConcernsTest, a_gate_that_says_what_concerns_it_is_left_out_of_all_else) {
  EXPECT_THAT(concerned("src/deep/x.cpp"), UnorderedElementsAre("unit", "regression", "quality"));
  EXPECT_THAT(concerned("../shared/x.h"), UnorderedElementsAre("unit", "regression", "quality"));
  EXPECT_THAT(concerned("Makefile"), UnorderedElementsAre("regression", "quality"));
  EXPECT_THAT(concerned("../elsewhere"), UnorderedElementsAre("regression", "quality"));
}

TEST_F(ConcernsTest, names_the_files_that_settings_name_and_are_there) {
  const Concerns concerns(plan_, root_ / "modelgate.yaml", root_ / "candidates/v1", {});
  std::vector<fs::path> named;
  for (const Concerns::Named& one : concerns.named()) named.push_back(one.path);
  EXPECT_EQ(concerns.named().front().gates.size(), 3u) << "the candidate concerns all";
  EXPECT_THAT(named,
              UnorderedElementsAre(root_ / "candidates/v1", root_ / "data/rows.jsonl",
                                   root_ / "tools/featurize.py", root_ / "golden/out.safetensors",
                                   root_ / "data/train", root_ / "data/words.txt", root_ / "data/rules.md"));
}

}  // namespace
}  // namespace modelgate
