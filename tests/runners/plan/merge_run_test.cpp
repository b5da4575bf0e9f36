// Jobs that share a plan, and what `modelgate merge` makes of what they leave.

#include <gmock/gmock.h>

#include "project.h"
#include "schemas/documents/measurements.h"
#include "schemas/tool/files.h"
#include "speed_project.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class JobsOfGates : public ::testing::Test {
 protected:
  ProcessOutcome job(const std::string& gate, const std::string& output) {
    return project_.modelgate({"run", "--quiet", "--only", gate, "--output", "jobs/" + output});
  }
  ProcessOutcome merge(std::vector<std::string> more = {"jobs"}) {
    more.insert(more.begin(), {"merge", "--quiet"});
    return project_.modelgate(more);
  }
  Project project_;
};

TEST_F(JobsOfGates, make_the_verdict_that_one_job_would_have_made) {
  project_.release_baseline();
  project_.write_candidate(8);
  ASSERT_EQ(project_.modelgate({"run", "--quiet"}).exit_code, 0);
  Verdict whole = project_.verdict();
  EXPECT_EQ(job("quality", "one").exit_code, 0);
  EXPECT_EQ(job("again", "two").exit_code, 0);
  const ProcessOutcome merged = merge();
  EXPECT_EQ(merged.exit_code, 0) << merged.err.text;
  Verdict joined = project_.verdict();
  joined.created = whole.created;
  EXPECT_EQ(to_json(joined), to_json(whole));
  EXPECT_THAT(read_file(project_.results() / "junit.xml"), HasSubstr("<testsuite"));
  EXPECT_TRUE(fs::exists(project_.results() / "measurements" / "model" / "candidate" / "records.jsonl"));
}

TEST_F(JobsOfGates, that_fail_make_it_fail) {
  project_.release_baseline();
  project_.write_candidate(60);
  EXPECT_EQ(job("quality", "one").exit_code, 1);
  EXPECT_EQ(job("again", "two").exit_code, 1);
  EXPECT_EQ(merge().exit_code, 1);
}

TEST_F(JobsOfGates, of_which_one_is_missing_are_an_error) {
  project_.release_baseline();
  EXPECT_EQ(job("quality", "one").exit_code, 0);
  EXPECT_EQ(merge().exit_code, 4);
  EXPECT_EQ(project_.verdict().status, Status::error);
  EXPECT_EQ(project_.verdict().checks.back().reason, "verdict_missing");
  EXPECT_EQ(merge({"jobs", "--only", "quality"}).exit_code, 0) << "only that one was expected";
}

TEST_F(JobsOfGates, that_did_not_get_to_their_end_leave_nothing_to_join) {
  project_.write_candidate(0);
  EXPECT_EQ(job("quality", "one").exit_code, 4) << "there is no release";
  const ProcessOutcome merged = merge();
  EXPECT_EQ(merged.exit_code, 4);
  EXPECT_THAT(merged.err.text, HasSubstr("holds no results of a job that got to its end"));
  EXPECT_EQ(project_.verdict().status, Status::error);
}

TEST_F(JobsOfGates, of_different_candidates_plans_or_baselines_are_not_joined) {
  project_.release_baseline();
  EXPECT_EQ(job("quality", "one").exit_code, 0);
  project_.write_candidate(9);
  EXPECT_EQ(job("again", "two").exit_code, 0);
  ProcessOutcome merged = merge();
  EXPECT_EQ(merged.exit_code, 4);
  EXPECT_THAT(merged.err.text, HasSubstr("judges the candidate"));
  EXPECT_EQ(project_.verdict().status, Status::error);

  EXPECT_EQ(job("quality", "one").exit_code, 0);
  EXPECT_EQ(merge().exit_code, 0);
  const std::string plan = read_file(project_.folder() / "modelgate.yaml");
  write_file(project_.folder() / "modelgate.yaml", plan + "# another\n");
  merged = merge();
  EXPECT_EQ(merged.exit_code, 4);
  EXPECT_THAT(merged.err.text, HasSubstr("another plan"));
}

TEST_F(JobsOfGates, that_judge_the_same_gate_contradict_each_other) {
  project_.release_baseline();
  EXPECT_EQ(job("quality", "one").exit_code, 0);
  EXPECT_EQ(job("quality,again", "two").exit_code, 0);
  const ProcessOutcome merged = merge();
  EXPECT_EQ(merged.exit_code, 4);
  EXPECT_THAT(merged.err.text, HasSubstr("which another job judged, too"));
}

TEST_F(JobsOfGates, are_not_joined_into_their_own_folder) {
  project_.release_baseline();
  EXPECT_EQ(job("quality", "one").exit_code, 0);
  for (const char* output : {"jobs", "jobs/one", "jobs/one/deeper", "."}) {
    const ProcessOutcome merged = merge({"jobs", "--output", output});
    EXPECT_EQ(merged.exit_code, 2) << output;
    EXPECT_TRUE(fs::exists(project_.folder() / "jobs" / "one" / "job.json")) << output;
  }
}

