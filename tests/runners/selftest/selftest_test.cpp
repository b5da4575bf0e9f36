#include <gmock/gmock.h>

#include <map>
#include <set>

#include "measured_project.h"
#include "schemas/documents/manifest.h"
#include "schemas/documents/measurements.h"
#include "schemas/formats/safetensors.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::map<std::string, std::string> contents_of(const fs::path& folder) {
  std::map<std::string, std::string> contents;
  for (const FileEntry& entry : list_files(folder)) contents[entry.path] = entry.digest;
  return contents;
}

/// Rows of a gate's check at a level.
nlohmann::json rows_at(const nlohmann::json& document, const std::string& gate, const std::string& check,
                       const std::string& level) {
  nlohmann::json found = nlohmann::json::array();
  for (const auto& row : document.at("rows"))
    if (row.at("gate") == gate && row.value("check", "") == check && row.at("level") == level)
      found.push_back(row);
  return found;
}

TEST(Selftest, a_sound_plan_is_as_expected_in_every_row) {
  MeasuredProject project;
  const ProcessOutcome outcome = project.selftest();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out.text << outcome.err.text;
  EXPECT_THAT(outcome.out.text, HasSubstr("as expected: all "));
}

TEST(Selftest, every_check_metric_and_slice_is_tried_at_each_level) {
  MeasuredProject project;
  const nlohmann::json document = project.rows();
  std::set<std::string> tried;
  for (const auto& row : document.at("rows")) {
    EXPECT_EQ(row.at("ruling"), "as expected") << row.dump();
    const std::string slice = row.contains("slice") ? "[" + row["slice"].value("lang", "") + "]" : "";
    tried.insert(row.at("gate").get<std::string>() + "/" + row.value("check", "") + slice + " " +
                 row.at("level").get<std::string>());
  }
  for (const char* level : {" half", " twice", " gross"})
    for (const char* check :
         {"performance/infer real_time", "performance/batch items_per_second", "quality/accuracy",
          "quality/accuracy[zh]", "quality/accuracy[en]", "quality/roc_auc(refund)", "quality/f1(macro)",
          "regression/logits", "regression/classes"})
      EXPECT_TRUE(tried.contains(std::string(check) + level)) << check << level;
  for (const char* other :
       {"performance/infer real_time max twice", "quality/accuracy min twice", "unit/tests twice",
        "unit/Suite.test3 other", "regression/logits other", "suite/ none", "unit/ other"})
    EXPECT_TRUE(tried.contains(other)) << other;
}

TEST(Selftest, a_model_that_was_trained_on_the_test_texts_is_planted) {
  MeasuredProject project;
  std::string texts;
  for (int i = 0; i < 1000; ++i)
    texts += "{\"id\": " + std::to_string(i) + ", \"input\": \"question " + std::to_string(i) + "\"}\n";
  write_file(project.folder() / "data" / "test.jsonl", texts);
  write_file(project.folder() / "data" / "train.txt", "another text\n");
  const auto planted = [&](const std::string& limit) {
    project.write_plan(
        "  quality: {from: model, checks: [\"accuracy margin=4pp min=0.8\"], test: data/test.jsonl, "
        "train: [data/train.txt], contaminated: " +
        limit + "}\n");
    const nlohmann::json document = project.rows();
    const nlohmann::json rows = rows_at(document, "quality", "contamination max", "gross");
    EXPECT_EQ(rows.size(), 1u) << document.dump();
    for (const auto& row : document.at("rows"))
      if (row.value("check", "") != "contamination max") {
        EXPECT_EQ(row.at("ruling"), "as expected") << row.dump();
      }
    return rows.empty() ? "" : rows[0].at("ruling").get<std::string>();
  };
  EXPECT_EQ(planted("1%"), "as expected");
  EXPECT_NE(planted("100%"), "as expected");
}

