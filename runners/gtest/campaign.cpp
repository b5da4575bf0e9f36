#include "runners/gtest/campaign.h"

#include <algorithm>
#include <cstdio>
#include <unordered_set>
#include <utility>

#include "schemas/formats/junit.h"
#include "schemas/tool/error.h"
#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

namespace fs = std::filesystem;

std::string in_seconds(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%g s", seconds);
  return text;
}

std::chrono::steady_clock::duration duration_of(double seconds) {
  return std::chrono::duration_cast<std::chrono::steady_clock::duration>(
      std::chrono::duration<double>(seconds));
}

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

bool is_failure(CaseStatus status) {
  return status == CaseStatus::failed || status == CaseStatus::crashed || status == CaseStatus::timed_out;
}

/// Some names may differ only in bytes that cannot be shown.
void tell_names_apart(const TestList& list, std::vector<Case>& cases) {
  bool all_shown = true;
  for (std::size_t i = 0; i < cases.size(); ++i) all_shown = all_shown && cases[i].name == list[i].name;
  if (all_shown) return;
  std::unordered_set<std::string_view> names;
  names.reserve(cases.size());
  for (Case& test : cases)
    while (!names.insert(test.name).second) test.name += "'";
}

}  // namespace

Campaign::Campaign(const TestProgram& program, const TestList& list, Limits limits, fs::path scratch)
    : program_(program), list_(list), limits_(limits), scratch_(std::move(scratch)) {
  cases_.reserve(list.size());
  for (const ListedTest& test : list.tests()) cases_.push_back(case_of(test));
}

void Campaign::run() {
  plan();
  work(limits_.shards);
}

bool Campaign::all_went_well() const {
  return std::all_of(cases_.begin(), cases_.end(), [](const Case& test) {
    return test.attempts.empty() && (test.status == CaseStatus::passed || test.status == CaseStatus::skipped);
  });
}

void Campaign::retry(std::size_t most) {
  std::vector<std::size_t> failed;
  for (std::size_t i = 0; i < cases_.size(); ++i)
    if (is_failure(cases_[i].status)) failed.push_back(i);
  retrying_ = true;
  for (; most > 0 && !failed.empty(); --most) {
    std::vector<std::size_t> attempts;
    for (const std::size_t test : failed) {
      attempts.push_back(cases_[test].attempts.size());
      waiting_.push_back({{test}, false});
    }
    // Alone: what disturbs a test may well be another.
    work(1);
    std::vector<std::size_t> fail_again;
    for (std::size_t i = 0; i < failed.size(); ++i) {
      const Case& test = cases_[failed[i]];
      const bool has_outcome = test.attempts.size() > attempts[i];
      if (!has_outcome && goes_on())
        problems_.push_back({"not_run", "the retry of " + test.name + " showed no outcome"});
      else if (!has_outcome)
        ++not_retried_;
      if (has_outcome && test.status != CaseStatus::passed) fail_again.push_back(failed[i]);
    }
    failed = std::move(fail_again);
  }
}

bool Campaign::goes_on() const { return !interrupted() && Clock::now() < limits_.deadline; }

/// Runs what waits, until nothing does or time is up.
void Campaign::work(std::size_t shards) {
  while (true) {
    while (goes_on() && !waiting_.empty() && running_.size() < shards) {
      Batch next = std::move(waiting_.front());
      waiting_.pop_front();
      start(std::move(next));
    }
    if (running_.empty()) break;
    // A program that has said nothing yet may begin with its tests while we wait.
    Clock::time_point wake =
        std::min(limits_.deadline, Clock::now() + duration_of(limits_.test_timeout_seconds));
    for (const auto& [id, running] : running_) wake = std::min(wake, silence_ends(running));
    if (auto ended = supervisor_.wait(std::max(wake, Clock::now() + std::chrono::milliseconds(1)))) {
      auto running = running_.extract(ended->first);
      if (running) finish(std::move(running.mapped()), ended->second);
    }
    stop_what_takes_too_long();
  }
  waiting_.clear();
}

