#include "runners/gtest/gtest.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "runners/gtest/campaign.h"
#include "runners/gtest/listing.h"
#include "runners/process/process.h"
#include "runners/recording/scratch_folder.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using Clock = std::chrono::steady_clock;

Measurements measure(const GtestOptions& options, const MeasuredSubject& subject) {
  Measurements measurements = new_measurements("gtest", subject.subject);
  const double seconds = options.runner.timeout_seconds;
  const Clock::time_point deadline =
      Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  const TestProgram program(options, subject);
  const ScratchFolder scratch;
  const double patience = std::min(seconds, options.test_timeout_seconds);
  const Listing listing =
      list_tests(program, options.filter,
                 std::chrono::milliseconds(static_cast<std::int64_t>(patience * 1000) + 1), scratch.path());
  if (listing.problem) {
    measurements.problems.push_back(*listing.problem);
    measurements.series.push_back(CaseSeries{"tests", {}});
    return measurements;
  }
  Campaign::Limits limits;
  limits.shards = options.shards > 0 ? static_cast<std::size_t>(options.shards)
                                     : std::max(1u, std::thread::hardware_concurrency());
  limits.filtered = !options.filter.empty();
  limits.test_timeout_seconds = options.test_timeout_seconds;
  limits.deadline = deadline;
  limits.timeout_seconds = seconds;
  Campaign(program, listing.list, limits, scratch.path()).run(measurements);
  return measurements;
}

}  // namespace

void GtestOptions::declare(OptionSet& options) {
  runner.declare(options);
  options.text("program", program, "PROGRAM", "The GoogleTest program; {subject} is the measured folder",
               Need::required);
  options.list("argument", arguments, "WORD", "A word for the program, in order; {subject} is replaced");
  options.text("filter", filter, "PATTERNS", "Only tests that match, as GoogleTest reads it: 'A.*-*.Slow'");
  options.integer("shards", shards, 0, 1024, "N", "Processes side by side (0: as many as processors)");
  options.number("test-timeout-seconds", test_timeout_seconds, 0.001, 1e6, "SECONDS",
                 "A test that takes longer is stopped, and the others go on");
}

ExitCode run_gtest(const GtestOptions& options) {
  if (options.program.empty()) throw usage_error("--program", "is empty", "Name the GoogleTest program.");
  check_arguments(options.arguments);
  watch_interrupts();
  bool troubled = false;
  for (const MeasuredSubject& subject : options.runner.subjects()) {
    const Measurements measurements = measure(options, subject);
    troubled = troubled || !measurements.problems.empty();
    write_measurements(measurements, options.runner.output);
  }
  return troubled ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