TEST(Selftest, gives_the_same_rows_every_time) {
  MeasuredProject project;
  const nlohmann::json first = project.rows({"--only", "unit,performance"});
  for (int again = 0; again < 3; ++again) {
    const bool same = project.rows({"--only", "unit,performance"}) == first;
    EXPECT_TRUE(same) << "trials end in any order";
  }
}

TEST(Selftest, it_plants_what_it_says) {
  MeasuredProject project;
  const fs::path kept = project.folder() / "kept";
  const nlohmann::json document = project.rows({"--keep", "kept"});
  std::set<std::string> folders;
  for (const auto& row : document.at("rows")) folders.insert(row.at("folder").get<std::string>());
  EXPECT_GT(folders.size(), 80u);
  for (const std::string& folder : folders) EXPECT_TRUE(fs::is_directory(folder)) << folder;
  const auto verdict_in = [&](const nlohmann::json& row, const std::string& gate) {
    return nlohmann::json::parse(
        read_file(fs::path(row.at("folder").get<std::string>()) / "verdicts" / (gate + ".json")));
  };
  const auto effect_of = [&](const std::string& gate, const std::string& check, const std::string& level) {
    const nlohmann::json rows = rows_at(document, gate, check, level);
    EXPECT_FALSE(rows.empty()) << check << level;
    const nlohmann::json verdict = verdict_in(rows.at(0), gate);
    for (const auto& found : verdict.at("checks"))
      if (found.at("name") == check && !found.contains("slice"))
        return found.at("effect").at("estimate").get<double>();
    return 0.0;
  };
  EXPECT_NEAR(effect_of("performance", "infer real_time", "none"), 0, 1e-6);
  EXPECT_NEAR(effect_of("performance", "infer real_time", "half"), 5, 1e-6);
  EXPECT_NEAR(effect_of("performance", "infer real_time", "twice"), 20, 1e-6);
  EXPECT_NEAR(effect_of("performance", "batch items_per_second", "twice"), -20, 1e-6);
  EXPECT_NEAR(effect_of("quality", "accuracy", "half"), -2, 0.11);
  EXPECT_NEAR(effect_of("quality", "accuracy", "twice"), -8, 0.4);
  EXPECT_LE(effect_of("quality", "roc_auc(refund)", "twice"), -16);
  EXPECT_GE(effect_of("quality", "f1(macro)", "half"), -2.5);
}

TEST(Selftest, nothing_that_it_was_given_is_touched_and_nothing_is_left) {
  MeasuredProject project;
  const auto before = contents_of(project.folder());
  const fs::path temporary = project.folder().string() + " temporary";
  fs::remove_all(temporary);
  fs::create_directories(temporary);
  ProcessSpec spec;
  spec.argv = {MODELGATE_BIN_DIR "/modelgate", "selftest"};
  spec.folder = project.folder();
  spec.environment["TMPDIR"] = temporary.string();
  const ProcessOutcome outcome = run_process(spec);
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out.text << outcome.err.text;
  EXPECT_EQ(contents_of(project.folder()), before);
  EXPECT_TRUE(fs::is_empty(temporary));
}

TEST(Selftest, after_a_first_release_the_candidate_stands_on_both_sides) {
  MeasuredProject project;
  project.forget_the_baseline();
  const ProcessOutcome outcome = project.selftest();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out.text << outcome.err.text;
}

TEST(Selftest, few_processes_of_a_candidate_measured_alone_are_the_pairs_of_a_comparison) {
  MeasuredProject project;
  project.forget_the_baseline();
  const fs::path file = project.results() / "measurements" / "speed" / "candidate.json";
  Measurements alone = read_measurements(file);
  alone.looks = {10, 20, 40};
  for (Series& series : alone.series) {
    auto& samples = std::get<SampleSeries>(series);
    samples.interleaved = false;
    samples.processes.resize(10);
    // Between these processes lies more than any margin, and it is the same on both sides.
    for (ProcessSamples& process : samples.processes)
      for (double& value : process.values) value *= 1 + 0.1 * static_cast<double>(process.pair % 4);
  }
  write_file(file, to_json(alone));
  project.write_plan(
      "  performance: {from: speed, margin: 10%, quantities: [real_time, items_per_second]}\n");
  const ProcessOutcome outcome = project.selftest();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out.text << outcome.err.text;
}

