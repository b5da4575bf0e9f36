#include "runners/torch/configurations.h"

#include <gmock/gmock.h>

#include "tests/runners/torch/folder_of_test.h"

namespace modelgate {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> names_of(const ProcessPlan& plan) {
  std::vector<std::string> names;
  for (const NamedCalls& calls : plan.timed) names.push_back(calls.name);
  return names;
}

TEST(Configurations, are_batches_of_one_and_of_32_where_nothing_is_said) {
  const std::vector<ProcessPlan> plans = process_plans({});
  ASSERT_EQ(plans.size(), 1u);
  EXPECT_THAT(names_of(plans[0]), ElementsAre("latency batch=1", "latency batch=32"));
  EXPECT_EQ(plans[0].model_name, "model");
  EXPECT_EQ(plans[0].setup, (ModelSetup{"", 1, "frozen"}));
}

TEST(Configurations, keep_their_names_where_dtype_and_threads_are_of_the_whole_run) {
  TorchOptions options;
  options.dtype = "bfloat16";
  options.threads = 2;
  const std::vector<ProcessPlan> plans = process_plans(options);
  ASSERT_EQ(plans.size(), 1u);
  EXPECT_THAT(names_of(plans[0]), ElementsAre("latency batch=1", "latency batch=32"));
  EXPECT_EQ(plans[0].setup, (ModelSetup{"bfloat16", 2, "frozen"}));
}

TEST(Configurations, are_a_product_of_lists_with_a_process_for_each_way_to_load_the_model) {
  TorchOptions options;
  options.batch_sizes = {"1", "8"};
  options.lengths = {"128"};
  options.dtypes = {"float32", "bfloat16"};
  options.thread_counts = {"2"};
  options.modes = {"frozen", "eager"};
  const std::vector<ProcessPlan> plans = process_plans(options);
  ASSERT_EQ(plans.size(), 4u);
  EXPECT_THAT(names_of(plans[3]),
              ElementsAre("latency batch=1 length=128 dtype=bfloat16 threads=2 mode=eager",
                          "latency batch=8 length=128 dtype=bfloat16 threads=2 mode=eager"));
  EXPECT_EQ(plans[3].model_name, "model dtype=bfloat16 threads=2 mode=eager");
  EXPECT_EQ(plans[3].setup, (ModelSetup{"bfloat16", 2, "eager"}));
  EXPECT_THAT(plans[3].calls, ElementsAre(CallShape{1, 128}, CallShape{8, 128}));
}

TEST(Configurations, that_are_asked_for_by_name_are_measured_alone) {
  TorchOptions options;
  options.dtypes = {"float32", "bfloat16"};
  options.sampling.benchmarks = {"latency batch=32 dtype=bfloat16"};
  std::vector<ProcessPlan> plans = process_plans(options);
  ASSERT_EQ(plans.size(), 1u);
  EXPECT_THAT(names_of(plans[0]), ElementsAre("latency batch=32 dtype=bfloat16"));
  EXPECT_THAT(plans[0].calls, ElementsAre(CallShape{32, {}}));
  EXPECT_FALSE(plans[0].with_model);
}

TEST(Configurations, of_the_model_alone_make_all_calls_and_time_none) {
  TorchOptions options;
  options.sampling.benchmarks = {"model"};
  const std::vector<ProcessPlan> plans = process_plans(options);
  ASSERT_EQ(plans.size(), 1u);
  EXPECT_TRUE(plans[0].with_model);
  EXPECT_THAT(plans[0].timed, ElementsAre());
  EXPECT_THAT(plans[0].calls, ElementsAre(CallShape{1, {}}, CallShape{32, {}}));
}

TEST(Configurations, are_no_more_than_256) {
  TorchOptions options;
  for (int i = 1; i <= 16; ++i) {
    options.batch_sizes.push_back(std::to_string(i));
    options.lengths.push_back(std::to_string(i));
  }
  EXPECT_EQ(process_plans(options)[0].timed.size(), 256u);
  options.modes = {"frozen", "eager"};
  EXPECT_THAT(refusal([&] { process_plans(options); }),
              HasSubstr("make 512 configurations, and at most 256"));
}

TEST(Configurations, that_cannot_be_are_refused_with_what_is_meant) {
  const auto wrong = [](auto member, std::vector<std::string> values) {
    TorchOptions options;
    options.*member = std::move(values);
    return refusal([&] { process_plans(options); });
  };
  EXPECT_THAT(wrong(&TorchOptions::batch_sizes, {"0"}), HasSubstr("--batch-sizes: '0' is no whole number"));
  EXPECT_THAT(wrong(&TorchOptions::lengths, {"16", "16"}), HasSubstr("--lengths: repeats 16"));
  EXPECT_THAT(wrong(&TorchOptions::thread_counts, {"two"}), HasSubstr("--thread-counts: 'two' is no"));
  EXPECT_THAT(wrong(&TorchOptions::dtypes, {"fp16"}), HasSubstr("Did you mean 'float16'?"));
  EXPECT_THAT(wrong(&TorchOptions::dtypes, {"float32", "float32"}), HasSubstr("--dtypes: repeats float32"));
  EXPECT_THAT(wrong(&TorchOptions::modes, {"eagre"}), HasSubstr("Did you mean 'eager'?"));
}

TEST(CallShapes, read_back_as_they_are_written) {
  for (const CallShape& shape : {CallShape{8, {}}, CallShape{1, 128}})
    EXPECT_EQ(call_shape_from("--calls", text_of(shape)), shape);
  for (const char* wrong : {"", "x", "8x", "x8", "0", "8x0", "8x9x7", "-1"})
    EXPECT_THAT(refusal([&] { call_shape_from("--calls", wrong); }), HasSubstr("is no shape")) << wrong;
}

}  // namespace
}  // namespace modelgate
