#include "schemas/formats/quick_google_benchmark.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "schemas/documents/node.h"
#include "schemas/formats/google_benchmark.h"
#include "schemas/formats/mapped_file.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "tests/schemas/fixtures/temporary_folder.h"
#include "tests/schemas/formats/shared_data.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

std::optional<Measurements> quick(const std::string& text) {
  return quick_google_benchmark(text, text.size());
}

std::optional<Measurements> strict(const std::string& text) {
  try {
    return google_benchmark_from(parse_json(text, "b.json"));
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::string document(const std::string& entries, const std::string& context = "{}") {
  return "{\"context\": " + context + ", \"benchmarks\": [" + entries + "]}";
}

std::string entry(const std::string& more = "", const std::string& name = "BM/8") {
  return R"({"name": ")" + name + R"(", "family_index": 0, "per_family_instance_index": 0, "run_name": ")" +
         name +
         R"(", "run_type": "iteration", "repetitions": 2, "repetition_index": 0, "threads": 1,
             "iterations": 10, "real_time": 2.5043219999999998e+02, "cpu_time": 200, "time_unit": "us")" +
         more + "}";
}

std::string nested(int levels) { return std::string(levels, '[') + std::string(levels, ']'); }

TEST(QuickGoogleBenchmark, reads_what_google_benchmark_writes_as_the_strict_reader_does) {
  const std::vector<std::string> texts = {
      document(""),
      document(entry()),
      document(entry() + "," + entry() + "," + entry("", "other") + "," + entry()),
      document(entry(R"(, "items_per_second": 4e6, "ngrams": 12, "label": "x")") + "," +
               entry(R"(, "new": 0.5)")),
      document(entry(R"(, "b": 1, "a": 2)") + "," + entry(R"(, "a": 3, "b": 4)")),
      document(entry(R"(, "error_occurred": true, "error_message": "no \"model\"\n")")),
      document(entry(R"(, "error_occurred": false, "flag": true)")),
      document(entry(R"(, "skipped": null, "skip_message": "no GPU")")),
      document(entry(R"(, "skipped": true)")),
      document(R"({"name": "BM_mean", "run_type": "aggregate", "real_time": "any", "time_unit": 3})"),
      document(R"({"name": "B", "real_time": 1, "cpu_time": -0.0})"),
      document(R"({"name": "B", "real_time": 18446744073709551615, "cpu_time": -9223372036854775808})"),
      document(
          R"({"name": "B", "real_time": 4.9e-324, "cpu_time": 1.7976931348623157e308, "time_unit": "s"})"),
      document(
          entry(),
          R"({"executable": "C:\\build\\b.exe", "caches": [{"level": 1}, {"level": 2}], "x": "é\u00e9"})"),
      document(entry(), nested(63)),
      document(entry(", \"x\": " + nested(61))),
      "\xef\xbb\xbf" + document(entry()),
      "{\r\n\t\"benchmarks\": [" + entry() + "]\r\n}\r\n \n"};
  for (const std::string& text : texts) {
    const auto expected = strict(text);
    ASSERT_TRUE(expected) << text;
    EXPECT_EQ(quick(text), expected) << text;
  }
}

TEST(QuickGoogleBenchmark, leaves_to_the_strict_reader_what_that_refuses) {
  std::string many_fields;
  for (int i = 0; i < 500; ++i) many_fields += ", \"f" + std::to_string(i) + "\": 1";
  const std::string whole = document(entry());
  const std::vector<std::string> texts = {
      "", "{", "[]", "3", "{}", whole + "x", whole + whole, whole + std::string(1, '\0'),
      whole.substr(0, whole.size() - 1), std::string("\xff\xfe", 2) + whole, " \xef\xbb\xbf" + whole,
      R"({"benchmarks": {}})", R"({"benchmarks": [3]})", R"({"benchmarks": null})",
      // keys that are there twice, in every place
      R"({"benchmarks": [], "benchmarks": []})", R"({"a": 1, "benchmarks": [], "a": 1})",
      document("", R"({"a": 1, "b": 2, "a": 3})"), document("", R"({"c": [{"a": 1, "\u0061": 2}]})"),
      document(entry(R"(, "name": "BM/8")")), document(entry(R"(, "x": 1, "x": 1)")),
      document(entry() + "," + entry(R"(, "x": 1, "name": "BM/8")")),
      document(entry(", \"x\": 1") + "," + entry(R"(, "y": 1, "x": 1, "y": 2)")),
      document(entry(many_fields + R"(, "f17": 2)")), document(entry(R"(, "x": {"a": 1, "a": 2})")),
      // wrong types, missing and unknown values
      document(R"({"real_time": 1, "cpu_time": 1})"),
      document(R"({"name": 3, "real_time": 1, "cpu_time": 1})"), document(R"({"name": "B", "cpu_time": 1})"),
      document(R"({"name": "B", "real_time": 1})"),
      document(R"({"name": "B", "real_time": "1", "cpu_time": 1})"),
      document(R"({"name": "B", "real_time": null, "cpu_time": 1})"),
      document(R"({"name": "B", "real_time": true, "cpu_time": 1})"),
      document(R"({"name": "B", "run_name": null, "real_time": 1, "cpu_time": 1})"),
      document(R"({"name": "B", "run_type": 1, "real_time": 1, "cpu_time": 1})"),
      document(R"({"name": "B", "time_unit": "min", "real_time": 1, "cpu_time": 1})"),
      document(R"({"name": "B", "time_unit": null, "real_time": 1, "cpu_time": 1})"),
      document(R"({"name": "B", "error_occurred": 1, "real_time": 1, "cpu_time": 1})"),
      document(R"({"name": "B", "error_occurred": true, "error_message": 1})"),
      document(R"({"name": "B", "error_occurred": true, "error_message": "x", "skip_message": 1})"),
      // numbers that are none, or that no double holds
      document(entry(", \"x\": 1e999")), document(entry(", \"x\": NaN")), document(entry(", \"x\": 01")),
      document(entry(", \"x\": 1.")), document(entry(", \"x\": -")), document(entry(", \"x\": +1")),
      // texts that are none
      document(entry(R"(, "x": "\ud800")")), document(entry(R"(, "x": "\udc00")")),
      document(entry(R"(, "x": "\ud800\u0041")")), document(entry(R"(, "x": "\ud800\ud800")")),
      document(entry(R"(, "x": "\udc00\ud800")")), document(entry(R"(, "\udfff": 1)")),
      document(entry(R"(, "x": "\ud800\\udc00")")), document(entry(R"(, "x": "\uDC00")")),
      document(entry(R"(, "\ud83dx": 1)")), document(entry(", \"x\": \"\xed\xa0\x80\"")),
      document(entry(", \"x\": \"\xc0\xaf\"")), document(entry(", \"x\": \"a\tb\"")),
      document(entry(R"(, "x": "\x")")), document(entry(", \"x\": \"" + std::string(1, '\0') + "\"")),
      // slips in the structure
      document(entry() + ","), document(entry() + " " + entry()), document(entry(",")),
      document(entry(", \"x\"")), document("", "{,}"), document("", "[1 2]"), document("", "truе"),
      document("", "{} // why"),
      // too deep
      document("", nested(64)), document("", nested(100)), document("", nested(2000)),
      document(entry(", \"x\": " + nested(62)))};
  for (const std::string& text : texts) {
    ASSERT_FALSE(strict(text)) << text.substr(0, 500);
    EXPECT_FALSE(quick(text)) << text.substr(0, 500);
  }
}

TEST(QuickGoogleBenchmark, counts_the_values_as_the_strict_reader_does) {
  // Beside the numbers: the document, its list of benchmarks, and the list of numbers.
  const auto with = [](std::size_t numbers) {
    std::string text = "{\"benchmarks\": [], \"x\": [0";
    for (std::size_t i = 1; i < numbers; ++i) text += ",0";
    return text + "]}";
  };
  EXPECT_TRUE(quick(with(maximum_values - 3)));
  EXPECT_FALSE(quick(with(maximum_values - 2)));
  EXPECT_TRUE(strict(with(maximum_values - 3)));
  EXPECT_FALSE(strict(with(maximum_values - 2)));
}

TEST(QuickGoogleBenchmark, takes_no_document_of_ours) {
  EXPECT_FALSE(quick(R"({"schema": "modelgate/measurements", "version": 1, "benchmarks": []})"));
  EXPECT_FALSE(quick(R"({"benchmarks": [], "schema": 1})"));
}

TEST(QuickGoogleBenchmark, reads_a_file_that_ends_with_its_page) {
  const TemporaryFolder folder;
  for (const std::size_t size : {4095u, 4096u, 4097u, 8192u}) {
    std::string text = document(entry());
    text.resize(size, ' ');
    const MappedFile file(folder.with("b.json", text));
    EXPECT_EQ(file.text(), text);
    EXPECT_EQ(quick_google_benchmark(file.text(), size + MappedFile::padding), strict(text));
  }
}

TEST(QuickGoogleBenchmark, agrees_with_the_strict_reader_on_files_of_google_benchmark) {
  const fs::path folder = shared_data() / "gbench";
  if (!fs::exists(folder)) GTEST_SKIP() << "no files of Google Benchmark in " << folder;
  int files = 0;
  for (const auto& file : fs::directory_iterator(folder)) {
    const std::string text = read_file(file.path());
    EXPECT_EQ(quick(text), strict(text)) << file.path();
    ++files;
  }
  EXPECT_GE(files, 10);
}

}  // namespace
}  // namespace modelgate