TEST(Selftest, noise_that_hides_twice_the_margin_is_said) {
  MeasuredProject project;
  project.write_plan("  performance: {from: speed, margin: 0.1%, quantities: [real_time]}\n");
  const ProcessOutcome outcome = project.selftest();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out.text;
  EXPECT_THAT(
      outcome.out.text,
      HasSubstr(
          "performance/infer real_time: in the noise of the last run a regression of twice the margin"));
  project.write_plan("  performance: {from: speed, margin: 10%, quantities: [real_time]}\n");
  EXPECT_THAT(project.selftest().out.text, Not(HasSubstr("noise")));
}

TEST(Selftest, a_golden_file_is_what_is_planted_in) {
  MeasuredProject project;
  fs::create_directories(project.folder() / "out");
  fs::copy_file(project.results() / "measurements/model/candidate/outputs.safetensors",
                project.folder() / "out/golden.safetensors");
  project.write_plan("  regression: {from: model, golden: \"{subject}/golden.safetensors\"}\n");
  EXPECT_EQ(project.selftest().exit_code, 0) << project.selftest().out.text;
  fs::remove(project.folder() / "out/golden.safetensors");
  const ProcessOutcome outcome = project.selftest();
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.out.text, HasSubstr("golden.safetensors"));
}

TEST(Selftest, only_the_gates_that_are_asked_for_are_tried) {
  MeasuredProject project;
  const nlohmann::json document = project.rows({"--only", "unit,performance"});
  std::set<std::string> gates;
  for (const auto& row : document.at("rows")) gates.insert(row.at("gate").get<std::string>());
  EXPECT_EQ(gates, (std::set<std::string>{"unit", "performance", "suite"}));
  EXPECT_EQ(document.at("exit_code"), 0);
}

TEST(Selftest, waivers_and_tests_that_guard_nothing_are_named) {
  MeasuredProject project;
  project.write_plan(
      "  unit: {from: tests}\nwaivers: [{check: unit/Suite.test3, reason: known, until: 2999-12-31}]\n");
  const ProcessOutcome outcome = project.selftest();
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out.text;
  EXPECT_THAT(outcome.out.text, HasSubstr("unit/Suite.test3"));
  EXPECT_THAT(outcome.out.text, HasSubstr("1 test that does not pass guards nothing"));
}

TEST(Selftest, a_damaged_result_is_no_reason_to_be_silent_about_the_other_gates) {
  MeasuredProject project;
  write_file(project.results() / "measurements/speed/candidate.json", "{");
  const nlohmann::json document = project.rows();
  EXPECT_EQ(document.at("exit_code"), 4);
  EXPECT_EQ(rows_at(document, "performance", "", "none").at(0).at("ruling"), "not tried");
  EXPECT_THAT(rows_at(document, "unit", "tests", "twice"), Not(IsEmpty()));
}

TEST(Selftest, a_data_file_that_was_changed_is_not_taken_for_a_measurement) {
  MeasuredProject project;
  write_file(project.results() / "measurements/model/candidate/records.jsonl", "{\"id\": 1}\n");
  const ProcessOutcome outcome = project.selftest({"--only", "quality"});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.out.text, HasSubstr("digest"));
}

TEST(Selftest, without_results_it_says_what_to_do) {
  MeasuredProject project;
  fs::remove_all(project.results());
  const ProcessOutcome outcome = project.selftest();
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text, HasSubstr("`modelgate run` once"));
}

TEST(Selftest, kept_files_are_not_put_among_others) {
  MeasuredProject project;
  EXPECT_EQ(project.selftest({"--keep", "gate-results"}).exit_code, 2);
  EXPECT_EQ(project.selftest({"--keep", "modelgate.yaml"}).exit_code, 2);
}

}  // namespace
}  // namespace modelgate
