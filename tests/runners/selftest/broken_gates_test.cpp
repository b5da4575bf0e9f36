#include <gmock/gmock.h>
#include <sys/stat.h>

#include "measured_project.h"
#include "schemas/tool/files.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// Our programs in a folder of the test's own, where a gate can be another than ours.
class BrokenGates : public ::testing::Test {
 protected:
  BrokenGates() {
    project_.write_plan("  quality: {from: model, checks: [\"accuracy margin=4pp min=0.8\"]}\n");
    fs::create_directories(bin_);
    // A program finds the others beside itself, so the front command must really lie here.
    fs::copy_file(MODELGATE_BIN_DIR "/modelgate", bin_ / "modelgate");
    fs::create_symlink(MODELGATE_BIN_DIR "/modelgate-gate-suite", bin_ / "modelgate-gate-suite");
  }

  void write_gate(const std::string& script) {
    const fs::path gate = bin_ / "modelgate-gate-quality";
    write_file(gate, "#!/bin/sh\n" + script);
    ::chmod(gate.c_str(), 0755);
  }

  ProcessOutcome selftest() const {
    ProcessSpec spec;
    spec.argv = {(bin_ / "modelgate").string(), "selftest"};
    spec.folder = project_.folder();
    spec.environment["TMPDIR"] = temporary();
    spec.timeout = std::chrono::seconds(100);
    fs::create_directories(temporary());
    return run_process(spec);
  }

  std::string temporary() const { return (project_.folder() / "temporary").string(); }

  MeasuredProject project_;
  fs::path bin_ = project_.folder() / "bin";
};

TEST_F(BrokenGates, one_that_passes_whatever_it_is_given_is_found_out) {
  ASSERT_EQ(project_.selftest({"--keep", "kept"}).exit_code, 0);
  // The verdict of an unharmed candidate, for everybody.
  const fs::path verdict = project_.folder() / "kept" / "001-quality-none" / "verdicts" / "quality.json";
  ASSERT_TRUE(fs::exists(verdict));
  write_gate("while [ $# -gt 0 ]; do [ \"$1\" = --output ] && out=$2; shift; done\ncp '" + verdict.string() +
             "' \"$out\"\n");
  const ProcessOutcome outcome = selftest();
  EXPECT_EQ(outcome.exit_code, 1) << outcome.out.text << outcome.err.text;
  EXPECT_THAT(outcome.out.text, HasSubstr("LET THROUGH  quality/accuracy\n"));
  EXPECT_THAT(outcome.out.text, HasSubstr("LET THROUGH  quality/accuracy min\n"));
  EXPECT_THAT(outcome.out.text, HasSubstr("planted: data file of the candidate: missing"));
}

TEST_F(BrokenGates, one_whose_exit_code_is_not_its_verdict_decides_nothing) {
  write_gate("'" MODELGATE_BIN_DIR "/modelgate-gate-quality' \"$@\" 2>/dev/null >&2\nexit 0\n");
  const ProcessOutcome outcome = selftest();
  EXPECT_EQ(outcome.exit_code, 1) << "a loss that exits with 0 is let through\n" << outcome.out.text;
  EXPECT_THAT(outcome.out.text, HasSubstr("and its verdict says error"));
}

TEST_F(BrokenGates, one_that_crashes_could_not_be_tried) {
  write_gate("kill -SEGV $$\n");
  const ProcessOutcome outcome = selftest();
  EXPECT_EQ(outcome.exit_code, 4) << outcome.out.text;
  EXPECT_THAT(outcome.out.text, HasSubstr("NOT TRIED  quality/the whole gate"));
  EXPECT_THAT(outcome.out.text, HasSubstr("SIGSEGV"));
}

TEST_F(BrokenGates, one_that_is_missing_is_named) {
  const ProcessOutcome outcome = selftest();
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err.text, HasSubstr("the program modelgate-gate-quality is missing"));
}

TEST_F(BrokenGates, an_interrupt_ends_it_and_leaves_nothing) {
  write_gate("kill -INT $PPID\nexec sleep 1000\n");
  const ProcessOutcome outcome = selftest();
  EXPECT_EQ(outcome.exit_code, 4) << outcome.out.text;
  EXPECT_THAT(outcome.err.text, HasSubstr("interrupted"));
  EXPECT_TRUE(fs::is_empty(temporary()));
}

}  // namespace
}  // namespace modelgate
