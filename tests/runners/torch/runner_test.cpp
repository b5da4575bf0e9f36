// Answers and outputs; what is measured of speed is tested in speed_test.cpp.

#include <cmath>
#include <limits>

#include "schemas/documents/manifest.h"
#include "tests/runners/torch/torch_runner.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(TorchRunnerTest, writes_answers_and_raw_outputs_of_every_row) {
  const ProcessOutcome outcome = run("linear", {"--classes", (folder_ / "classes.txt").string()});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_EQ(outcome.err.text, "");
  const std::vector<Record> rows = records();
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].id, "a");
  EXPECT_EQ(rows[0].prediction, "cancel");
  EXPECT_EQ(rows[0].label, "cancel");
  EXPECT_THAT(rows[0].slices, ElementsAre(::testing::Pair("lang", "en")));
  EXPECT_EQ(rows[1].id, "7");
  EXPECT_EQ(rows[2].prediction, "refund");
  EXPECT_THAT(floats(*outputs().find("output")),
              ElementsAre(0.5f, 2.f, -1.5f, -1.5f, 0.25f, -1.75f, 3.f, 1.f, 2.f));
  const Measurements measurements = document();
  EXPECT_EQ(measurements.runner, "torch");
  EXPECT_THAT(measurements.environment,
              AllOf(Contains(::testing::Pair("device", "cpu")), Contains(::testing::Pair("threads", "1")),
                    Contains(::testing::Pair("dtype", "as saved")), Contains(::testing::Key("torch"))));
  // Nothing else is left in the output folder.
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(folder_ / "out")) left.push_back(entry.path().filename());
  EXPECT_THAT(left, ::testing::UnorderedElementsAre("candidate", "candidate.json"));
}

TEST_F(TorchRunnerTest, a_row_that_is_not_a_number_has_an_error_and_stays_in_the_raw_outputs) {
  ASSERT_EQ(run("not_a_number").exit_code, 0);
  const std::vector<Record> rows = records();
  EXPECT_EQ(rows[1].error, "output is not a number");
  EXPECT_EQ(rows[1].prediction, std::nullopt);
  EXPECT_EQ(rows[0].error, std::nullopt);
  EXPECT_EQ(of_kind<RecordSeries>(document())[0].errors, 1);
  EXPECT_EQ(of_kind<RecordSeries>(document())[0].test_set, digest_of_file(folder_ / "rows.jsonl"));
  const std::vector<float> values = floats(*outputs().find("output"));
  EXPECT_TRUE(std::isnan(values[3]));
  EXPECT_FALSE(std::isnan(values[0]));
}

TEST_F(TorchRunnerTest, names_the_parts_of_tuples_and_keeps_only_the_rows_asked_for) {
  ASSERT_EQ(run("tuple", {"--outputs", "2"}).exit_code, 0);
  const Safetensors file = outputs();
  ASSERT_EQ(file.tensors().size(), 2u);
  EXPECT_THAT(file.find("output.0")->shape, ElementsAre(2, 3));
  EXPECT_THAT(floats(*file.find("output.1")), ElementsAre(2.5f, -1.25f));
  EXPECT_EQ(records().size(), 3u);
}

TEST_F(TorchRunnerTest, names_the_parts_of_dictionaries_and_answers_by_the_logits) {
  ASSERT_EQ(run("dictionary").exit_code, 0);
  EXPECT_THAT(outputs().find("output.embedding")->shape, ElementsAre(3, 2));
  EXPECT_EQ(records()[0].scores.size(), 3u);
}

TEST_F(TorchRunnerTest, gives_forward_its_arguments_in_the_order_asked_for_and_in_the_dtype_asked_for) {
  write_file(folder_ / "two.jsonl",
             "{\"id\": 1, \"inputs\": {\"b\": [3.5, 1], \"a\": [10, 20], \"unused\": [0]}}\n");
  ASSERT_EQ(run("two_inputs", {"--data", (folder_ / "two.jsonl").string(), "--inputs", "a", "--inputs", "b",
                               "--dtype", "bfloat16"})
                .exit_code,
            0);
  const Safetensors file = outputs();
  // a is I64 and stays so; 10 - 2 · 3.5 and 20 - 2 · 1 in bfloat16.
  EXPECT_EQ(file.find("output")->dtype, "BF16");
  const std::uint16_t expected[] = {0x4040, 0x4190};
  EXPECT_EQ(std::memcmp(file.find("output")->bytes.data(), expected, sizeof expected), 0);
}

