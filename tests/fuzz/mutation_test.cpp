// Every reader is given thousands of damaged files. It may take them or refuse them with an Error; what it
// must not do is crash, hang, throw anything else, or take a document that it could not write again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "schemas/documents/plan.h"
#include "schemas/formats/gate_input.h"
#include "schemas/formats/google_benchmark.h"
#include "schemas/formats/junit.h"
#include "schemas/formats/quick_google_benchmark.h"
#include "schemas/formats/safetensors.h"
#include "schemas/rows/read_rows.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/fuzz/mutation.h"
#include "tests/schemas/fixtures/example_documents.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

struct Tally {
  int taken = 0, refused = 0;
};

/// Reads damaged forms of the texts. `read` throws an Error or nothing.
template <typename Read>
Tally read_damaged(const std::vector<std::string>& texts, const std::vector<std::string>& tokens, int times,
                   Read read) {
  Mutator mutator(20261123, tokens);
  Tally tally;
  for (int i = 0; i < times; ++i) {
    const std::string& text = texts[static_cast<std::size_t>(i) % texts.size()];
    const std::string damaged =
        mutator.damaged(text, texts[static_cast<std::size_t>(i * 7 + 1) % texts.size()]);
    try {
      read(damaged);
      ++tally.taken;
    } catch (const Error& error) {
      ++tally.refused;
      EXPECT_FALSE(error.message().empty());
      EXPECT_LT(std::string(error.what()).size(), 20'000u) << error.what();
    } catch (const std::exception& error) {
      ADD_FAILURE() << "damage " << i << " is not refused by an Error: " << error.what() << "\n"
                    << damaged.substr(0, 2000);
    }
  }
  // A reader that takes everything, or nothing, was not tested.
  EXPECT_GT(tally.taken, times / 200);
  EXPECT_GT(tally.refused, times / 10);
  return tally;
}

/// Writes a file as fast as it goes: it need not outlast a loss of power.
fs::path written(const TemporaryFolder& folder, const std::string& name, const std::string& content) {
  fs::remove(folder / name);  // what replaces a file is flushed at once by some file systems
  std::ofstream(folder / name, std::ios::binary) << content;
  return folder / name;
}

class DamagedDocuments : public ::testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Each, DamagedDocuments,
                         ::testing::Values("measurements", "verdict", "baseline-manifest", "baseline-green",
                                           "calibration"),
                         [](const auto& info) { return info.param.substr(info.param.find('-') + 1); });

TEST_P(DamagedDocuments, are_refused_or_can_be_written_and_read_again) {
  std::vector<std::string> texts;
  // In one line each, so that damage hits more of meaning.
  for (const fs::path& path : examples(GetParam()))
    texts.push_back(nlohmann::ordered_json::parse(read_file(path)).dump());
  read_damaged(texts, {"\"a\": 1,", "[]", "{}", "\"status\": \"pass\",", ","}, 2000,
               [&](const std::string& damaged) {
                 const std::string written = read_and_write_json(GetParam(), damaged);
                 EXPECT_EQ(read_and_write_json(GetParam(), written), written) << damaged;
               });
}

TEST(DamagedJson, is_taken_only_where_another_parser_takes_it) {
  std::vector<std::string> texts = {
      R"({"a": [1, -2.5e3, "x\u00e9\n", {"b": null, "c": true}], "": {}, "d": [[], 0.1]})",
      R"([{"k": "\ud83d\ude00"}, 12345678901234567890, false])"};
  read_damaged(texts, {",", ":", "1.", "e5", "//", "[]"}, 10'000, [](const std::string& damaged) {
    parse_json(damaged, "d.json");
    EXPECT_TRUE(nlohmann::json::accept(damaged)) << damaged;
  });
}

