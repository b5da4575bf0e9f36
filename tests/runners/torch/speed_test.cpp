// What modelgate-run-torch measures of speed. None of these tests asks how fast anything is.

#include <algorithm>
#include <map>
#include <set>

#include "tests/runners/torch/torch_runner.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

class TorchSpeedTest : public TorchRunnerTest {
 protected:
  /// Measures what the options say in one process that does not take long.
  ProcessOutcome measure(const std::string& model, std::vector<std::string> options) {
    for (const auto& [option, value] : {std::pair{"--pairs", "1"},
                                        {"--min-time-seconds", "0"},
                                        {"--warmup", "1"},
                                        {"--warmup-seconds", "0"}})
      if (std::find(options.begin(), options.end(), option) == options.end())
        options.insert(options.end(), {option, value});
    return run(model, options);
  }

  /// Names of the series of the candidate that have this quantity.
  std::vector<std::string> names(const std::string& quantity) {
    std::vector<std::string> found;
    for (const SampleSeries& series : of_kind<SampleSeries>(document()))
      if (series.quantity == quantity) found.push_back(series.name);
    return found;
  }

  /// All values of one of the candidate's series, process after process.
  std::vector<double> values(const std::string& name, const std::string& quantity) {
    std::vector<double> all;
    for (const SampleSeries& series : of_kind<SampleSeries>(document()))
      if (series.name == name && series.quantity == quantity)
        for (const ProcessSamples& process : series.processes)
          all.insert(all.end(), process.values.begin(), process.values.end());
    return all;
  }

  /// The candidate's only problem, after a run that ended with exit code 4.
  Problem failure_of(const ProcessOutcome& outcome) {
    EXPECT_EQ(outcome.exit_code, 4) << outcome.err.text;
    const Measurements measurements = document();
    EXPECT_EQ(measurements.problems.size(), 1u);
    return measurements.problems.empty() ? Problem{} : measurements.problems.front();
  }

  const std::vector<std::string> declared_ = {"--shapes", "input: float32[batch, 2] -1..1"};
};

