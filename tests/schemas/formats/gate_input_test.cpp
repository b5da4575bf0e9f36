#include "schemas/formats/gate_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/documents/manifest.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/error_of.h"
#include "tests/schemas/fixtures/example_documents.h"
#include "tests/schemas/fixtures/temporary_folder.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::EndsWith;
using ::testing::HasSubstr;

const std::set<ForeignFormat> all = {ForeignFormat::junit, ForeignFormat::benchmarks, ForeignFormat::records,
                                     ForeignFormat::safetensors};

class GateInput : public ::testing::Test {
 protected:
  Measurements read(const std::string& content, const std::set<ForeignFormat>& accepted = all,
                    Role role = Role::candidate) {
    return read_gate_input(folder_.with("in put", content), role, accepted);
  }

  std::string runner_of(const std::string& content) { return read(content).runner; }

  std::string error_in(const std::string& content, const std::set<ForeignFormat>& accepted = all) {
    const std::string error = error_of([&] { read(content, accepted); });
    const std::size_t at = error.find("in put");
    return at == std::string::npos ? error : error.substr(at + 6);
  }

  const TemporaryFolder folder_;
};

const std::string junit = "<testsuite><testcase name='n'/></testsuite>";
const std::string benchmark = "{\"benchmarks\": [{\"name\": \"B\", \"real_time\": 1, \"cpu_time\": 1}]}";
const std::string takes_junit = "\n  This gate takes a measurements document or JUnit XML.";

TEST_F(GateInput, tells_formats_by_their_content) {
  EXPECT_EQ(runner_of(junit), "junit");
  EXPECT_EQ(runner_of("\xef\xbb\xbf \n<?xml version='1.0'?>" + junit), "junit");
  EXPECT_EQ(runner_of(benchmark), "google-benchmark");
  EXPECT_EQ(runner_of("{\n\"benchmarks\":\n[]\n}\n"), "google-benchmark");
  EXPECT_EQ(runner_of("{\"id\": 1}"), "records");
  EXPECT_EQ(runner_of("{\"id\": 1}\r\n{\"id\": 2}\r\n"), "records");
  EXPECT_EQ(runner_of("\n\n{\"id\": 1}\n{\"id\": 2}\n"), "records");
  EXPECT_EQ(runner_of(std::string("\2\0\0\0\0\0\0\0{}", 10)), "safetensors");
}

TEST_F(GateInput, tells_whose_results_of_benchmarks_it_is_given) {
  const std::map<std::string, std::string> runners = {
      {benchmark, "google-benchmark"},
      {"{\"benchmarks\": [], \"machine_info\": {}}", "pytest-benchmark"},
      {"{\"benchmarks\": [{\"name\": \"t\", \"stats\": {\"data\": [1]}}]}", "pytest-benchmark"},
      {"{\"benchmarks\": [], \"devices\": []}", "nvbench"},
      {"{\"benchmarks\": [{\"name\": \"b\", \"states\": []}]}", "nvbench"},
      {"{\"results\": [{\"command\": \"c\", \"times\": [1]}]}", "hyperfine"},
      {"{\"metrics\": {\"http_reqs\": {\"rate\": 1}}}", "k6"},
      {"{\"iters\": [1], \"times\": [1]}", "criterion"},
      {"[{\"name\": \"b\", \"unit\": \"s\", \"value\": 1}]", "github-action-benchmark"},
      {"BenchmarkX-8 10 5 ns/op\n", "go-test"},
      {"Running 1s test @ http://h/\n", "wrk"}};
  for (const auto& [content, runner] : runners)
    EXPECT_EQ(read(content, {ForeignFormat::benchmarks}).runner, runner) << content;
}

TEST_F(GateInput, names_results_of_benchmarks_that_are_not_taken) {
  EXPECT_EQ(error_in("{\"results\": [{\"command\": \"c\"}]}", {ForeignFormat::junit}),
            ": is a file of hyperfine" + takes_junit);
  EXPECT_THAT(error_in("[1, 2]", {ForeignFormat::benchmarks}),
              HasSubstr(": is a JSON list of another kind\n"));
  EXPECT_THAT(error_in("[]", {ForeignFormat::benchmarks}), HasSubstr(": is a JSON list of another kind\n"));
}

