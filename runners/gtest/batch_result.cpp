#include "runners/gtest/batch_result.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

std::string in_seconds(double seconds) {
  char text[32];
  std::snprintf(text, sizeof text, "%g s", seconds);
  return text;
}

std::string join(const std::string& first, const std::string& second) {
  return first.empty() ? second : second.empty() ? first : first + "\n" + second;
}

/// The last part of what went to stderr: where a sanitizer, an abort and an uncaught exception tell their
/// story.
std::string last_words(const StreamText& err) {
  Excerpt excerpt(0, 4096);
  excerpt.add(err.text);
  return excerpt.text();
}

/// The end of a text as part of a sentence.
std::string in_one_line(const std::string& text) {
  constexpr std::size_t enough = 600;
  std::string line;
  for (const char c : text.substr(text.size() > enough ? text.size() - enough : 0)) {
    if (c != '\n')
      line += c;
    else if (!line.ends_with(" / "))
      line += " / ";
  }
  return line;
}

class Conclusion {
 public:
  Conclusion(const TestList& list, const OutputWatch& watch, const BatchEnd& end)
      : list_(list), watch_(watch), end_(end) {
    result_.cases.reserve(watch.tests().size());
    for (std::size_t i = 0; i < watch.tests().size(); ++i) add_what_was_seen(i);
  }

  BatchResult take() && {
    blame_failed_suites();
    if (end_.stopped) return std::move(result_);
    if (end_.outcome.ending == Ending::exited && end_.returned)
      ended_well();
    else if (end_.outcome.ending == Ending::not_started)
      problem(end_.outcome.sentence());
    else
      ended_badly();
    return std::move(result_);
  }

 private:
  void add_what_was_seen(std::size_t position) {
    const Sighting& seen = watch_.sighting(position);
    const std::size_t test = watch_.tests()[position];
    if (!seen.ended) {
      open_.push_back(test);
      return;
    }
    Case result = case_of(list_[test]);
    result.status = seen.status;
    result.seconds = seen.seconds;
    result.message = seen.message;
    if (!seen.place.file.empty()) {
      result.file = seen.place.file;
      result.line = seen.place.line;
    }
    result_.cut += seen.cut ? 1 : 0;
    result_.cases.emplace_back(test, std::move(result));
  }

  const std::string& suite_of(std::size_t test) const { return list_[test].suite; }

  /// Turns cases that did no wrong themselves into what happened around them.
  template <typename Which>
  std::size_t blame(CaseStatus status, const std::string& message, const Which& which) {
    std::size_t blamed = 0;
    for (auto& [test, result] : result_.cases) {
      if (!which(test, result)) continue;
      result.status = status;
      result.message = join(message, result.message);
      ++blamed;
    }
    return blamed;
  }

  /// A suite whose set-up failed skips its tests, and one whose tear-down failed fails without failing any.
  void blame_failed_suites() {
    const bool went_well = end_.outcome.succeeded();
    std::map<std::string, std::string> failed;
    for (const std::string& suite : watch_.failed_suites()) failed[suite];
    for (const auto& [suite, said] : watch_.suites_with_failures())
      if (!went_well || failed.contains(suite)) failed[suite] = said;
    for (const auto& [suite, said] : failed)
      explained_ += blame(CaseStatus::failed, join("The set-up or tear-down of the suite failed.", said),
                          [&](std::size_t test, const Case& result) {
                            return suite_of(test) == suite && result.status != CaseStatus::failed;
                          });
    if (watch_.failed_environment().empty() || went_well) return;
    explained_ += blame(CaseStatus::failed, join("The global set-up failed.", watch_.failed_environment()),
                        [](std::size_t, const Case& result) { return result.status == CaseStatus::skipped; });
  }

  void ended_well() {
    const bool skipped_by_environment = !open_.empty() && result_.cases.empty() && !watch_.saw_a_suite() &&
                                        watch_.announced() == static_cast<std::int64_t>(expected()) &&
                                        end_.outcome.exit_code == 0;
    for (const std::size_t test : open_) {
      if (!skipped_by_environment) {
        result_.unseen.push_back(test);
        continue;
      }
      Case result = case_of(list_[test]);
      result.status = CaseStatus::skipped;
      result.message = join("The global set-up skipped all tests.", watch_.environment_said());
      result_.cases.emplace_back(test, std::move(result));
    }
    if (end_.outcome.exit_code == 0 || explained_ > 0 || !result_.unseen.empty()) return;
    const bool a_test_failed = std::any_of(result_.cases.begin(), result_.cases.end(), [](const auto& entry) {
      return entry.second.status == CaseStatus::failed;
    });
    if (!a_test_failed) problem(end_.outcome.sentence() + " although none of its tests failed");
  }