TEST_F(TorchRunnerTest, converts_floating_weights_and_leaves_whole_numbers) {
  write_file(folder_ / "ids.jsonl", "{\"id\": 1, \"inputs\": {\"ids\": 2}}\n");
  ASSERT_EQ(run("token_ids", {"--data", (folder_ / "ids.jsonl").string(), "--dtype", "bfloat16"}).exit_code,
            0);
  const std::uint16_t expected[] = {0x3f80, 0xbf80};  // the third row of the weight, (1, -1)
  const Safetensors file = outputs();
  EXPECT_EQ(file.find("output")->dtype, "BF16");
  EXPECT_THAT(file.find("output")->shape, ElementsAre(1, 2));
  EXPECT_EQ(std::memcmp(file.find("output")->bytes.data(), expected, sizeof expected), 0);
}

TEST_F(TorchRunnerTest, answers_more_rows_than_fit_a_batch_in_their_order) {
  std::string lines;
  for (int i = 0; i < 150; ++i)
    lines += "{\"id\": " + std::to_string(i) + ", \"inputs\": [" + std::to_string(i) + ".5, 0]}\n";
  write_file(folder_ / "many.jsonl", lines);
  ASSERT_EQ(run("linear", {"--data", (folder_ / "many.jsonl").string()}).exit_code, 0);
  const std::vector<float> values = floats(*outputs().find("output"));
  ASSERT_EQ(values.size(), 450u);
  for (std::size_t i = 0; i < 150; ++i) EXPECT_EQ(values[3 * i], static_cast<float>(i) + 0.5f);
  EXPECT_EQ(records()[149].id, "149");
}

TEST_F(TorchRunnerTest, takes_safetensors_and_names_their_label_indices) {
  const std::vector<float> x = {1, 5, 4, 2};
  const std::vector<std::int64_t> labels = {1, 2};
  write_safetensors(folder_ / "rows.safetensors", {{"x", "F32", {2, 2}, std::as_bytes(std::span(x))},
                                                   {"label", "I64", {2}, std::as_bytes(std::span(labels))}});
  ASSERT_EQ(run("linear", {"--data", (folder_ / "rows.safetensors").string(), "--classes",
                           (folder_ / "classes.txt").string()})
                .exit_code,
            0);
  EXPECT_EQ(records()[1].id, "1");
  EXPECT_EQ(records()[1].label, "other");
  EXPECT_EQ(records()[1].prediction, "refund");
}

TEST_F(TorchRunnerTest, random_numbers_of_a_model_are_the_same_for_the_same_seed) {
  ASSERT_EQ(run("random", {"--baseline", subject("baseline model", "random").string()}).exit_code, 0);
  EXPECT_EQ(of_kind<TensorSeries>(document("candidate"))[0].digest,
            of_kind<TensorSeries>(document("baseline"))[0].digest);
}

TEST_F(TorchRunnerTest, a_file_that_is_no_model_is_a_problem_in_one_sentence) {
  const Problem problem = problem_of(run("garbage"));
  EXPECT_EQ(problem.code, "failed");
  EXPECT_THAT(problem.sentence, HasSubstr("model.pt is no TorchScript model"));
}

TEST_F(TorchRunnerTest, a_missing_model_is_a_problem) {
  model_file_ = "{subject}/other.pt";
  const Problem problem = problem_of(run("linear"));
  EXPECT_EQ(problem.code, "no_model");
}

TEST_F(TorchRunnerTest, a_model_that_takes_other_inputs_is_a_problem) {
  EXPECT_EQ(problem_of(run("two_inputs")).sentence,
            "forward takes 2 inputs (left, right), and the data give 1 (input)");
}

TEST_F(TorchRunnerTest, an_exception_in_the_model_is_a_problem_in_its_own_words) {
  const Problem problem = problem_of(run("throwing"));
  EXPECT_EQ(problem.code, "failed");
  EXPECT_EQ(problem.sentence,
            "the model failed: AssertionError: the vocabulary is missing (given input float32[3, 2])");
}

TEST_F(TorchRunnerTest, outputs_without_a_row_for_each_row_are_a_problem) {
  EXPECT_THAT(problem_of(run("transposed")).sentence,
              HasSubstr("output has shape [2, 3] for a batch of 3 rows"));
  EXPECT_THAT(problem_of(run("text")).sentence, HasSubstr("forward gives a String"));
}

TEST_F(TorchRunnerTest, class_names_that_do_not_fit_are_a_problem) {
  write_file(folder_ / "classes.txt", "refund\ncancel\n");
  const Problem problem = problem_of(run("linear", {"--classes", (folder_ / "classes.txt").string()}));
  EXPECT_EQ(problem.code, "bad_output");
  EXPECT_EQ(problem.sentence, "the model gives 3 scores a row, and there are 2 class names");
}