TEST_F(TorchSpeedTest, is_measured_of_both_subjects_in_interleaved_pairs_of_processes) {
  const ProcessOutcome outcome =
      run("linear",
          {"--baseline", subject("baseline model", "other_numbers").string(), "--pairs", "2",
           "--min-time-seconds", "0.001", "--batch-sizes", "1", "--batch-sizes", "5", "--outputs", "none"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err.text;
  std::set<std::int64_t> positions;
  for (const std::string role : {"candidate", "baseline"}) {
    EXPECT_THAT(of_kind<TensorSeries>(document(role)), IsEmpty());
    std::vector<std::string> keys;
    for (const SampleSeries& samples : of_kind<SampleSeries>(document(role))) {
      keys.push_back(samples.name + " " + samples.quantity + " " + samples.unit + " " +
                     name_of(samples.better));
      EXPECT_TRUE(samples.interleaved);
      ASSERT_EQ(samples.processes.size(), 2u);
      for (std::int64_t pair = 0; pair < 2; ++pair) {
        const ProcessSamples& process = samples.processes[static_cast<std::size_t>(pair)];
        EXPECT_EQ(process.pair, pair);
        EXPECT_EQ(process.position / 2, pair);
        positions.insert(process.position);
        if (samples.quantity == "latency")
          EXPECT_GE(process.values.size(), 3u);
        else
          EXPECT_EQ(process.values.size(), 1u);
        for (const double value : process.values) EXPECT_GT(value, 0) << keys.back();
      }
    }
    EXPECT_THAT(keys, ElementsAre("latency batch=1 latency s lower", "latency batch=1 throughput 1/s higher",
                                  "latency batch=5 latency s lower", "latency batch=5 throughput 1/s higher",
                                  "model first_result s lower", "model load_time s lower",
                                  "model peak_memory bytes lower", "model model_size bytes lower",
                                  "model parameters count unknown", "model operators count unknown"));
  }
  EXPECT_THAT(positions, ElementsAre(0, 1, 2, 3));
}

TEST_F(TorchSpeedTest, of_a_first_release_is_measured_alone) {
  ASSERT_EQ(measure("softmax", {"--batch-sizes", "1"}).exit_code, 0);
  for (const SampleSeries& series : of_kind<SampleSeries>(document())) EXPECT_FALSE(series.interleaved);
  EXPECT_THAT(document().notes, Contains(HasSubstr("as they stand")));
}

TEST_F(TorchSpeedTest, a_model_is_counted_alike_in_every_process) {
  ASSERT_EQ(measure("linear", {"--pairs", "2", "--batch-sizes", "1"}).exit_code, 0);
  const auto bytes = static_cast<double>(fs::file_size(folder_ / "candidate model" / "model.pt"));
  EXPECT_THAT(values("model", "model_size"), ElementsAre(bytes, bytes));
  EXPECT_THAT(values("model", "parameters"), ElementsAre(6, 6));  // 3 by 2; the whole-number buffer is none
  EXPECT_THAT(values("model", "operators"), ElementsAre(2, 2));   // t and matmul
}

TEST_F(TorchSpeedTest, the_first_result_takes_as_long_as_the_load_and_more) {
  ASSERT_EQ(measure("linear", {"--pairs", "2", "--batch-sizes", "1"}).exit_code, 0);
  const std::vector<double> loads = values("model", "load_time"), results = values("model", "first_result");
  ASSERT_EQ(loads.size(), 2u);
  for (std::size_t i = 0; i < loads.size(); ++i) EXPECT_GT(results.at(i), loads[i]);
}

TEST_F(TorchSpeedTest, peak_memory_is_that_of_the_calls_of_all_shapes) {
  // Of the second shape the input is 105 MB, and the output again; LibTorch itself is some 170 MB.
  ASSERT_EQ(measure("two_inputs", {"--shapes", "left: float32[batch, 65536]", "--shapes", "right: float32[1]",
                                   "--batch-sizes", "1", "--batch-sizes", "400"})
                .exit_code,
            0);
  ASSERT_THAT(values("model", "peak_memory"), ::testing::SizeIs(1));
  EXPECT_GT(values("model", "peak_memory")[0], 300e6);
}

TEST_F(TorchSpeedTest, names_hold_what_is_listed_and_each_dtype_and_mode_is_loaded_in_its_own_process) {
  const ProcessOutcome outcome =
      measure("linear", {"--batch-sizes", "2", "--dtypes", "float32", "--dtypes", "bfloat16", "--modes",
                         "frozen", "--modes", "eager", "--outputs", "none"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err.text;
  EXPECT_THAT(
      names("latency"),
      ElementsAre("latency batch=2 dtype=float32 mode=frozen", "latency batch=2 dtype=float32 mode=eager",
                  "latency batch=2 dtype=bfloat16 mode=frozen", "latency batch=2 dtype=bfloat16 mode=eager"));
  EXPECT_THAT(names("load_time"),
              ElementsAre("model dtype=float32 mode=frozen", "model dtype=float32 mode=eager",
                          "model dtype=bfloat16 mode=frozen", "model dtype=bfloat16 mode=eager"));
  EXPECT_THAT(document().notes, Contains(HasSubstr("mode=eager: the graph as it was saved")));
}

TEST_F(TorchSpeedTest, the_two_processes_of_a_pair_run_next_to_each_other_whatever_else_is_measured) {
  std::vector<std::string> options = declared_;
  options.insert(options.end(), {"--baseline", subject("baseline model", "softmax").string(), "--batch-sizes",
                                 "1", "--modes", "frozen", "--modes", "eager"});
  ASSERT_EQ(measure("linear", options).exit_code, 0);
  std::map<std::string, std::set<std::int64_t>> positions;
  for (const std::string role : {"candidate", "baseline"})
    for (const SampleSeries& series : of_kind<SampleSeries>(document(role)))
      for (const ProcessSamples& process : series.processes) positions[series.name].insert(process.position);
  EXPECT_THAT(positions, ElementsAre(Pair("latency batch=1 mode=eager", ElementsAre(2, 3)),
                                     Pair("latency batch=1 mode=frozen", ElementsAre(0, 1)),
                                     Pair("model mode=eager", ElementsAre(2, 3)),
                                     Pair("model mode=frozen", ElementsAre(0, 1))));
  EXPECT_THAT(document().notes, Contains(::testing::StartsWith("mode=eager, pairs 1 to 1: ")));
}

TEST_F(TorchSpeedTest, threads_are_those_of_the_process) {
  std::vector<std::string> options = declared_;
  options.insert(options.end(), {"--batch-sizes", "1", "--thread-counts", "2"});
  ASSERT_EQ(measure("linear", options).exit_code, 0);
  EXPECT_THAT(names("latency"), ElementsAre("latency batch=1 threads=2"));
  EXPECT_EQ(document().environment.at("threads"), "2");  // LibTorch says so itself
}

TEST_F(TorchSpeedTest, calls_are_given_the_dtype_that_is_listed) {
  const Problem problem =
      failure_of(measure("takes_bfloat16", {"--batch-sizes", "1", "--dtypes", "bfloat16", "--dtypes",
                                            "float32", "--shapes", "input: float32[batch, 2]"}));
  EXPECT_THAT(problem.sentence, HasSubstr("given input float32[1, 2]"));
  EXPECT_EQ(measure("takes_bfloat16",
                    {"--batch-sizes", "1", "--dtypes", "bfloat16", "--shapes", "input: float32[batch, 2]"})
                .exit_code,
            0);
}

TEST_F(TorchSpeedTest, a_dtype_that_the_device_cannot_compute_is_named_with_the_device) {
  std::vector<std::string> options = declared_;
  options.insert(options.end(), {"--dtypes", "float16", "--batch-sizes", "1"});
  const ProcessOutcome outcome = measure("linear", options);
  if (outcome.exit_code == 0) GTEST_SKIP() << "this LibTorch multiplies float16 on the CPU";
  EXPECT_THAT(failure_of(outcome).sentence, HasSubstr("cannot compute this model in float16 on the CPU: "));
}

TEST_F(TorchSpeedTest, a_length_cuts_the_rows_of_the_data_or_goes_on_with_their_beginning) {
  // The first row is 0.5, 2; the model fails for any other length than 2, and says what it was given.
  for (const auto& [length, told] : {std::pair{"1", "sum 0.5 of 1"}, {"5", "sum 5.5 of 5"}})
    EXPECT_THAT(failure_of(measure("tells_its_sum", {"--batch-sizes", "1", "--lengths", length})).sentence,
                HasSubstr(told));
  EXPECT_EQ(measure("tells_its_sum", {"--batch-sizes", "1", "--lengths", "2"}).exit_code, 0);
  EXPECT_THAT(names("latency"), ElementsAre("latency batch=1 length=2"));
}

TEST_F(TorchSpeedTest, a_length_that_the_data_do_not_have_is_the_persons_error) {
  write_file(folder_ / "flat.jsonl", "{\"id\": 1, \"inputs\": {\"ids\": 2}}\n");
  ProcessOutcome outcome =
      measure("token_ids", {"--data", (folder_ / "flat.jsonl").string(), "--lengths", "4"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text, HasSubstr("flat.jsonl has a second dimension"));
  write_file(folder_ / "two.jsonl", "{\"id\": 1, \"inputs\": {\"a\": [1, 2], \"b\": [1, 2, 3]}}\n");
  outcome = measure("two_inputs", {"--data", (folder_ / "two.jsonl").string(), "--lengths", "4"});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err.text, HasSubstr("in which 'a' has 2 entries and 'b' 3"));
}

TEST_F(TorchSpeedTest, declared_shapes_need_no_data_and_give_no_answers) {
  std::vector<std::string> options = declared_;
  options.insert(options.end(), {"--batch-sizes", "4"});
  ASSERT_EQ(measure("linear", options).exit_code, 0);
  EXPECT_THAT(names("latency"), ElementsAre("latency batch=4"));
  EXPECT_THAT(of_kind<RecordSeries>(document()), IsEmpty());
  EXPECT_THAT(of_kind<TensorSeries>(document()), IsEmpty());
  EXPECT_THAT(document().notes, Contains(HasSubstr("only speed was measured")));
  EXPECT_EQ(document().environment.at("device"), "cpu");
}

TEST_F(TorchSpeedTest, declared_shapes_beside_data_are_for_speed_alone) {
  std::vector<std::string> options = declared_;
  options.insert(options.end(), {"--data", (folder_ / "rows.jsonl").string(), "--batch-sizes", "4"});
  ASSERT_EQ(measure("linear", options).exit_code, 0);
  EXPECT_EQ(records().size(), 3u);
  EXPECT_THAT(names("latency"), ElementsAre("latency batch=4"));
}

TEST_F(TorchSpeedTest, declared_numbers_are_within_their_range_and_the_same_for_the_same_seed) {
  const auto told = [&](const std::string& seed) {
    return failure_of(measure("tells_its_sum", {"--shapes", "input: int64[batch, length] 3..4", "--lengths",
                                                "1000", "--batch-sizes", "1", "--seed", seed}))
        .sentence;
  };
  const std::string sentence = told("1");
  EXPECT_EQ(told("1"), sentence);
  EXPECT_NE(told("2"), sentence);
  const std::size_t at = sentence.find("sum ");
  ASSERT_NE(at, std::string::npos) << sentence;
  const double sum = std::stod(sentence.substr(at + 4));
  EXPECT_GT(sum, 3300);  // all 3: 3000; all 4: 4000
  EXPECT_LT(sum, 3700);
}

TEST_F(TorchSpeedTest, times_of_single_calls_are_in_their_order_and_no_more_than_a_thousand) {
  std::vector<std::string> options = declared_;
  options.insert(options.end(), {"--batch-sizes", "1", "--min-time-seconds", "0.5"});
  ASSERT_EQ(measure("linear", options).exit_code, 0);
  const std::vector<double> seconds = values("latency batch=1", "latency");
  EXPECT_GE(seconds.size(), 299u);  // what a bound of the 99th percentile needs
  EXPECT_LE(seconds.size(), 1000u);
  EXPECT_FALSE(std::is_sorted(seconds.begin(), seconds.end()));
  EXPECT_THAT(document().notes, Contains(HasSubstr("at most 1000 calls of a shape: of more up to one in ")));
}

TEST_F(TorchSpeedTest, calls_are_warmed_up_until_steady_and_a_bound_that_ends_that_is_told) {
  std::vector<std::string> options = declared_;
  options.insert(options.end(), {"--batch-sizes", "1", "--warmup", "7"});
  ASSERT_EQ(measure("linear", options).exit_code, 0);
  EXPECT_THAT(document().notes, Contains(HasSubstr("7 to 7 calls warmed up")));
  EXPECT_THAT(document().notes,
              Contains(HasSubstr("1 of 1 warm-ups were ended after 0 s before calls were steady")));
  options.insert(options.end(), {"--warmup-seconds", "60"});
  ASSERT_EQ(measure("linear", options).exit_code, 0);
  EXPECT_THAT(document().notes, Not(Contains(HasSubstr("before calls were steady"))));
  options = declared_;
  options.insert(options.end(), {"--batch-sizes", "1", "--warmup", "0"});
  ASSERT_EQ(measure("linear", options).exit_code, 0);
  EXPECT_THAT(document().notes, Contains("calls were timed without any warm-up"));
}

TEST_F(TorchSpeedTest, cold_calls_are_a_series_of_their_own) {
  std::vector<std::string> options = declared_;
  options.insert(options.end(), {"--batch-sizes", "1", "--cold-calls", "2"});
  ASSERT_EQ(measure("linear", options).exit_code, 0);
  EXPECT_THAT(values("latency batch=1", "cold_latency"), ::testing::SizeIs(2));
  EXPECT_THAT(document().notes,
              Contains(HasSubstr("MiB were written to push the rest out of the processor's caches")));
}

TEST_F(TorchSpeedTest, more_pairs_are_added_to_the_configurations_that_are_asked_for) {
  const auto measure_until = [&](const std::string& until, const std::vector<std::string>& more) {
    std::vector<std::string> options = declared_;
    options.insert(options.end(), {"--pairs", "2", "--until", until, "--batch-sizes", "1", "--batch-sizes",
                                   "3", "--dtypes", "float32"});
    options.insert(options.end(), more.begin(), more.end());
    return measure("linear", options).exit_code;
  };
  ASSERT_EQ(measure_until("1", {}), 0);
  ASSERT_EQ(measure_until("2", {"--add", "--benchmark", "latency batch=3 dtype=float32"}), 0);
  for (const SampleSeries& series : of_kind<SampleSeries>(document()))
    EXPECT_EQ(series.processes.size(), series.name == "latency batch=3 dtype=float32" ? 2u : 1u)
        << series.name;
}

TEST_F(TorchSpeedTest, a_gpu_that_cannot_be_used_or_is_not_there_is_told_with_those_that_are) {
  if (fs::exists("/dev/nvidiactl")) GTEST_SKIP() << "this machine may have a GPU";
  const auto told = [&](const std::string& device) {
    ProcessSpec spec = command("linear", {"--device", device});
    spec.environment["MODELGATE_LIBCUDA"] = FAKE_CUDA_DRIVER;
    return failure_of(run_process(spec)).sentence;
  };
  EXPECT_EQ(told("cuda:GPU-b0"),
            "no usable GPU: this LibTorch was built without CUDA (the driver shows Fake H200 1)");
  EXPECT_EQ(told("cuda:7"),
            "no usable GPU: there is no GPU 7; the driver shows 0 GPU-11111111-2222-3333-4444-555555555555 "
            "(Fake H200 0), "
            "1 GPU-b0b1b2b3-b4b5-b6b7-b8b9-babbbcbdbebf (Fake H200 1)");
  ProcessSpec spec = command("linear", {"--device", "auto", "--pairs", "1", "--min-time-seconds", "0"});
  spec.environment["MODELGATE_LIBCUDA"] = FAKE_CUDA_DRIVER;
  EXPECT_EQ(run_process(spec).exit_code, 0);
  EXPECT_THAT(
      document().notes,
      Contains(
          "measured on the CPU, because there is no usable GPU: this LibTorch was built without CUDA (the "
          "driver shows Fake H200 0)"));
  EXPECT_EQ(document().environment.at("device"), "cpu");
}

TEST_F(TorchSpeedTest, options_that_make_no_sense_are_refused_before_anything_is_run) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> wrong = {
      {{"--dtypes", "bf16"}, "Did you mean 'bfloat16'?"},
      {{"--dtype", "fp16"}, "Did you mean 'float16'?"},
      {{"--modes", "lazy"}, "is none of frozen, eager"},
      {{"--lengths", "0"}, "--lengths: '0' is no whole number"},
      {{"--thread-counts", "many"}, "--thread-counts: 'many' is no whole number"},
      {{"--batch-sizes", "1", "--batch-sizes", "1"}, "--batch-sizes: repeats 1"},
      {{"--device", "cuda:first"}, "names no GPU"},
      {{"--cold-calls", "100000", "--pairs", "10"},
       "would give 2000000 times, and a document has room for 1000000"},
      {{"--shapes", "input: float32[bacth]"}, "Did you mean 'batch'?"},
      {{"--shapes", "input: float32[batch]", "--inputs", "input"},
       "says something of --data, which is not given"},
      {{"--shapes", "input: float32[batch]", "--pairs", "0"}, "there is nothing but speed to measure"},
      {{"--shapes", "input: float32[batch, length]"}, "--lengths says nothing"}};
  for (const auto& [options, words] : wrong) {
    const ProcessOutcome outcome = measure("linear", options);
    EXPECT_EQ(outcome.exit_code, 2) << words;
    EXPECT_THAT(outcome.err.text, HasSubstr(words));
  }
}

}  // namespace
}  // namespace modelgate
