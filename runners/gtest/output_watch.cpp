#include "runners/gtest/output_watch.h"

#include <algorithm>
#include <charconv>

namespace modelgate {
namespace {

// Enough to see what went wrong; a report with megabytes of output is read by nobody.
constexpr std::size_t said_bytes = 2048, asserted_bytes = 8192;

int badness(CaseStatus status) {
  return status == CaseStatus::failed ? 2 : status == CaseStatus::skipped ? 1 : 0;
}

}  // namespace

OutputWatch::OutputWatch(const TestList& list, std::vector<std::size_t> tests)
    : list_(list),
      tests_(std::move(tests)),
      positions_(list.size(), 0),
      sightings_(tests_.size()),
      last_sign_(std::chrono::steady_clock::now()),
      said_(said_bytes, said_bytes),
      asserted_(asserted_bytes, asserted_bytes / 2),
      outside_(said_bytes, said_bytes) {
  for (std::size_t i = 0; i < tests_.size(); ++i) positions_[tests_[i]] = static_cast<std::uint32_t>(i + 1);
}

void OutputWatch::line(std::string_view line) {
  if (frozen_) return;
  const auto marker = line.find('\033') == std::string_view::npos ? std::nullopt : marker_in(line);
  if (!marker) return text(line);
  // GoogleTest ends the colour of a note only in the line after it.
  if (!marker->before.empty() && marker->before != "\033[m") text(marker->before);
  marked(*marker);
}

void OutputWatch::marked(const Marker& marker) {
  switch (marker.kind) {
    case MarkerKind::bar:
      leave_phase();
      if (marker.rest.starts_with("Running ")) {
        const std::string_view count = marker.rest.substr(8);
        std::from_chars(count.data(), count.data() + count.size(), announced_);
      } else {
        phase_ = Phase::after;
      }
      break;
    case MarkerKind::rule:
      rule(marker.rest);
      break;
    case MarkerKind::passed:
    case MarkerKind::disabled:
      break;
    case MarkerKind::run:
      if (const std::size_t position = position_of(marker.rest); position != none) begin_test(position);
      break;
    case MarkerKind::ok:
    case MarkerKind::skipped:
    case MarkerKind::failed: {
      std::size_t position = position_of(test_name_in(marker.rest));
      if (position == none && running_ != none && marker.rest.starts_with(list_[tests_[running_]].name))
        position = running_;  // a name that itself holds what ends one
      const CaseStatus status = marker.kind == MarkerKind::ok        ? CaseStatus::passed
                                : marker.kind == MarkerKind::skipped ? CaseStatus::skipped
                                                                     : CaseStatus::failed;
      constexpr std::string_view of_suite = ": SetUpTestSuite or TearDownTestSuite";
      if (position != none && sightings_[position].started)
        end_test(position, status, marker.rest);
      else if (status == CaseStatus::failed && marker.rest.ends_with(of_suite))
        failed_suites_.emplace(marker.rest.substr(0, marker.rest.size() - of_suite.size()));
      break;
    }
  }
  last_sign_ = std::chrono::steady_clock::now();
}

void OutputWatch::rule(std::string_view rest) {
  leave_phase();
  if (rest.starts_with("Global test environment ")) {
    phase_ = rest.find("set-up") != std::string_view::npos ? Phase::environment_set_up
                                                           : Phase::environment_tear_down;
    return;
  }
  if (rest.ends_with(" total)")) {
    phase_ = Phase::between_suites;
    return;
  }
  constexpr std::string_view from = " from ";
  const std::size_t at = rest.find(from);
  if (at == std::string_view::npos) return;
  suite_ = test_name_in(rest.substr(at + from.size()));
  phase_ = Phase::suite;
}

/// What was said outside of tests belongs to the phase that ends.
void OutputWatch::leave_phase() {
  if (phase_ == Phase::environment_set_up) environment_said_ = outside_.text();
  if (assertion_outside_) {
    if (phase_ == Phase::environment_set_up) failed_environment_ = outside_.text();
    if (phase_ == Phase::suite)
      suites_with_failures_[suite_] = outside_.text();
    else if (failures_around_.size() < said_bytes)
      failures_around_ += (failures_around_.empty() ? "" : "\n") + outside_.text();
  }
  // What main() printed last is of interest only if nothing follows it.
  assertion_outside_ = false;
  outside_.clear();
}

void OutputWatch::begin_test(std::size_t position) {
  running_ = position;
  sightings_[position].started = true;
  phase_ = Phase::test;
  said_.clear();
  asserted_.clear();
}

void OutputWatch::end_test(std::size_t position, CaseStatus status, std::string_view rest) {
  Sighting& seen = sightings_[position];
  if (!seen.ended || badness(status) > badness(seen.status)) {
    seen.status = status;
    // The list of failed tests at the end says a name again, after the text is gone.
    if (status != CaseStatus::passed && running_ == position) {
      seen.message = asserted_.empty() ? said_.text() : asserted_.text();
      seen.cut = asserted_.empty() ? said_.was_cut() : asserted_.was_cut();
    }
  }
  seen.seconds = std::max(seen.seconds, seconds_in(rest));
  seen.ended = true;
  if (running_ != position) return;
  last_ended_ = position;
  running_ = none;
  phase_ = Phase::suite;
}

void OutputWatch::text(std::string_view line) {
  if (phase_ != Phase::test) {
    // GoogleTest repeats the filter that it was given, which may be long.
    if (line.find("filter = ") != std::string_view::npos && line.find("Note: ") != std::string_view::npos)
      return;
    assertion_outside_ = assertion_outside_ || assertion_in(line).has_value();
    outside_.add_line(line);
    return;
  }
  if (running_ == none) return;
  if (asserted_.empty()) {
    const auto place = assertion_in(line);
    if (!place) return said_.add_line(line);
    sightings_[running_].place = *place;
  }
  asserted_.add_line(line);
}

std::string OutputWatch::said_by_test() const {
  return asserted_.empty() ? said_.text()
         : said_.empty()   ? asserted_.text()
                           : asserted_.text() + "\n" + said_.text();
}

std::size_t OutputWatch::position_of(std::string_view name) {
  if (next_ < tests_.size() && list_[tests_[next_]].name == name) return next_++;
  // The end of a test names the one that was found last.
  if (next_ > 0 && list_[tests_[next_ - 1]].name == name) return next_ - 1;
  const std::size_t index = list_.find(name);
  if (index == TestList::none || positions_[index] == 0) return none;
  const std::size_t position = positions_[index] - 1;
  next_ = position + 1;
  return position;
}

}  // namespace modelgate