TEST_F(TorchRunnerTest, a_model_that_does_not_end_is_stopped_and_its_speed_is_not_measured) {
  const ProcessOutcome outcome = run("endless", {"--timeout-seconds", "1.5", "--pairs", "3"});
  EXPECT_EQ(problem_of(outcome).code, "timed_out");
  EXPECT_THAT(document().notes, Contains(HasSubstr("speed was not measured")));
}

TEST_F(TorchRunnerTest, a_runner_that_is_told_to_end_stops_the_model_and_says_so) {
  ProcessSpec spec = command("linear", {"--baseline", subject("baseline model", "endless").string()});
  spec.timeout = std::chrono::milliseconds(1000);  // then TERM
  spec.grace = std::chrono::milliseconds(20000);
  EXPECT_EQ(run_process(spec).ending, Ending::timed_out);
  for (const std::string role : {"candidate", "baseline"}) {
    ASSERT_EQ(document(role).problems.size(), 1u);
    EXPECT_EQ(document(role).problems[0].code, "interrupted");
  }
}

TEST_F(TorchRunnerTest, a_model_that_takes_too_much_memory_is_killed_and_the_other_is_measured) {
  const ProcessOutcome outcome = run(
      "hungry", {"--memory-limit-mib", "1000", "--baseline", subject("baseline model", "linear").string()});
  EXPECT_EQ(problem_of(outcome).code, "out_of_memory");
  EXPECT_THAT(document("baseline").problems, IsEmpty());
  EXPECT_EQ(of_kind<RecordSeries>(document("baseline")).size(), 1u);
}

TEST_F(TorchRunnerTest, a_gpu_that_is_not_there_is_an_error_and_auto_falls_back_to_the_cpu) {
  if (fs::exists("/dev/nvidiactl")) GTEST_SKIP() << "this machine may have a GPU";
  const Problem problem = problem_of(run("linear", {"--device", "cuda"}));
  EXPECT_EQ(problem.code, "no_gpu");
  EXPECT_THAT(problem.sentence, HasSubstr("no usable GPU: "));
  EXPECT_EQ(run("linear", {"--device", "auto"}).exit_code, 0);
  EXPECT_THAT(document().notes, Contains(HasSubstr("measured on the CPU")));
  EXPECT_EQ(document().environment.at("device"), "cpu");
}

TEST_F(TorchRunnerTest, broken_data_are_the_persons_error_and_leave_no_document_of_an_earlier_run) {
  ASSERT_EQ(run("linear").exit_code, 0);
  write_file(folder_ / "rows.jsonl", "{\"id\": 1, \"inputs\": [1]}\n{\"id\": 2, \"inputs\": [1, 2]}\n");
  const ProcessOutcome outcome = run("linear");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text,
              HasSubstr("rows.jsonl:2: the input 'input' has 2 entries where its first row has 1"));
  EXPECT_FALSE(fs::exists(folder_ / "out" / "candidate.json"));
}

TEST_F(TorchRunnerTest, options_that_make_no_sense_are_refused_before_anything_is_run) {
  const std::vector<std::vector<std::string>> wrong = {
      {"--device", "tpu"},           {"--dtype", "int4"},   {"--threads", "0"},
      {"--batch-sizes", "0"},        {"--outputs", "some"}, {"--inputs", "x"},
      {"--model={subjekt}/model.pt"}};
  for (const std::vector<std::string>& options : wrong)
    EXPECT_EQ(run("linear", options).exit_code, 2) << options[0];
  model_file_ = "{subjekt}/model.pt";
  EXPECT_THAT(run("linear").err.text, HasSubstr("Did you mean '{subject}'?"));
}

TEST_F(TorchRunnerTest, a_label_index_beyond_the_classes_is_the_persons_error) {
  const std::vector<float> x = {1, 5};
  const std::vector<std::int64_t> labels = {3};
  write_safetensors(folder_ / "rows.safetensors", {{"x", "F32", {1, 2}, std::as_bytes(std::span(x))},
                                                   {"label", "I64", {1}, std::as_bytes(std::span(labels))}});
  const ProcessOutcome outcome = run("linear", {"--data", (folder_ / "rows.safetensors").string(),
                                                "--classes", (folder_ / "classes.txt").string()});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text, HasSubstr("the label of row 0 is 3, and there are 3 class names"));
}

}  // namespace
}  // namespace modelgate
