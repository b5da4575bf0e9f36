// Rows as other tools write them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schemas/rows/row_key.h"
#include "schemas/tool/files.h"
#include "tests/schemas/rows/packed.h"
#include "tests/schemas/rows/rows_of.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

const fs::path tools = fs::path(MODELGATE_SOURCE_DIR) / "tests/schemas/rows/tools";

class ToolRows : public ::testing::Test, public RowsOf {
 protected:
  /// promptfoo's results with one part replaced, which must be there.
  static std::string promptfoo_with(const std::string& part, const std::string& other) {
    std::string text = read_file(tools / "promptfoo.json");
    const std::size_t at = text.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    return at == std::string::npos ? text : text.replace(at, part.size(), other);
  }
};

TEST_F(ToolRows, of_the_harness_are_read_by_our_names) {
  const RowTable table = read_rows(tools / "samples_generation.jsonl",
                                   asking({"label", "prediction", "slices.filter", "slices.subject"},
                                          {"metrics.exact_match"}, {"output", "reference"}));
  ASSERT_EQ(table.size(), 6u);
  EXPECT_THAT(words_in(table, 0), ElementsAre("2", "3", "4", "2", "3", "4"));
  EXPECT_THAT(words_in(table, 1), ElementsAre("2", "[invalid]", "4", "2", "3", "4"));
  EXPECT_EQ(words_in(table, 2)[0], "strict-match");
  EXPECT_EQ(words_in(table, 2)[5], "flexible-extract");
  EXPECT_EQ(words_in(table, 3)[1], "counting");
  EXPECT_EQ(number_in(table, 1), 0.0);
  EXPECT_EQ(number_in(table, 4), 1.0);
  EXPECT_EQ(table.texts[0].at(1), "[invalid]");
  EXPECT_EQ(table.texts[1].at(1), "3");
  // One document under two filters is twice the same id, and not twice the same row.
  EXPECT_EQ(table.id(1), 1u);
  EXPECT_EQ(table.id(4), 1u);
  EXPECT_EQ(table.keys[4], key_of_sample(1, sample_called("flexible-extract")));
  EXPECT_NE(table.keys[1], table.keys[4]);
  EXPECT_EQ(places_of(tools / "samples_generation.jsonl", asking({"label"}), {4})[0].id, "1");
}

TEST_F(ToolRows, of_the_harness_without_a_text_as_answer_have_metrics) {
  const RowTable table =
      read_rows(tools / "samples_choice.jsonl",
                asking({"label", "prediction"}, {"metrics.acc", "metrics.acc_norm"}, {"output"}));
  EXPECT_THAT(words_in(table, 0), ElementsAre("0", "1"));
  EXPECT_THAT(words_in(table, 1), ElementsAre("-", "-"));
  EXPECT_FALSE(table.texts[0].has(0));
  EXPECT_EQ(number_in(table, 1, 0), 0.0);
  EXPECT_EQ(number_in(table, 1, 1), 1.0) << "true";
  EXPECT_TRUE(table.ids.empty()) << "the filter 'none' is none";
}

TEST_F(ToolRows, of_the_harness_may_be_packed_and_called_otherwise) {
  const std::string text = read_file(tools / "samples_generation.jsonl");
  const RowTable table =
      read(gzipped(text),
           asking({"label"}, {}, {}, {{"label", "doc.answer"}, {"sample", "none"}, {"id", "doc_hash"}}));
  EXPECT_THAT(words_in(table), ElementsAre("2", "3", "4", "2", "3", "4"));
  EXPECT_EQ(table.keys[0], table.keys[3]);
  EXPECT_EQ(error_in("{\"id\": 1, \"doc_id\": 7, \"target\": \"a\", \"filtered_resps\": [\"b\"]}\n",
                     asking({"label"})),
            "");
  const RowTable own =
      read("{\"id\": 1, \"doc_id\": 7, \"target\": \"a\", \"filtered_resps\": []}\n", asking({"label"}));
  EXPECT_THAT(words_in(own), ElementsAre("-")) << "a row with an id is one of ours";
}

TEST_F(ToolRows, of_the_harness_say_where_a_metric_is_no_number) {
  const std::string row =
      R"({"doc_id": 0, "target": "a", "filtered_resps": ["b"], "bleu": ["a", "b"], "acc": 1.0})"
      "\n";
  EXPECT_EQ(error_in(row, asking({}, {"metrics.bleu"})), ":1: 'metrics.bleu' must be a number");
  EXPECT_EQ(error_in(row, asking({}, {"metrics.acc"})), "");
}

TEST_F(ToolRows, are_not_results_of_whole_tasks) {
  EXPECT_EQ(error_in(read_file(tools / "results_harness.json"), {}),
            ": holds lm-evaluation-harness's results of whole tasks, and no rows\n"
            "  Run it with --log_samples, and give the samples_*.jsonl of a task.");
  EXPECT_EQ(error_in("{\n  \"results\": {}\n}\n", {}),
            ": holds one JSON document, and no rows\n  A row of JSON in each line is expected.");
  EXPECT_EQ(error_in("{\n", {}),
            ": holds one JSON document, and no rows\n  A row of JSON in each line is expected.");
}