void Campaign::plan() {
  std::vector<std::size_t> to_run;
  for (std::size_t i = 0; i < list_.size(); ++i) {
    if (!list_[i].disabled || program_.runs_disabled) {
      to_run.push_back(i);
      continue;
    }
    cases_[i].status = CaseStatus::skipped;
    cases_[i].message = "disabled by its name";
  }
  batches_ = std::make_unique<Batches>(list_, to_run, !limits_.filtered);
  put_first(batches_->divide(to_run, limits_.shards), false);
}

void Campaign::put_first(const std::vector<std::vector<std::size_t>>& batches, bool by_report) {
  for (auto tests = batches.rbegin(); tests != batches.rend(); ++tests)
    waiting_.push_front({*tests, by_report});
}

void Campaign::start(Batch batch) {
  const std::string number = std::to_string(++started_);
  processes_ += retrying_ ? 0 : 1;
  Running running;
  running.watch = std::make_unique<OutputWatch>(list_, batch.tests);
  running.unfinished = scratch_ / ("unfinished-" + number);
  // GoogleTest removes the file when RUN_ALL_TESTS returns; a test that calls exit() never gets there.
  write_file(running.unfinished, "");
  std::vector<std::string> flags = {"--gtest_filter=" + batches_->filter_of(batch.tests),
                                    "--gtest_color=yes"};
  if (batch.by_report) {
    running.report = scratch_ / ("report-" + number + ".xml");
    flags.push_back("--gtest_output=xml:" + running.report.string());
  }
  ProcessSpec spec = program_.with_flags(flags);
  spec.environment["TEST_PREMATURE_EXIT_FILE"] = running.unfinished.string();
  spec.grace = std::chrono::milliseconds(1000);
  running.batch = std::move(batch);
  // The watch does not move when the entry of running_ is made.
  spec.on_stdout_line = [watch = running.watch.get()](std::string_view line) { watch->line(line); };
  const Supervisor::Id id = supervisor_.start(std::move(spec));
  running_.emplace(id, std::move(running));
}

/// When a process that says nothing more is to be stopped.
Campaign::Clock::time_point Campaign::silence_ends(const Running& running) const {
  if (running.silent || running.stopped) return limits_.deadline;
  // A program that hides GoogleTest's lines gives no signs at all.
  if (running.watch->phase() == Phase::before && !running.batch.by_report) return limits_.deadline;
  const std::size_t tests = running.batch.by_report ? running.batch.tests.size() : 1;
  return std::min(limits_.deadline,
                  running.watch->last_sign() +
                      duration_of(std::min(limits_.test_timeout_seconds * static_cast<double>(tests), 1e6)));
}

void Campaign::stop_what_takes_too_long() {
  const Clock::time_point now = Clock::now();
  const bool late = now >= limits_.deadline;
  for (auto& [id, running] : running_) {
    if (running.silent || running.stopped) continue;
    if (!late && now < silence_ends(running)) continue;
    (late ? running.stopped : running.silent) = true;
    running.watch->freeze();
    if (const std::size_t test = running.watch->running(); late && test != OutputWatch::none)
      running_too_long_ +=
          (running_too_long_.empty() ? "" : ", ") + printable(list_[running.batch.tests[test]].name);
    supervisor_.stop(id);
  }
}

void Campaign::finish(Running running, const ProcessOutcome& outcome) {
  // A last line without an end is not handed out as a line.
  const std::string_view said = outcome.out.text;
  if (const std::size_t last = said.rfind('\n') + 1; last < said.size())
    running.watch->line(said.substr(last));

  BatchEnd end;
  end.returned = !fs::exists(running.unfinished);
  end.silent = running.silent;
  end.silence_seconds = limits_.test_timeout_seconds;
  end.stopped = running.stopped || outcome.ending == Ending::interrupted;
  end.outcome = outcome;
  BatchResult result = conclude_batch(list_, *running.watch, end);
  for (auto& [test, one] : result.cases) take(test, std::move(one));
  cut_ += result.cut;
  // What goes wrong around the tests goes wrong in every process.
  for (Problem& problem : result.problems)
    if (std::find(problems_.begin(), problems_.end(), problem) == problems_.end())
      problems_.push_back(std::move(problem));
  const auto again = batches_->divide_by_filter(result.again);
  further_processes_ += again.size();
  put_first(again, running.batch.by_report);
  if (running.batch.by_report) {
    take_from_report(running, result.unseen);
  } else {
    by_report_ += retrying_ ? 0 : result.unseen.size();
    put_first(batches_->divide_by_filter(result.unseen), true);
  }
  std::error_code ignored;
  fs::remove(running.unfinished, ignored);
  if (!running.report.empty()) fs::remove(running.report, ignored);
}

