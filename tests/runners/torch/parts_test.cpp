#include <gmock/gmock.h>

#include "runners/torch/class_names.h"
#include "runners/torch/device_choice.h"
#include "runners/torch/dtype_names.h"
#include "runners/torch/failure_words.h"
#include "runners/torch/json_text.h"
#include "runners/torch/numbers_of_options.h"
#include "runners/torch/worker_report.h"
#include "schemas/tool/files.h"
#include "schemas/tool/json_quoted.h"
#include "tests/runners/torch/folder_of_test.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(FailureWords, are_the_error_at_the_end_of_a_torchscript_traceback) {
  EXPECT_EQ(failure_words(
                "The following operation failed in the TorchScript interpreter.\n"
                "Traceback of TorchScript (most recent call last):\n  File \"<string>\", line 3, in forward\n"
                "  return torch.matmul(input, self.weight)\n         ~~~~~~~~~~~~ <--- HERE\n"
                "RuntimeError: mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)\nmore of it\n"),
            "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)");
}

TEST(FailureWords, are_not_the_code_that_makes_the_message) {
  EXPECT_EQ(failure_words("The following operation failed in the TorchScript interpreter.\n"
                          "Traceback of TorchScript, serialized code (most recent call last):\n"
                          "      ops.prim.RaiseException(torch.add(\"AssertionError: \", _0))\n"
                          "      ~~~~~~~~~~~~~~~~~~~~~~~ <--- HERE\n"
                          "RuntimeError: AssertionError: sum 5. of 5\n"),
            "AssertionError: sum 5. of 5");
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
  EXPECT_EQ(json_quoted("a\"b\\c\n是"), "\"a\\\"b\\\\c\\n是\"");
  EXPECT_EQ(json_number(0.1f), "0.1");
  EXPECT_EQ(json_number(0.1), "0.1");
  EXPECT_EQ(std::stof(json_number(1.1754944e-38f)), 1.1754944e-38f);
}

TEST(OptionNumbers, counts_are_whole_numbers_given_once) {
  EXPECT_THAT(counts_from("--batch-sizes", {"1", "32"}, 32), ElementsAre(1, 32));
  for (const char* wrong : {"0", "-1", "1.5", "", "x", "33", "99999999999999999999"})
    EXPECT_THAT(refusal([&] { counts_from("--lengths", {wrong}, 32); }), HasSubstr("--lengths: '")) << wrong;
  EXPECT_THAT(refusal([&] { counts_from("--lengths", {"8", "8"}, 32); }), HasSubstr("repeats 8"));
}

TEST(DtypeNames, of_other_tools_are_answered_with_ours) {
  EXPECT_EQ(dtype_from("--dtype", "bfloat16", model_dtypes()), "bfloat16");
  const std::pair<const char*, const char*> meant[] = {{"half", "float16"},
                                                       {"fp16", "float16"},
                                                       {"bf16", "bfloat16"},
                                                       {"fp32", "float32"},
                                                       {"flaot32", "float32"}};
  for (const auto& [typed, name] : meant)
    EXPECT_THAT(refusal([&] { dtype_from("--dtype", typed, model_dtypes()); }),
                HasSubstr(std::string("Did you mean '") + name + "'?"));
  EXPECT_THAT(refusal([&] { dtype_from("--dtype", "int64", model_dtypes()); }),
              HasSubstr("--dtype: 'int64' is none of float32, bfloat16, float16, float64"));
}

TEST(DeviceChoices, are_the_processor_or_a_gpu_by_its_number_or_uuid) {
  using Kind = DeviceChoice::Kind;
  EXPECT_EQ(device_choice_from("cpu"), (DeviceChoice{Kind::cpu, {}, ""}));
  EXPECT_EQ(device_choice_from("auto"), (DeviceChoice{Kind::automatic, {}, ""}));
  EXPECT_EQ(device_choice_from("cuda"), (DeviceChoice{Kind::cuda, {}, ""}));
  EXPECT_EQ(device_choice_from("cuda:3"), (DeviceChoice{Kind::cuda, 3, ""}));
  EXPECT_EQ(device_choice_from("cuda:GPU-8f1c"), (DeviceChoice{Kind::cuda, {}, "GPU-8f1c"}));
  for (const char* wrong : {"cuda:", "cuda:-1", "cuda:GPU-", "cuda:8f1c", "cuda:99999"})
    EXPECT_THAT(refusal([&] { device_choice_from(wrong); }), HasSubstr("names no GPU")) << wrong;
  for (const char* wrong : {"gpu", "cuad"})
    EXPECT_THAT(refusal([&] { device_choice_from(wrong); }), HasSubstr("Did you mean 'cuda'?")) << wrong;
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
  report.timed = {{{1e-6, 0.25}, {2e-6, 0.5}, {1}, 8000, 4, 3, 7, true}};
  report.model = {0.1, 0.25, 1 << 30, 1 << 20, 1979, 6, 2};
  report.flushed_bytes = 1 << 20;
  report.problem = Problem{"failed", "it \xff failed"};
  write_report(report, file);
  report.problem->sentence = "it \xef\xbf\xbd failed";
  EXPECT_EQ(read_report(file), report);
}

}  // namespace
}  // namespace modelgate