TEST_F(ToolRows, of_promptfoo_are_read_by_our_names) {
  const RowRequest request =
      asking({"prediction", "slices.provider", "slices.lang", "slices.q"},
             {"metrics.score", "metrics.pass", "metrics.latency_ms", "metrics.tone", "metrics.named.score"},
             {"output"});
  const RowTable table = read_rows(tools / "promptfoo.json", request);
  ASSERT_EQ(table.size(), 8u);
  EXPECT_THAT(words_in(table, 1),
              ElementsAre("small", "large", "small", "large", "small", "large", "small", "large"));
  EXPECT_THAT(words_in(table, 2), ElementsAre("en", "en", "zh", "zh", "en", "en", "zh", "zh"));
  EXPECT_EQ(words_in(table, 3)[6], "3");
  EXPECT_EQ(words_in(table, 0)[1], "answer 0\nfrom 1");
  EXPECT_EQ(words_in(table, 0)[2], "-") << "a structure is no class";
  EXPECT_EQ(table.texts[0].at(2), R"({"b":[1,2],"a":"no"})");
  EXPECT_EQ(number_in(table, 0, 0), 1.0);
  EXPECT_EQ(number_in(table, 2, 1), 0.0) << "a wrong answer";
  EXPECT_EQ(number_in(table, 1, 2), 120.0);
  EXPECT_EQ(number_in(table, 2, 3), 0.6);
  EXPECT_EQ(number_in(table, 5, 4), 0.25) << "the name 'score' is taken";
  EXPECT_EQ(number_in(table, 5, 0), 1.0);
  EXPECT_EQ(table.id(2), 1u);
  EXPECT_EQ(table.keys[3], key_of_sample(1, 1));
  EXPECT_EQ(places_of(tools / "promptfoo.json", request, {3})[0].place, "promptfoo.json#/results/results/3");
}

TEST_F(ToolRows, of_promptfoo_that_were_not_graded_are_no_wrong_answers) {
  const RowTable table = read_rows(tools / "promptfoo.json", {});
  ASSERT_EQ(table.failed.size(), 3u);
  EXPECT_EQ(table.failed[0].row, 3u);
  EXPECT_EQ(table.failed[0].reason, "API call error: 429 Too Many Requests");
  EXPECT_EQ(table.failed[1].row, 4u);
  EXPECT_EQ(table.failed[1].reason, "grader unavailable") << "a judge that did not answer";
  EXPECT_EQ(table.failed[2].row, 6u);
  EXPECT_EQ(table.failed[2].reason, "No output");
}

TEST_F(ToolRows, of_promptfoo_may_be_in_one_line_a_bare_summary_or_of_one_prompt) {
  const RowRequest request = asking({"slices.provider"}, {"metrics.pass"});
  const std::string pretty = read_file(tools / "promptfoo.json");
  const std::string expected = shown(read(pretty, request));
  std::string one_line;
  for (std::size_t at = 0, end = 0; at < pretty.size(); at = end + 1) {
    end = std::min(pretty.find('\n', at), pretty.size());
    const std::string line = pretty.substr(at, end - at);
    one_line += line.substr(std::min(line.find_first_not_of(' '), line.size()));
  }
  EXPECT_EQ(shown(read(one_line, request)), expected);
  EXPECT_EQ(shown(read(zstd_packed(pretty), request)), expected);
  const std::size_t begin = pretty.find("\"version\": 3"), end = pretty.rfind("\"config\"");
  EXPECT_EQ(shown(read("{\n" + pretty.substr(begin, end - begin - 4), request)), expected);
  const RowTable one =
      read(R"({"evalId": "e", "results": {"results": [{"testIdx": 4, "promptIdx": 2, "success": true}]}})",
           request);
  EXPECT_TRUE(one.ids.empty()) << "one prompt is no sample";
  EXPECT_EQ(one.keys[0], 4u);
}

TEST_F(ToolRows, of_promptfoo_that_are_wrong_are_named_with_their_place) {
  const auto wrong = [&](const std::string& part, const std::string& other) {
    return error_in(promptfoo_with(part, other), {});
  };
  EXPECT_THAT(wrong("\"testIdx\": 1", "\"testId\": 1"), HasSubstr("#/results/results/2: has no 'testIdx'"));
  EXPECT_EQ(wrong("\"testIdx\": 1", "\"testIdx\": \"1\""),
            "#/results/results/2: 'testIdx' must be a whole number");
  EXPECT_EQ(wrong("\"success\": true", "\"success\": 1"), "#/results/results/0: has no boolean 'success'");
  EXPECT_EQ(wrong("\"tone\": 0.5", "\"tone\": \"x\""), "#/results/results/0: 'tone' must be a number");
  EXPECT_EQ(wrong("\"failureReason\": 1", "\"failureReason\": \"x\""),
            "#/results/results/2: 'failureReason' must be a whole number");
  EXPECT_EQ(error_in("{\"evalId\": \"e\", \"results\": {\"results\": []}}", {}),
            ": has no rows\n  A row for each example was expected.");
}

}  // namespace
}  // namespace modelgate