void Campaign::take(std::size_t test, Case result) {
  Case& known = cases_[test];
  if (retrying_) {
    result.attempts = std::move(known.attempts);
    if (result.attempts.empty()) result.attempts.push_back({known.status, known.seconds, known.message});
    result.attempts.push_back({result.status, result.seconds, result.message});
  }
  known = std::move(result);
}

void Campaign::take_from_report(const Running& running, const std::vector<std::size_t>& tests) {
  if (tests.empty()) return;
  Measurements report;
  try {
    report = read_junit(running.report);
  } catch (const Error& error) {
    problems_.push_back(
        {"bad_output", "the test program wrote no report that can be read: " + error.message()});
    return;
  }
  const auto* const series =
      report.series.empty() ? nullptr : std::get_if<CaseSeries>(&report.series.front());
  if (series == nullptr) return;
  for (const Case& seen : series->cases) {
    const std::size_t test = list_.find(seen.name);
    if (test == TestList::none || std::find(tests.begin(), tests.end(), test) == tests.end()) continue;
    Case result = case_of(list_[test]);
    result.status = seen.status;
    result.seconds = seen.seconds;
    result.message = seen.message;
    take(test, std::move(result));
  }
}

void Campaign::tell(Measurements& measurements) {
  std::size_t not_run = 0;
  std::string names;
  for (const Case& test : cases_) {
    if (test.status != CaseStatus::not_run) continue;
    if (++not_run <= 5) names += (names.empty() ? "" : ", ") + test.name;
  }
  if (interrupted())
    problems_.push_back({"interrupted", "the tests were interrupted"});
  else if (not_run > 0 && Clock::now() >= limits_.deadline)
    problems_.push_back(
        {"timed_out", "the tests did not end within " + in_seconds(limits_.timeout_seconds) +
                          (running_too_long_.empty() ? "" : "; running was " + running_too_long_)});
  if (not_run > 0)
    problems_.push_back({"not_run", counted(not_run, "test was", "tests were") +
                                        " listed and not run: " + names + (not_run > 5 ? ", …" : "")});
  note_what_was_special(measurements);
  measurements.problems.insert(measurements.problems.end(), problems_.begin(), problems_.end());
  tell_names_apart(list_, cases_);
  CaseSeries series{"tests", {}};
  series.cases = std::move(cases_);
  measurements.series.push_back(std::move(series));
}

void Campaign::note_what_was_special(Measurements& measurements) const {
  std::vector<std::string>& notes = measurements.notes;
  if (further_processes_ > 0)
    notes.push_back("ran in " + counted(processes_, "process", "processes") + ": " +
                    counted(further_processes_, "was", "were") +
                    " needed for tests that others kept from their turn");
  if (by_report_ > 0)
    notes.push_back(counted(by_report_, "test was", "tests were") +
                    " run again with a report of GoogleTest, because the end of it was not printed");
  if (cut_ > 0)
    notes.push_back(counted(cut_, "message holds", "messages hold") +
                    " only the beginning and the end of what the test printed");
  for (const ListedTest& test : list_.tests())
    if (test.registered > 1)
      notes.push_back(std::to_string(test.registered) + " tests are called " + printable(test.name) +
                      ": the worst of them counts");
  if (not_retried_ > 0)
    notes.push_back(counted(not_retried_, "failed test was", "failed tests were") +
                    " not run again as declared: all tests together have " +
                    in_seconds(limits_.timeout_seconds));
}

}  // namespace modelgate
