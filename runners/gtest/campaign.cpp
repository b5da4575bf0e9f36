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

void Campaign::run(Measurements& measurements) {
  plan();
  while (true) {
    const bool goes_on = !interrupted() && Clock::now() < limits_.deadline;
    while (goes_on && !waiting_.empty() && running_.size() < limits_.shards) {
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
  tell(measurements);
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
  const std::string number = std::to_string(++processes_);
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
  take(std::move(result.cases));
  cut_ += result.cut;
  problems_.insert(problems_.end(), result.problems.begin(), result.problems.end());
  const auto again = batches_->divide_by_filter(result.again);
  further_processes_ += again.size();
  put_first(again, running.batch.by_report);
  if (running.batch.by_report) {
    take_from_report(running, result.unseen);
  } else {
    by_report_ += result.unseen.size();
    put_first(batches_->divide_by_filter(result.unseen), true);
  }
  std::error_code ignored;
  fs::remove(running.unfinished, ignored);
  if (!running.report.empty()) fs::remove(running.report, ignored);
}

void Campaign::take(std::vector<std::pair<std::size_t, Case>> cases) {
  for (auto& [test, result] : cases) cases_[test] = std::move(result);
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
    cases_[test].status = seen.status;
    cases_[test].seconds = seen.seconds;
    cases_[test].message = seen.message;
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
  measurements.problems.insert(measurements.problems.end(), problems_.begin(), problems_.end());
  tell_names_apart(list_, cases_);
  CaseSeries series{"tests", {}};
  series.cases = std::move(cases_);
  measurements.series.push_back(std::move(series));
}

}  // namespace modelgate