TEST(DamagedPlans, are_refused_or_read) {
  std::vector<std::string> texts;
  for (const fs::path& path : examples("plan")) texts.push_back(read_file(path));
  read_damaged(
      texts,
      {"&a ", "*a", "!!str ", "<<: ", "---\n", "? ", ": ", "- ", "#", "{runs.model}", "|\n", "%", "a: b\n"},
      3000, [](const std::string& damaged) { parse_yaml(damaged, "plan.yaml"); });
  const TemporaryFolder folder;
  read_damaged(texts, {"{runs.model}", "{subject}", "%", "gate: unit"}, 1000,
               [&](const std::string& damaged) {
                 const Plan plan = read_plan(folder.with("modelgate.yaml", damaged));
                 EXPECT_FALSE(plan.gates.empty());
               });
}

TEST(DamagedJUnit, is_refused_or_read) {
  const std::vector<std::string> texts = {
      R"(<?xml version="1.0" encoding="UTF-8"?><testsuites tests="2"><testsuite name="S" failures="1"><testcase classname="C" name="a" time="0.1"><failure message="m &lt; n"><![CDATA[body]]></failure></testcase><testcase classname="C" name="b" status="notrun"/></testsuite></testsuites>)",
      R"(<testsuite name="T"><properties/><testcase name="c"><flakyFailure message="x">y</flakyFailure></testcase><testsuite name="U"><testcase name="d"><skipped/></testcase></testsuite></testsuite>)"};
  read_damaged(texts,
               {"<testsuite>", "</testsuite>", "<testcase name='x'/>", "&amp;", "&#0;", "<!--", "]]>",
                "<!DOCTYPE x>", "<?x?>"},
               5000, [](const std::string& damaged) {
                 Measurements measurements = junit_from(damaged, "r.xml");
                 measurements.created = "2026-11-23T20:00:00Z";
                 to_json(measurements);  // bytes that are no text are replaced
               });
}

TEST(DamagedGoogleBenchmark, is_refused_or_read) {
  const std::vector<std::string> texts = {
      R"({"context": {"library_build_type": "release"}, "benchmarks": [{"name": "BM/8", "run_name": "BM/8", "run_type": "iteration", "repetitions": 2, "iterations": 10, "real_time": 250.5, "cpu_time": 200, "time_unit": "us", "items_per_second": 4e6}, {"name": "BM/8_mean", "run_type": "aggregate", "real_time": 1, "cpu_time": 1, "time_unit": "us"}, {"name": "BM_bad", "error_occurred": true, "error_message": "no"}]})"};
  int quickly = 0;
  read_damaged(texts,
               {"\"name\": 1,", "[]", ",", "\"skipped\": true,", "\"cpu_time\": 3,", "\\ud800", "\\u0000"},
               20'000, [&](const std::string& damaged) {
                 const auto quick = quick_google_benchmark(damaged, damaged.size());
                 quickly += quick ? 1 : 0;
                 Measurements strict;
                 try {
                   strict = google_benchmark_from(parse_json(damaged, "b.json"));
                 } catch (const Error&) {
                   EXPECT_FALSE(quick) << damaged;
                   throw;
                 }
                 EXPECT_EQ(quick.value_or(strict), strict) << damaged;
                 to_json(strict);
               });
  EXPECT_GT(quickly, 1000);
}

