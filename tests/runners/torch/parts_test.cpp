#include <gmock/gmock.h>

#include <numeric>

#include "runners/torch/class_names.h"
#include "runners/torch/condensed.h"
#include "runners/torch/failure_words.h"
#include "runners/torch/json_text.h"
#include "runners/torch/numbers_of_options.h"
#include "runners/torch/worker_report.h"
#include "schemas/tool/files.h"
#include "tests/runners/torch/folder_of_test.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Condensed, keeps_few_values_as_they_are_and_the_quantiles_of_many) {
  EXPECT_THAT(condensed({3, 1, 2}, 3), ElementsAre(3, 1, 2));
  std::vector<double> many(1000);
  std::iota(many.rbegin(), many.rend(), 0.0);
  EXPECT_THAT(condensed(many, 4), ElementsAre(125, 375, 625, 875));
}

TEST(FailureWords, are_the_error_at_the_end_of_a_torchscript_traceback) {
  EXPECT_EQ(failure_words(
                "The following operation failed in the TorchScript interpreter.\n"
                "Traceback of TorchScript (most recent call last):\n  File \"<string>\", line 3, in forward\n"
                "  return torch.matmul(input, self.weight)\n         ~~~~~~~~~~~~ <--- HERE\n"
                "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)\nmore of it\n"),
            "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)");
}

TEST(FailureWords, leave_out_stack_frames) {
  EXPECT_EQ(
      failure_words(
          "not a ZIP archive\nException raised from valid at inline_container.cc:120 (…):\nframe #0: c10"),
      "not a ZIP archive");
  EXPECT_EQ(failure_words(""), "no reason was given");
}

TEST(FailureWords, tell_when_memory_ran_out) {
  EXPECT_EQ(failure_code("CUDA out of memory. Tried to allocate 20.00 GiB"), "out_of_memory");
  EXPECT_EQ(failure_code("DefaultCPUAllocator: can't allocate memory: you tried to"), "out_of_memory");
  EXPECT_EQ(failure_code("shapes cannot be multiplied"), "failed");
}

TEST(JsonText, quotes_what_json_forbids_and_rounds_trips_float32_in_few_digits) {
  EXPECT_EQ(json_quoted("a\"b\\c\n是"), "\"a\\\"b\\\\c\\u000a是\"");
  EXPECT_EQ(json_number(0.1f), "0.1");
  EXPECT_EQ(json_number(0.1), "0.1");
  EXPECT_EQ(std::stof(json_number(1.1754944e-38f)), 1.1754944e-38f);
}

TEST(OptionNumbers, batch_sizes_are_whole_numbers_given_once) {
  EXPECT_THAT(batch_sizes_from({"1", "32"}), ElementsAre(1, 32));
  for (const char* wrong : {"0", "-1", "1.5", "", "x", "99999999999999999999"})
    EXPECT_THAT(refusal([&] { batch_sizes_from({wrong}); }), HasSubstr("--batch-sizes")) << wrong;
  EXPECT_THAT(refusal([&] { batch_sizes_from({"8", "8"}); }), HasSubstr("repeats 8"));
}

TEST(OptionNumbers, outputs_are_kept_of_all_none_or_some_rows) {
  EXPECT_EQ(kept_rows_from("all"), std::nullopt);
  EXPECT_EQ(kept_rows_from("none"), 0);
  EXPECT_EQ(kept_rows_from("100"), 100);
  for (const char* wrong : {"0", "-5", "some", ""})
    EXPECT_THAT(refusal([&] { kept_rows_from(wrong); }), HasSubstr("--outputs")) << wrong;
}

TEST(ClassNames, are_lines_in_order) {
  const auto file = folder_of_test() / "classes.txt";
  write_file(file, "refund\r\ncancel order\n取消");
  EXPECT_THAT(read_class_names(file), ElementsAre("refund", "cancel order", "取消"));
}

TEST(ClassNames, refuses_empty_repeated_and_binary_lines_with_their_place) {
  const auto file = folder_of_test() / "classes.txt";
  const std::pair<std::string, const char*> contents[] = {
      {"", "names no classes"},
      {"a\n\nb\n", "classes.txt:2: is empty"},
      {"a\nb\na\n", "classes.txt:3: repeats the class 'a' of line 1"},
      {std::string("a\nb\0c", 5), "classes.txt:2: is no line of text"},
      {"\xff\n", "classes.txt:1: is no line of text"}};
  for (const auto& [content, what] : contents) {
    write_file(file, content);
    EXPECT_THAT(refusal([&] { read_class_names(file); }), HasSubstr(what));
  }
}

TEST(WorkerReport, reads_back_as_it_was_written) {
  const auto file = folder_of_test() / "report.json";
  WorkerReport report;
  report.environment = {{"torch", "1.13.1"}};
  report.notes = {"a note"};
  report.timed = {{32, {1e-6, 0.25}}};
  report.problem = Problem{"failed", "it \xff failed"};
  write_report(report, file);
  report.problem->sentence = "it \xef\xbf\xbd failed";
  EXPECT_EQ(read_report(file), report);
}

}  // namespace
}  // namespace modelgate