TEST_F(JobsOfGates, whose_results_were_tampered_with_are_no_way_out_of_their_folder) {
  project_.release_baseline();
  EXPECT_EQ(job("quality", "one").exit_code, 0);
  EXPECT_EQ(job("again", "two").exit_code, 0);
  write_file(project_.folder() / "secret", "x");
  fs::create_symlink("../../../secret",
                     project_.folder() / "jobs" / "one" / "measurements" / "model" / "secret");
  const ProcessOutcome merged = merge();
  EXPECT_EQ(merged.exit_code, 4);
  EXPECT_THAT(merged.err.text, HasSubstr("neither a file nor a folder"));
}

TEST_F(JobsOfGates, a_forged_record_is_an_error) {
  project_.release_baseline();
  EXPECT_EQ(job("quality", "one").exit_code, 0);
  const fs::path record = project_.folder() / "jobs" / "one" / "job.json";
  for (const char* text : {"", "{}", "{\"schema\": \"modelgate/job\", \"version\": 2}", "not JSON"}) {
    write_file(record, text);
    EXPECT_EQ(merge().exit_code, 4) << text;
    EXPECT_EQ(project_.verdict().status, Status::error) << text;
  }
}

class Shards : public SpeedProject {
 protected:
  void measure(const std::string& speeds, int of) {
    write_file(folder_ / "out" / "speeds", speeds);
    for (int number = 1; number <= of; ++number) {
      const std::string shard = std::to_string(number) + "/" + std::to_string(of);
      const ProcessOutcome outcome = program(
          "modelgate", {"run", "--quiet", "--shard", shard, "--output", "jobs/" + std::to_string(number)});
      EXPECT_EQ(outcome.exit_code, 0) << outcome.err.text;
    }
  }
  int merge() {
    const ProcessOutcome outcome = program("modelgate", {"merge", "jobs", "--quiet"});
    said_ = outcome.err.text;
    verdict_ = read_verdict(folder_ / "gate-results" / "verdict.json");
    return outcome.exit_code;
  }
  Measurements measured(const std::string& results) const {
    return read_measurements(folder_ / results / "measurements" / "speed" / "candidate.json");
  }
};

TEST_F(Shards, together_measure_all_and_are_judged_once) {
  release("a 1e-3 0.01\nb 1e-3 0.01\nc 1e-3 0.01\n");
  measure("a 1e-3 0.01\nb 1.5e-3 0.01\nc 1e-3 0.01\n", 2);
  EXPECT_EQ(merge(), 1) << said_;
  EXPECT_EQ(check("a").status, Status::pass);
  EXPECT_EQ(check("b").status, Status::fail);
  EXPECT_EQ(check("c").status, Status::pass);
  EXPECT_EQ(check("a").n.at("pairs"), 40);
  EXPECT_FALSE(measured("gate-results").part);
}

TEST_F(Shards, by_themselves_pass_nothing) {
  release("a 1e-3 0.01\nb 1e-3 0.01\n");
  measure("a 1e-3 0.01\nb 1e-3 0.01\n", 2);
  const Verdict verdict = read_verdict(folder_ / "jobs" / "1" / "verdict.json");
  EXPECT_EQ(verdict.status, Status::error);
  EXPECT_THAT(verdict.sentence, HasSubstr("shard 1 of 2"));
  ASSERT_TRUE(measured("jobs/2").part);
  EXPECT_EQ(measured("jobs/2").part->number, 2);
  // Nor does a gate that somebody starts by hand.
  const ProcessOutcome gate = program("modelgate-gate-performance",
                                      {"--baseline", "jobs/1/measurements/speed/baseline.json", "--candidate",
                                       "jobs/1/measurements/speed/candidate.json", "--margin", "50%"});
  EXPECT_EQ(gate.exit_code, 4);
  EXPECT_THAT(gate.out.text + gate.err.text, HasSubstr("part 1 of 2"));
}

TEST_F(Shards, of_which_one_is_missing_are_an_error) {
  release("a 1e-3 0.01\nb 1e-3 0.01\n");
  measure("a 1e-3 0.01\nb 1e-3 0.01\n", 2);
  fs::remove_all(folder_ / "jobs" / "2");
  EXPECT_EQ(merge(), 4);
  EXPECT_THAT(said_, HasSubstr("part 2 of 2 is missing"));
  EXPECT_EQ(verdict_.status, Status::error);
}

TEST_F(Shards, may_be_more_than_there_is_to_share) {
  release("a 1e-3 0.01\n");
  measure("a 1e-3 0.01\n", 3);
  EXPECT_EQ(merge(), 0) << said_;
  EXPECT_EQ(check("a").status, Status::pass);
}

TEST_F(Shards, a_benchmark_that_only_one_version_has_is_seen) {
  release("a 1e-3 0.01\nb 1e-3 0.01\ngone 1e-3 0.01\n");
  measure("a 1e-3 0.01\nb 1e-3 0.01\nnew 1e-3 0.01\n", 2);
  const int code = merge();
  const Verdict joined = verdict_;
  EXPECT_EQ(run("a 1e-3 0.01\nb 1e-3 0.01\nnew 1e-3 0.01\n"), code);
  ASSERT_EQ(joined.checks.size(), verdict_.checks.size());
  for (std::size_t i = 0; i < joined.checks.size(); ++i) {
    EXPECT_EQ(joined.checks[i].name, verdict_.checks[i].name);
    EXPECT_EQ(joined.checks[i].status, verdict_.checks[i].status) << joined.checks[i].name;
  }
}

}  // namespace
}  // namespace modelgate
