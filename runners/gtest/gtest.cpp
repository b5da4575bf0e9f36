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

/// What did not pass gets its place in the source: that of the assertion that failed, else that of the test.
void place_in_sources(const TestList& list, CaseSeries& series) {
  for (Case& test : series.cases) {
    if (test.status == CaseStatus::passed || test.status == CaseStatus::skipped) continue;
    const std::size_t index = list.find(test.name);
    if (index == TestList::none || list[index].file.empty()) continue;
    // What a test printed before an assertion, without ending the line, is no part of the file's name.
    const bool named = test.file.ends_with(list[index].file);
    if (!test.file.empty() && !named) continue;
    test.file = list[index].file;
    if (!named) test.line = list[index].line;
  }
}

/// Measures one subject.
class Measuring {
 public:
  Measuring(const GtestOptions& options, const MeasuredSubject& subject)
      : options_(options),
        program_(options, subject),
        deadline_(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                     std::chrono::duration<double>(options.runner.timeout_seconds))),
        document_(new_measurements("gtest", subject.subject)) {}

  Measurements measure() && {
    Listing listing = list(false);
    if (listing.problem) return without_tests(*listing.problem);
    Measurements measured = run(listing.list);
    if (!listing.from_file && !all_well(measured) && !interrupted() && Clock::now() < deadline_) {
      listing = list(true);
      if (listing.misprinted && listing.problem) return without_tests(*listing.problem);
      if (listing.misprinted) measured = run(listing.list);
    }
    if (!listing.problem) place_in_sources(listing.list, cases_of(measured));
    return measured;
  }

 private:
  static CaseSeries& cases_of(Measurements& measured) {
    return std::get<CaseSeries>(measured.series.front());
  }
  static bool all_well(Measurements& measured) {
    const std::vector<Case>& cases = cases_of(measured).cases;
    return std::all_of(cases.begin(), cases.end(), [](const Case& test) {
      return test.status == CaseStatus::passed || test.status == CaseStatus::skipped;
    });
  }

  Measurements without_tests(const Problem& why) const {
    Measurements measured = document_;
    measured.problems.push_back(why);
    measured.series.push_back(CaseSeries{"tests", {}});
    return measured;
  }

  Listing list(bool from_file) const {
    const double left = std::chrono::duration<double>(deadline_ - Clock::now()).count();
    const double patience = std::min(std::max(left, 0.0), options_.test_timeout_seconds);
    return list_tests(program_, options_.filter,
                      std::chrono::milliseconds(static_cast<std::int64_t>(patience * 1000) + 1),
                      scratch_.path(), from_file);
  }

  Measurements run(const TestList& list) const {
    Campaign::Limits limits;
    limits.shards = options_.shards > 0 ? static_cast<std::size_t>(options_.shards)
                                        : std::max(1u, std::thread::hardware_concurrency());
    limits.filtered = !options_.filter.empty();
    limits.test_timeout_seconds = options_.test_timeout_seconds;
    limits.deadline = deadline_;
    limits.timeout_seconds = options_.runner.timeout_seconds;
    Measurements measured = document_;
    Campaign(program_, list, limits, scratch_.path()).run(measured);
    return measured;
  }

  const GtestOptions& options_;
  const TestProgram program_;
  const ScratchFolder scratch_;
  const Clock::time_point deadline_;
  Measurements document_;
};

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
  const std::vector<MeasuredSubject> subjects = options.runner.subjects();
  // What is wrong with the settings shall be said before anything is removed.
  for (const MeasuredSubject& subject : subjects) TestProgram(options, subject);
  remove_old_measurements(options.runner.output);
  bool troubled = false;
  for (const MeasuredSubject& subject : subjects) {
    const Measurements measurements = Measuring(options, subject).measure();
    write_measurements(measurements, options.runner.output);
    troubled = say_problems(measurements) || troubled;
  }
  return troubled ? ExitCode::error : ExitCode::pass;
}

}  // namespace modelgate