TEST(DamagedResults, of_benchmarks_are_refused_or_can_be_written) {
  const std::vector<std::string> texts = {
      R"({"results": [{"command": "sort x", "mean": 0.1, "times": [0.1, 0.2], "memory_usage_byte": [1, 2],
        "exit_codes": [0, null], "parameters": {"n": "1"}}]})",
      R"({"machine_info": {"system": "Linux", "cpu": {"count": 8, "brand_raw": "c"}}, "benchmarks": [{"name": "t",
        "fullname": "f::t", "stats": {"data": [0.5, 1e-3], "rounds": 2}}]})",
      R"({"devices": [{"id": 0, "name": "G"}], "benchmarks": [{"name": "b", "states": [{"device": 0, "axis_values":
        [{"name": "n", "value": "1"}], "summaries": [{"tag": "nv/json/bin:nv/cold/sample_times", "data":
        [{"name": "filename", "value": "x-bin/0.bin"}, {"name": "size", "value": "2"}]}], "is_skipped": false}]}]})",
      R"k({"metrics": {"http_req_duration": {"avg": 1, "med": 2, "p(95)": 3, "thresholds": {"p(95)<1": true}},
        "http_reqs": {"rate": 5}, "checks": {"values": {"passes": 1, "fails": 0}}}})k",
      R"({"sampling_mode": "Flat", "iters": [1.0, 2.0], "times": [10.0, 20.5]})",
      R"([{"name": "n", "unit": "ms", "value": 1.5, "range": "x"}, {"name": "m", "unit": "files", "value": 2}])",
      "goos: linux\npkg: p\ncpu: c\nUnit x better=higher\nBenchmarkX-8 \t 100\t 5.5 ns/op\t 3 x\nPASS\nok "
      "\tp\t1s\n",
      "Running 1s test @ http://h/p\n    Latency  1.5ms 2us 3s 70%\n  Latency Distribution (HdrHistogram - "
      "Recorded "
      "Latency)\n 50.000%    1.1ms\n 99.900%  2.00s \nRequests/sec:  10.5\n"};
  const TemporaryFolder folder;
  folder.with("x-bin/0.bin", std::string(8, '\1'));
  read_damaged(texts,
               {"\"benchmarks\": [],", "null", "[]", "{}", "1e999", "-1", "NaN", "\"times\": 1,",
                "BenchmarkY 1 2 ns/op\n", "PASS\n", "goos: x\n", "/", "%"},
               8000, [&](const std::string& damaged) {
                 Measurements read = read_gate_input(written(folder, "results", damaged), Role::candidate,
                                                     {ForeignFormat::benchmarks});
                 to_json(read);
               });
}

TEST(DamagedRecords, are_refused_or_read) {
  const std::vector<std::string> texts = {
      "{\"id\": \"zh-1\", \"label\": \"退款\", \"prediction\": \"refund\", \"scores\": {\"refund\": 0.9, "
      "\"other\": 0.1}, "
      "\"slices\": {\"lang\": \"zh\"}}\n{\"id\": 2, \"score\": 0.5, \"metrics\": {\"bleu\": 1}, \"nll\": 3, "
      "\"tokens\": 4}\n",
      "{\"id\": 3, \"output\": \"text \\u00e9\", \"refs\": [\"a\", 2], \"cluster\": 1, \"sample\": 0, "
      "\"scores\": [0.5, "
      "0.5]}\n\n{\"id\": 4, \"error\": \"no\"}"};
  RowRequest request;
  request.words = {"label", "prediction", "slices.lang"};
  request.numbers = {"score", "scores.refund", "scores.1", "nll", "metrics.bleu"};
  request.texts = {"output", "refs", "metrics"};
  const TemporaryFolder folder;
  read_damaged(texts, {"{\"id\": 1}\n", "\"id\": 7,", "{}", ",", "\r"}, 3000,
               [&](const std::string& damaged) {
                 const RowTable table = read_rows(written(folder, "rows.jsonl", damaged), request);
                 EXPECT_GT(table.size(), 0u);
               });
}

TEST(DamagedCsv, is_refused_or_read) {
  const std::vector<std::string> texts = {
      "id,label,prediction,score,slices.lang,output\n1,a,b,0.5,zh,\"x, \"\"y\"\"\nz\"\n\"2\",b,,-1e3,,\r\n",
      "id\tlabel\tscore\nx\tyes\t0.25\n\ny\tno\t3\n"};
  RowRequest request;
  request.words = {"label", "prediction", "slices.lang"};
  request.numbers = {"score"};
  request.texts = {"output"};
  const TemporaryFolder folder;
  read_damaged(texts, {"\"", ",", "\n", "\r\n", "\t", "1,2,3,4,5,6\n"}, 3000,
               [&](const std::string& damaged) {
                 const RowTable table = read_rows(written(folder, "rows.csv", damaged), request);
                 EXPECT_GT(table.size(), 0u);
               });
}

