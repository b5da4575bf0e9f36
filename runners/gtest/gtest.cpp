#include "runners/gtest/gtest.h"

#include <algorithm>
#include <chrono>
#include <memory>
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
    Listing printed = list(false);
    if (printed.problem) return without_tests(*printed.problem);
    take_part(printed);
    if (printed.list.size() == 0) return without_tests(std::nullopt);
    auto campaign = run(printed.list);
    // Before anything is run again: a list that was misread must not pass for tests that fail now and then.
    Listing filed;
    const bool doubtful = !printed.from_file && !campaign->all_went_well();
    const bool listed_again = doubtful && !interrupted() && Clock::now() < deadline_;
    if (listed_again) {
      filed = list(true);
      if (!filed.problem) take_part(filed);
      if (filed.misprinted && filed.problem) return without_tests(*filed.problem);
      if (filed.misprinted) campaign = run(filed.list);
    }
    campaign->retry(static_cast<std::size_t>(options_.retries));
    Measurements measured = document_;
    campaign->tell(measured);
    const Listing& listing = listed_again ? filed : printed;
    if (!listing.problem) place_in_sources(listing.list, std::get<CaseSeries>(measured.series.front()));
    return measured;
  }

 private:
  /// Leaves of the tests those of the part that is asked for, and says in the document which it is.
  void take_part(Listing& listing) {
    document_.part = options_.part.part();
    if (!document_.part) return;
    std::vector<std::string> names;
    for (const ListedTest& test : listing.list.tests()) names.push_back(test.name);
    document_.part->names = digest_of_names(names);
    const PartRange range = range_of(*document_.part, names.size());
    const auto begin = listing.list.tests().begin();
    listing.list = TestList(std::vector<ListedTest>(begin + static_cast<std::ptrdiff_t>(range.begin),
                                                    begin + static_cast<std::ptrdiff_t>(range.end)));
  }

  Measurements without_tests(const std::optional<Problem>& why) const {
    Measurements measured = document_;
    if (why) measured.problems.push_back(*why);
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

  /// `list` outlives what comes back.
  std::unique_ptr<Campaign> run(const TestList& list) const {
    Campaign::Limits limits;
    limits.shards = options_.shards > 0 ? static_cast<std::size_t>(options_.shards)
                                        : std::max(1u, std::thread::hardware_concurrency());
    limits.filtered = !options_.filter.empty() || document_.part;
    limits.test_timeout_seconds = options_.test_timeout_seconds;
    limits.deadline = deadline_;
    limits.timeout_seconds = options_.runner.timeout_seconds;
    auto campaign = std::make_unique<Campaign>(program_, list, limits, scratch_.path());
    campaign->run();
    return campaign;
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
  options.integer("retries", retries, 0, 10, "N",
                  "Run a test that failed again, alone, up to N times; every attempt is recorded");
  part.declare(options, "the tests");
}

ExitCode run_gtest(const GtestOptions& options) {
  if (options.program.empty()) throw usage_error("--program", "is empty", "Name the GoogleTest program.");
  check_arguments(options.arguments);
  watch_interrupts();
  const std::vector<MeasuredSubject> subjects = options.runner.subjects();
  options.part.part();
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
