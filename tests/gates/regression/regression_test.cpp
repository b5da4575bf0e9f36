#include "gates/regression/regression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <limits>

#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct Values {
  std::string name;
  std::vector<std::int64_t> shape;
  std::vector<float> values;
};

class RegressionTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) /
              (std::string("regression ") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
  }

  fs::path write(const std::string& name, const std::vector<Values>& tensors) {
    std::vector<Tensor> all;
    for (const Values& one : tensors)
      all.push_back({one.name, "F32", one.shape, std::as_bytes(std::span(one.values))});
    write_safetensors(folder_ / name, all);
    return folder_ / name;
  }

  std::vector<Check> judge(const std::vector<Values>& golden, const std::vector<Values>& candidate,
                           RegressionDemands demands = {}) {
    return judge_tensors(Safetensors(write("golden.safetensors", golden)),
                         Safetensors(write("out.safetensors", candidate)), demands, "regression");
  }

  /// The program's exit code on the two files last written.
  int program(const std::string& more = "") {
    const std::string command = "'" + std::string(MODELGATE_BIN_DIR) +
                                "/modelgate-gate-regression' --baseline '" +
                                (folder_ / "golden.safetensors").string() + "' --candidate '" +
                                (folder_ / "out.safetensors").string() + "' " + more + " >/dev/null 2>&1";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  fs::path folder_;
};

TEST_F(RegressionTest, passes_equal_outputs) {
  const auto checks = judge({{"output", {2, 2}, {1, 2, 3, 4}}}, {{"output", {2, 2}, {1, 2, 3, 4}}});
  ASSERT_THAT(checks, SizeIs(1));
  EXPECT_EQ(checks[0].status, Status::pass);
  EXPECT_EQ(checks[0].n.at("elements"), 4);
  EXPECT_EQ(program(), 0);
}

TEST_F(RegressionTest, blocks_outputs_beyond_the_tolerance_and_names_the_worst_element) {
  const auto checks = judge({{"output", {2, 2}, {1, 2, 3, 4}}}, {{"output", {2, 2}, {1, 2, 3.5f, 4.25f}}});
  EXPECT_EQ(checks[0].status, Status::fail);
  EXPECT_EQ(checks[0].reason, "beyond_tolerance");
  EXPECT_THAT(checks[0].sentence, HasSubstr("2 of 4 elements differ beyond rtol 1.3e-06, atol 1e-05"));
  EXPECT_THAT(checks[0].sentence, HasSubstr("worst at [1, 0]: 3 → 3.5"));
  EXPECT_EQ(program(), 1);
}

TEST_F(RegressionTest, takes_tolerances_that_are_given) {
  judge({{"output", {1}, {1}}}, {{"output", {1}, {1.5f}}});
  EXPECT_EQ(program("--relative-tolerance 0.5"), 0);
  EXPECT_EQ(program("--absolute-tolerance 0.5"), 0);
  EXPECT_EQ(program("--absolute-tolerance 0.4"), 1);
  EXPECT_EQ(program("--absolute-tolerance nan"), 2);
  EXPECT_EQ(program("--absolute-tolerance -1"), 2);
}

TEST_F(RegressionTest, nan_is_never_within_a_tolerance) {
  const auto checks =
      judge({{"output", {2}, {1, 2}}}, {{"output", {2}, {1, std::numeric_limits<float>::quiet_NaN()}}});
  EXPECT_EQ(checks[0].status, Status::fail);
  EXPECT_EQ(checks[0].reason, "not_finite");
  EXPECT_THAT(checks[0].sentence, HasSubstr("first at [1]"));
  EXPECT_EQ(program("--relative-tolerance 1e300 --absolute-tolerance 1e300"), 1);
}

TEST_F(RegressionTest, a_missing_tensor_fails_and_a_new_one_is_not_compared) {
  const auto checks = judge({{"a", {1}, {1}}, {"b", {1}, {1}}}, {{"a", {1}, {1}}, {"c", {1}, {1}}});
  ASSERT_THAT(checks, SizeIs(3));
  EXPECT_EQ(checks[1].reason, "tensor_missing");
  EXPECT_EQ(checks[2].status, Status::not_compared);
  EXPECT_EQ(program(), 1);
}

TEST_F(RegressionTest, another_shape_or_dtype_fails) {
  EXPECT_EQ(judge({{"a", {2, 1}, {1, 2}}}, {{"a", {1, 2}, {1, 2}}})[0].reason, "shape_differs");
  const std::vector<std::int32_t> whole = {1, 2};
  write("golden.safetensors", {{"a", {2}, {1, 2}}});
  write_safetensors(folder_ / "out.safetensors", {{"a", "I32", {2}, std::as_bytes(std::span(whole))}});
  EXPECT_EQ(program(), 1);
}

TEST_F(RegressionTest, nothing_compared_is_an_error) {
  EXPECT_EQ(worst(judge({}, {})), Status::error);
  EXPECT_EQ(program(), 4);
  EXPECT_EQ(worst(judge({}, {{"a", {1}, {1}}})), Status::error);
  EXPECT_EQ(worst(judge({{"a", {0}, {}}}, {{"a", {0}, {}}})), Status::error);
  EXPECT_EQ(program(), 4);
}

TEST_F(RegressionTest, files_that_are_missing_or_broken_never_pass) {
  judge({{"a", {4}, {1, 2, 3, 4}}}, {{"a", {4}, {1, 2, 3, 4}}});
  const std::string whole = read_file(folder_ / "out.safetensors");
  for (std::size_t size = 0; size < whole.size(); size += 5) {
    write_file(folder_ / "out.safetensors", whole.substr(0, size));
    EXPECT_EQ(program(), 2) << size;
  }
  fs::remove(folder_ / "out.safetensors");
  EXPECT_EQ(program(), 4);
}

TEST_F(RegressionTest, a_golden_file_stands_in_for_the_baseline_in_a_first_release) {
  judge({{"a", {1}, {1}}}, {{"a", {1}, {1}}});
  const auto exit_code = [&](const std::string& options) {
    const std::string command = "'" + std::string(MODELGATE_BIN_DIR) +
                                "/modelgate-gate-regression' --candidate '" +
                                (folder_ / "out.safetensors").string() + "' " + options + " >/dev/null 2>&1";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  };
  const std::string golden = "--golden '" + (folder_ / "golden.safetensors").string() + "'";
  EXPECT_EQ(exit_code("--first-release " + golden), 0);
  EXPECT_EQ(exit_code("--first-release"), 4);
  EXPECT_EQ(exit_code(""), 2);
  EXPECT_EQ(exit_code("--first-release --golden /no/such/file"), 4);
}

}  // namespace
}  // namespace modelgate