TEST(DamagedSafetensors, are_refused_or_stay_within_their_bytes) {
  const TemporaryFolder folder;
  const std::vector<float> values = {1, 2, 3, 4, 5, 6};
  write_safetensors(folder / "a",
                    {{"x", "F32", {2, 3}, std::as_bytes(std::span(values))},
                     {"empty", "I64", {0}, {}},
                     {"y", "U8", {24}, std::as_bytes(std::span(values))}},
                    {{"k", "v"}});
  write_safetensors(folder / "b", {{"z", "F32", {}, std::as_bytes(std::span(values).first(1))}});
  read_damaged({read_file(folder / "a"), read_file(folder / "b")},
               {"[0,", "\"F64\"", "{}", std::string(8, '\0')}, 4000, [&](const std::string& damaged) {
                 const Safetensors file(folder.with("damaged", damaged));
                 unsigned sum = 0;
                 for (const Tensor& tensor : file.tensors()) {
                   EXPECT_EQ(tensor.bytes.size(),
                             static_cast<std::size_t>(tensor.elements()) * dtype_bytes(tensor.dtype));
                   for (const std::byte one : tensor.bytes) sum += static_cast<unsigned>(one);
                   EXPECT_EQ(file.find(tensor.name), &tensor);
                 }
                 EXPECT_LE(sum, 255u * damaged.size());
               });
}

TEST(DamagedArrays, are_refused_or_read_as_rows) {
  const fs::path arrays = fs::path(MODELGATE_SOURCE_DIR) / "tests/schemas/rows/arrays";
  RowRequest request;
  request.words = {"label", "prediction", "slices.lang"};
  request.numbers = {"score", "scores.1", "nll", "metrics.acc"};
  request.texts = {"ranked"};
  const TemporaryFolder folder;
  for (const char* name : {"stored.npz", "compressed.npz", "structured.npy"})
    read_damaged({read_file(arrays / name)},
                 {"'<U9'", "(4,)", "('label', '<i8')", "(9223372036854775807,)", "PK\x01\x02", "PK\x05\x06",
                  std::string(8, '\xff')},
                 3000, [&](const std::string& damaged) {
                   const RowTable table = read_rows(written(folder, "rows", damaged), request);
                   EXPECT_GT(table.size(), 0u);
                   EXPECT_LE(table.size(), damaged.size());
                 });
}

TEST(DamagedToolRows, are_refused_or_read) {
  const fs::path tools = fs::path(MODELGATE_SOURCE_DIR) / "tests/schemas/rows/tools";
  RowRequest request;
  request.words = {"label", "prediction", "slices.filter", "slices.lang"};
  request.numbers = {"metrics.exact_match", "metrics.acc_norm", "metrics.pass", "metrics.tone"};
  request.texts = {"output"};
  const TemporaryFolder folder;
  for (const char* name : {"samples_generation.jsonl", "samples_choice.jsonl", "promptfoo.json"})
    read_damaged({read_file(tools / name)},
                 {"\"success\": false,", "\"error\": \"x\",", "\"gradingResult\": null,", "\"testIdx\": 2,",
                  "[]", "{}", "\"filter\": 1,", "\"results\": ["},
                 3000, [&](const std::string& damaged) {
                   const RowTable table = read_rows(written(folder, "rows", damaged), request);
                   EXPECT_GT(table.size(), 0u);
                 });
}

TEST(DamagedFiles, of_any_kind_are_refused_or_read_by_the_gates) {
  std::vector<std::string> texts = {
      "<testsuite><testcase name='n'/></testsuite>", "{\"id\": 1}\n{\"id\": 2}\n",
      "{\"benchmarks\": [{\"name\": \"B\", \"real_time\": 1, \"cpu_time\": 1}]}",
      std::string("\2\0\0\0\0\0\0\0{}", 10)};
  for (const fs::path& path : examples("measurements")) texts.push_back(read_file(path));
  const TemporaryFolder folder;
  read_damaged(texts, {"<", "{", "[", "\n"}, 2000, [&](const std::string& damaged) {
    read_gate_input(folder.with("input", damaged), Role::candidate,
                    {ForeignFormat::junit, ForeignFormat::benchmarks, ForeignFormat::records,
                     ForeignFormat::safetensors});
  });
}

}  // namespace
}  // namespace modelgate