TEST_F(GateInput, reads_xml_in_utf16) {
  std::string wide = "\xff\xfe";
  for (const char c : junit) wide += {c, '\0'};
  EXPECT_EQ(runner_of(wide), "junit");
}

TEST_F(GateInput, refers_to_files_of_rows_and_tensors_by_their_absolute_path) {
  const Measurements rows = read("{\"id\": 1}\n");
  const auto& series = std::get<RecordSeries>(rows.series.at(0));
  EXPECT_EQ(series.path, (folder_ / "in put").string());
  EXPECT_EQ(data_file(folder_ / "in put", series.path, series.digest), folder_ / "in put");
}

TEST_F(GateInput, reads_our_own_documents_of_the_right_subject) {
  const fs::path example = fs::path(MODELGATE_SOURCE_DIR) / "schemas/examples/measurements-cases.json";
  EXPECT_EQ(read_gate_input(example, Role::candidate, {}).runner, "gtest");
  EXPECT_THAT(error_of([&] { read_gate_input(example, Role::baseline, all); }),
              EndsWith("measurements-cases.json: was measured of the candidate, not of the baseline"));
  // Written in one line, and without a time.
  EXPECT_THAT(
      error_of([&] {
        read(R"({"schema": "modelgate/measurements", "version": 1, "runner": "r", "runner_version": "1",)"
             R"("created": "", "subject": {"role": "baseline"}, "series": []})");
      }),
      EndsWith("was measured of the baseline, not of the candidate"));
}

TEST_F(GateInput, says_which_of_our_documents_it_was_given) {
  EXPECT_EQ(error_in(read_file(examples("verdict").front())),
            "#/schema: this is a verdict document, and a measurements document is expected");
  EXPECT_EQ(error_in(read_file(examples("baseline-manifest").front())),
            "#/schema: this is a baseline-manifest document, and a measurements document is expected");
  EXPECT_EQ(error_in(read_file(examples("plan").front())),
            ": is of a format that is not known\n  This gate takes a measurements document or JUnit XML, "
            "results of Google Benchmark, go test -bench, "
            "hyperfine, pytest-benchmark, criterion, nvbench, k6, wrk or github-action-benchmark, rows of "
            "answers (JSONL, CSV, npz …), safetensors.");
}

TEST_F(GateInput, says_what_it_was_given_and_what_it_takes) {
  const std::set<ForeignFormat> only = {ForeignFormat::junit};
  EXPECT_EQ(error_in("", only), ": is empty" + takes_junit);
  EXPECT_EQ(error_in("\xef\xbb\xbf \n", only), ": is empty" + takes_junit);
  EXPECT_EQ(error_in("garbage", only), ": is of a format that is not known" + takes_junit);
  EXPECT_EQ(error_in(std::string("\0\1\2\xff", 4), only), ": is of a format that is not known" + takes_junit);
  EXPECT_EQ(error_in("[1, 2]", only), ": is a JSON list" + takes_junit);
  EXPECT_EQ(error_in(benchmark, only), ": is Google Benchmark JSON" + takes_junit);
  EXPECT_EQ(error_in("{\"id\": 1}", only), ": is rows of answers (JSONL, CSV, npz …)" + takes_junit);
  EXPECT_EQ(error_in(std::string("\2\0\0\0\0\0\0\0{}", 10), only), ": is safetensors" + takes_junit);
  EXPECT_EQ(error_in("{\n  \"results\": 1\n}\n", only), ": is JSON of another kind" + takes_junit);
  EXPECT_THAT(
      error_in(junit, {ForeignFormat::records}),
      ": is JUnit XML\n  This gate takes a measurements document or rows of answers (JSONL, CSV, npz …).");
}

TEST_F(GateInput, names_the_place_of_what_is_malformed) {
  EXPECT_EQ(error_in("{\"benchmarks\": [}"), ":1:17: not valid JSON near '}'");
  EXPECT_THAT(error_in("<testsuite>"), HasSubstr(": is not valid XML: "));
  EXPECT_EQ(error_in("{\"schema\": \"modelgate/measurements\", \"version\": 2}"),
            "#/version: version 2 is not supported\n  This program reads version 1.");
}

