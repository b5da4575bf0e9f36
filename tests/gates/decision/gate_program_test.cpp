#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <limits>

#include "gates/decision/decision.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

Verdict one_check(Status status) {
  Verdict verdict = new_verdict({}, "unit");
  Check check;
  check.gate = "unit";
  check.name = "A.B";
  check.status = status;
  check.reason = "test";
  check.sentence = "A.B\033[2J did something";
  check.needs = "another run";
  verdict.checks = {check};
  conclude(verdict);
  return verdict;
}

TEST(DeliverTest, writes_the_document_to_stdout_and_the_words_to_stderr) {
  CaptureStdout();
  CaptureStderr();
  const ExitCode code = deliver(one_check(Status::fail), {});
  const std::string out = GetCapturedStdout(), err = GetCapturedStderr();
  EXPECT_EQ(code, ExitCode::fail);
  EXPECT_EQ(verdict_from(parse_json(out, "stdout")).status, Status::fail);
  EXPECT_THAT(err, HasSubstr("unit: FAIL"));
  EXPECT_THAT(err, HasSubstr("needs another run"));
  EXPECT_EQ(err.find('\033'), std::string::npos) << "a foreign name may not steer the terminal";
}

TEST(DeliverTest, writes_the_document_into_the_file_and_nothing_to_stdout) {
  GateOptions options;
  options.output = (std::filesystem::path(::testing::TempDir()) / "deliver" / "verdict.json").string();
  CaptureStdout();
  CaptureStderr();
  EXPECT_EQ(deliver(one_check(Status::pass), options), ExitCode::pass);
  EXPECT_EQ(GetCapturedStdout(), "");
  GetCapturedStderr();
  EXPECT_EQ(read_verdict(options.output).status, Status::pass);
}

TEST(DeliverTest, a_verdict_that_cannot_be_written_is_an_error_and_no_pass) {
  GateOptions options;
  options.output = "/proc/no such folder/verdict.json";
  EXPECT_THROW(deliver(one_check(Status::pass), options), Error);
  Verdict broken = one_check(Status::pass);
  broken.checks[0].candidate = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(deliver(broken, {}), Error);
}

TEST(GateOptionsTest, needs_a_baseline_or_the_word_that_there_is_none) {
  GateOptions options;
  EXPECT_THROW(options.check(), Error);
  options.first_release = true;
  EXPECT_NO_THROW(options.check());
  options.baseline = "old.xml";
  EXPECT_THROW(options.check(), Error);
  options.first_release = false;
  EXPECT_NO_THROW(options.check());
}

TEST(NewVerdictTest, is_an_error_until_it_is_concluded) {
  const Verdict verdict = new_verdict({}, "unit");
  EXPECT_EQ(verdict.status, Status::error);
  EXPECT_EQ(verdict.gate, "unit");
  GateOptions options;
  options.gate_name = "my-unit";
  EXPECT_EQ(new_verdict(options, "unit").gate, "my-unit");
}

}  // namespace
}  // namespace modelgate
