#include "runners/plan/jobs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runners/plan/plan_jobs.h"
#include "schemas/documents/node.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const char text[] = R"(schema: modelgate/plan
version: 1
name: m
candidate: out
runs:
  tests: {runner: gtest, program: "{subject}/tests"}
  features: {runner: exec, command: ["{subject}/featurize"], input: rows.jsonl}
  speed: {runner: bench, program: "{subject}/bench", gpu: GPU-1}
  model: {runner: torch, model: "{subject}/m.pt", data: "{runs.features}", device: cpu}
  other: {runner: torch, model: "{subject}/m.pt", shapes: ["x: float32[batch, 3]"], device: "cuda:0"}
gates:
  performance: {from: speed, margin: 5%}
  unit: {from: tests}
  regression: {from: model, golden: "{subject}/golden.safetensors"}
  latency: {gate: performance, from: other, margin: 5%}
  quality: {from: model, checks: ["accuracy margin=1pp"]}
)";

class JobsTest : public ::testing::Test {
 protected:
  JobsTest() : plan_(read_plan(folder_.with("modelgate.yaml", text))) {}
  std::vector<std::string> names(std::int64_t shards) const {
    std::vector<std::string> all;
    for (const Job& job : jobs_of(plan_, plan_.gates, shards)) all.push_back(job.name);
    return all;
  }
  static std::vector<std::string> names(const std::vector<PlanRun>& runs) {
    std::vector<std::string> all;
    for (const PlanRun& run : runs) all.push_back(run.name);
    return all;
  }
  const TemporaryFolder folder_;
  const Plan plan_;
};

TEST_F(JobsTest, runs_that_read_of_each_other_are_one_chain) {
  EXPECT_THAT(chains_of(plan_.runs), ElementsAre(ElementsAre("tests"), ElementsAre("features", "model"),
                                                 ElementsAre("speed"), ElementsAre("other")));
}

TEST_F(JobsTest, gates_of_one_chain_are_one_job_in_the_order_of_the_gates) {
  EXPECT_THAT(names(1), ElementsAre("performance", "unit", "regression+quality", "latency"));
  const std::vector<Job> jobs = jobs_of(plan_, plan_.gates, 1);
  EXPECT_THAT(jobs[2].gates, ElementsAre("regression", "quality"));
  EXPECT_THAT(jobs[2].runs, ElementsAre("features", "model"));
}

TEST_F(JobsTest, a_run_that_names_a_gpu_needs_one) {
  const std::vector<Job> jobs = jobs_of(plan_, plan_.gates, 1);
  EXPECT_TRUE(jobs[0].needs_gpu);
  EXPECT_FALSE(jobs[1].needs_gpu);
  EXPECT_FALSE(jobs[2].needs_gpu);
  EXPECT_TRUE(jobs[3].needs_gpu);
}

TEST_F(JobsTest, what_can_be_shared_is_divided_and_nothing_else) {
  EXPECT_THAT(names(2), ElementsAre("performance-1", "performance-2", "unit-1", "unit-2",
                                    "regression+quality", "latency"));
}

TEST_F(JobsTest, every_run_is_in_some_shard_and_what_is_not_shared_in_one) {
  EXPECT_THAT(names(runs_of_shard({1, 2}, plan_.runs)), ElementsAre("tests", "features", "speed", "model"));
  EXPECT_THAT(names(runs_of_shard({2, 2}, plan_.runs)), ElementsAre("tests", "speed", "other"));
  EXPECT_EQ(names(runs_of_shard({1, 1}, plan_.runs)), names(plan_.runs));
  EXPECT_THAT(names(runs_of_shard({7, 9}, plan_.runs)), ElementsAre("tests", "speed"));
}

TEST_F(JobsTest, only_the_gates_that_are_asked_for_make_jobs) {
  EXPECT_EQ(jobs_of(plan_, {plan_.gates[1]}, 1).size(), 1u);
}

TEST_F(JobsTest, names_of_jobs_are_unique) {
  Plan plan = plan_;
  plan.gates[0].name = "unit-2";
  const std::vector<Job> jobs = jobs_of(plan, plan.gates, 2);
  std::set<std::string> seen;
  for (const Job& job : jobs) EXPECT_TRUE(seen.insert(job.name).second) << job.name;
}

TEST_F(JobsTest, githubs_matrix_is_one_line_of_json) {
  const std::string matrix = github_matrix(jobs_of(plan_, plan_.gates, 2));
  EXPECT_EQ(std::count(matrix.begin(), matrix.end(), '\n'), 1);
  Fields fields(parse_json(matrix, "matrix"));
  const std::vector<Node> jobs = fields.required("include").items();
  ASSERT_EQ(jobs.size(), 6u);
  EXPECT_EQ(Fields(jobs[1]).text("shard"), "2/2");
  EXPECT_EQ(Fields(jobs[4]).text("only"), "regression,quality");
  EXPECT_TRUE(Fields(jobs[0]).required("gpu").boolean());
}

TEST_F(JobsTest, githubs_matrix_has_at_most_256_jobs) {
  EXPECT_NO_THROW(github_matrix(jobs_of(plan_, plan_.gates, 127)));
  EXPECT_THROW(github_matrix(jobs_of(plan_, plan_.gates, 128)), Error);
}

TEST_F(JobsTest, gitlabs_pipeline_is_yaml_whose_texts_stay_texts) {
  PlanJobsOptions options;
  options.plan = "my plan: $(id)'.yaml";
  options.image = "registry/x:1 # no";
  options.gpu_tags = {"gpu", "a\"b"};
  options.tags = {"cpu"};
  options.path = "/opt/model gate/bin";
  options.inconclusive = "block";
  const std::string yaml = gitlab_pipeline(jobs_of(plan_, plan_.gates, 2), options);
  Fields pipeline(parse_yaml(yaml, "pipeline.yml"));
  Fields job(pipeline.required("gate performance-2"));
  EXPECT_EQ(job.text("image"), options.image);
  EXPECT_EQ(job.required("tags").texts(), options.gpu_tags);
  const std::vector<std::string> script = job.required("script").texts();
  ASSERT_EQ(script.size(), 2u);
  EXPECT_EQ(script[0], "export PATH='/opt/model gate/bin':\"$PATH\"");
  EXPECT_THAT(script[1], HasSubstr("--shard 2/2"));
  EXPECT_THAT(script[1], HasSubstr(R"('my plan: $(id)'\''.yaml')"));
  EXPECT_THAT(script[1], HasSubstr("--inconclusive=block"));
  EXPECT_EQ(Fields(pipeline.required("gate unit-1")).required("tags").texts(), options.tags);
  Fields verdict(pipeline.required("verdict"));
  EXPECT_FALSE(verdict.optional("needs")) << "GitLab takes 50, and there may be more jobs";
  EXPECT_EQ(verdict.text("stage"), "verdict");
  EXPECT_EQ(verdict.text("when"), "always");
}

}  // namespace
}  // namespace modelgate