TEST_F(GateInput, refuses_what_is_no_file) {
  for (const fs::path& path : {fs::path("/dev/null"), folder_ / "none"})
    EXPECT_NE(error_of([&] { read_gate_input(path, Role::candidate, all); }, ErrorKind::infrastructure), "");
  const auto read = [&](const std::set<ForeignFormat>& accepted) {
    return read_gate_input(folder_.path(), Role::candidate, accepted);
  };
  EXPECT_NE(error_of([&] { read({ForeignFormat::junit}); }, ErrorKind::infrastructure), "");
  EXPECT_EQ(std::get<RecordSeries>(read({ForeignFormat::records}).series.at(0)).path, folder_.path().string())
      << "rows may lie in a folder of part files";
}

TEST_F(GateInput, takes_rows_in_columns_or_packed_for_rows) {
  for (const char* text :
       {"id,label\n1,a\n", "id\tlabel\n", "\x1f\x8b\x08 packed", "\x28\xb5\x2f\xfd packed"}) {
    const fs::path path = folder_.with("rows", text);
    const Measurements measurements = read_gate_input(path, Role::baseline, {ForeignFormat::records});
    EXPECT_EQ(std::get<RecordSeries>(measurements.series.at(0)).path, path.string());
    EXPECT_NE(error_of([&] { read_gate_input(path, Role::baseline, {ForeignFormat::junit}); }), "");
  }
}

class DataFile : public ::testing::Test {
 protected:
  std::string error_of_path(const std::string& path, const std::string& digest) {
    return error_of([&] { data_file(document_, path, digest); });
  }

  const TemporaryFolder outer_;
  const fs::path document_ = outer_.with("results/candidate.json", "{}");
  const std::string digest_ = digest_of_bytes("abc");
};

TEST_F(DataFile, lies_beside_the_document_and_has_its_digest) {
  const fs::path rows = outer_.with("results/candidate/ro ws.jsonl", "abc");
  EXPECT_EQ(data_file(document_, "candidate/ro ws.jsonl", digest_), rows);
  EXPECT_EQ(data_file(document_, "candidate/../candidate/./ro ws.jsonl", digest_), rows);
}

TEST_F(DataFile, must_not_lie_outside_of_the_folder) {
  const fs::path secret = outer_.with("secret", "abc");
  for (const std::string& path :
       {std::string("../secret"), std::string("a/../../secret"), secret.string(), std::string(""),
        std::string("../results/../secret"), std::string("secret\0/x", 9)})
    EXPECT_THAT(error_of_path(path, digest_),
                HasSubstr("candidate.json: names a data file outside of its folder: "))
        << path;
}

TEST_F(DataFile, must_not_lie_outside_of_the_folder_through_a_link) {
  outer_.with("secret", "abc");
  fs::create_symlink("../secret", outer_ / "results/link");
  fs::create_symlink("..", outer_ / "results/up");
  EXPECT_THAT(error_of_path("link", digest_), HasSubstr("names a data file outside of its folder: link"));
  EXPECT_THAT(error_of_path("up/secret", digest_),
              HasSubstr("names a data file outside of its folder: up/secret"));
  outer_.with("results/inside", "abc");
  fs::create_symlink("inside", outer_ / "results/alias");
  EXPECT_EQ(error_of_path("alias", digest_), "");
}

TEST_F(DataFile, may_be_reached_through_a_folder_that_is_itself_a_link) {
  outer_.with("results/rows", "abc");
  fs::create_symlink("results", outer_ / "latest");
  EXPECT_EQ(data_file(outer_ / "latest/candidate.json", "rows", digest_), outer_ / "latest/rows");
}

TEST_F(DataFile, must_be_the_one_that_was_measured) {
  outer_.with("results/rows", "abd");
  const auto error = [&](const std::string& path, const std::string& digest) {
    return error_of([&] { data_file(document_, path, digest); }, ErrorKind::infrastructure);
  };
  EXPECT_THAT(error("rows", digest_), HasSubstr("its digest differs\n  Measure again."));
  EXPECT_THAT(error("rows", ""), HasSubstr("its digest differs"));
  EXPECT_THAT(error("none", digest_), HasSubstr("none: cannot be opened"));
}

}  // namespace
}  // namespace modelgate