  /// What GoogleTest counts: tests of one name are several.
  std::size_t expected() const {
    std::size_t count = 0;
    for (const std::size_t test : watch_.tests()) count += static_cast<std::size_t>(list_[test].registered);
    return count;
  }

  void ended_badly() {
    const CaseStatus status = end_.silent ? CaseStatus::timed_out : CaseStatus::crashed;
    if (watch_.running() != OutputWatch::none) {
      const std::size_t culprit = watch_.tests()[watch_.running()];
      end_case(culprit, status, join(what_happened() + ".", watch_.said_by_test()));
      result_.again = open_;
      return;
    }
    const bool in_suites = watch_.phase() == Phase::suite || watch_.phase() == Phase::between_suites;
    if (in_suites && blame_suite(status)) {
      result_.again = open_;
    } else if (watch_.phase() == Phase::environment_tear_down || watch_.phase() == Phase::after) {
      problem(happened_to_program() + " after its last test");
      if (open_.size() < watch_.tests().size()) result_.again = open_;
    } else {
      problem(happened_to_program() + " before its first test");
    }
  }

  /// The process ended in a suite and in none of its tests. True if somebody was found.
  bool blame_suite(CaseStatus status) {
    const std::string& suite = watch_.suite();
    const auto in_suite = [&](std::size_t test) { return suite_of(test) == suite; };
    const bool a_test_ended = std::any_of(result_.cases.begin(), result_.cases.end(),
                                          [&](const auto& entry) { return in_suite(entry.first); });
    if (!a_test_ended) {
      const std::vector<std::size_t> all = open_;
      for (const std::size_t test : all)
        if (in_suite(test)) end_case(test, status, "In the set-up of the suite: " + what_happened() + ".");
      return open_.size() < all.size();
    }
    const bool all_ended = std::none_of(open_.begin(), open_.end(), in_suite);
    if (all_ended && watch_.phase() == Phase::suite)
      return blame(status, with_last_words("In the tear-down of the suite: " + what_happened() + "."),
                   [&](std::size_t test, const Case& result) {
                     return in_suite(test) && result.status != CaseStatus::failed;
                   }) > 0;
    if (watch_.last_ended() == OutputWatch::none) return false;
    const std::size_t last = watch_.tests()[watch_.last_ended()];
    return blame(status, with_last_words("Right after this test: " + what_happened() + "."),
                 [&](std::size_t test, const Case&) { return test == last; }) > 0;
  }

  void end_case(std::size_t test, CaseStatus status, const std::string& message) {
    Case result = case_of(list_[test]);
    result.status = status;
    result.message = with_last_words(message);
    if (status == CaseStatus::timed_out) result.seconds = end_.silence_seconds;
    result_.cases.emplace_back(test, std::move(result));
    open_.erase(std::find(open_.begin(), open_.end(), test));
  }

  std::string what_happened() const {
    if (end_.silent) return "did not end within " + in_seconds(end_.silence_seconds);
    if (end_.outcome.ending == Ending::exited)
      return "ended its process by exit(" + std::to_string(end_.outcome.exit_code) + ")";
    return "the process " + end_.outcome.sentence();
  }

  std::string happened_to_program() const { return end_.silent ? what_happened() : end_.outcome.sentence(); }

  std::string with_last_words(const std::string& message) const {
    const std::string words = last_words(end_.outcome.err);
    return words.empty() ? message : join(message, "The end of stderr:\n" + words);
  }

  void problem(const std::string& sentence) {
    const std::string code = end_.silent                                ? "timed_out"
                             : end_.outcome.ending == Ending::exited    ? "failed"
                             : end_.outcome.ending == Ending::signalled ? "crashed"
                                                                        : name_of(end_.outcome.ending);
    // After its tests GoogleTest sums up, which explains nothing.
    const std::string around = watch_.phase() == Phase::after
                                   ? watch_.failures_around()
                                   : join(watch_.failures_around(), watch_.said_outside());
    const std::string said = in_one_line(join(around, last_words(end_.outcome.err)));
    result_.problems.push_back({code, "the test program " + sentence + (said.empty() ? "" : ": " + said)});
  }

  const TestList& list_;
  const OutputWatch& watch_;
  const BatchEnd& end_;
  BatchResult result_;
  std::vector<std::size_t> open_;  // no outcome yet, in order
  std::size_t explained_ = 0;      // tests that were blamed for what the exit code says
};

}  // namespace

Case case_of(const ListedTest& test) {
  Case result;
  result.name = is_printable(test.name) ? test.name : printable(test.name);
  return result;
}

BatchResult conclude_batch(const TestList& list, const OutputWatch& watch, const BatchEnd& end) {
  return Conclusion(list, watch, end).take();
}

}  // namespace modelgate
