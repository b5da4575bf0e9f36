#include "runners/exec/command_process.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <optional>

#include "runners/exec/row_json.h"
#include "runners/pairs/kept_values.h"
#include "runners/pairs/warm_up.h"
#include "runners/process/descriptor.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of(" \t\r\n");
  if (end == std::string::npos) return "";
  const std::size_t before = text.find_last_of('\n', end);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  constexpr std::size_t enough = 300;
  return printable(text.substr(begin, std::min(end - begin + 1, enough)));
}

/// What the process printed, line by line.
class Answered {
 public:
  void add(std::string_view line) {
    if (lines_.empty()) first_ = Clock::now();
    // Whatever it prints must not fill our memory.
    constexpr std::size_t most_bytes = std::size_t{256} << 20;
    if (bytes_ + line.size() > most_bytes) line = {};
    bytes_ += line.size();
    lines_.emplace_back(line);
  }
  std::size_t count() const { return lines_.size(); }
  std::optional<Clock::time_point> first() const { return first_; }

  /// Why these are no answers to the rows; nothing if they are.
  std::optional<Problem> problem(const RowsToAnswer& rows) const {
    const std::string of_all = " of " + std::to_string(rows.lines.size()) + " rows";
    std::size_t answered = 0;
    for (const std::string& line : lines_) {
      const auto answer = object_of(line);
      if (!answer || !name_of_row(*answer))
        return Problem{"bad_output",
                       "it printed a line that is no JSON object with an 'id': " + shortened(line)};
      if (answer->contains("error"))
        return Problem{"bad_output",
                       "an answer is an error, and how fast errors are is not measured: " + shortened(line)};
      ++answered;
    }
    if (answered != rows.lines.size())
      return Problem{"bad_output", "it answered " + std::to_string(answered) + of_all};
    return std::nullopt;
  }

 private:
  std::vector<std::string> lines_;
  std::size_t bytes_ = 0;
  std::optional<Clock::time_point> first_;
};

SampleSeries one_value(const std::string& quantity, const std::string& unit, double value) {
  return {"command", quantity, unit, Better::lower, false, {{0, 0, {value}}}};
}

/// What every process tells, whether cold or warm.
ProcessRun told(const ProcessOutcome& outcome, Clock::time_point started, const Answered& answered,
                const RowsToAnswer& rows) {
  ProcessRun run = run_of(outcome);
  if (!outcome.succeeded()) {
    const std::string words = last_line(outcome.err.text);
    const std::string code = outcome.ending == Ending::exited      ? "failed"
                             : outcome.ending == Ending::signalled ? "crashed"
                                                                   : name_of(outcome.ending);
    run.problem =
        Problem{code, "the command " + outcome.sentence() +
                          (rows.lines.empty() ? ""
                                              : ", after " + std::to_string(answered.count()) + " of " +
                                                    std::to_string(rows.lines.size()) + " answers") +
                          (words.empty() ? "" : "; its last words: " + words)};
    return run;
  }
  if (!rows.lines.empty()) run.problem = answered.problem(rows);
  if (run.problem) return run;
  if (answered.first()) {
    const std::chrono::duration<double> taken = *answered.first() - started;
    // Our clock starts a moment before that of the process.
    run.results.series.push_back(
        one_value("first_result", "s", std::min(taken.count(), outcome.wall_seconds)));
  }
  run.results.series.push_back(
      one_value("peak_memory", "bytes", static_cast<double>(outcome.peak_memory_bytes)));
  return run;
}

/// Gives rows one by one; a pipe that takes each whole, so that we never wait for the command to read.
class RowFeeder {
 public:
  explicit RowFeeder(const RowsToAnswer& rows) : rows_(rows) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    read_ = Descriptor(ends[0]);
    write_ = Descriptor(ends[1]);
    constexpr int wanted_bytes = 1 << 20;
    ::fcntl(write_.number(), F_SETPIPE_SZ, wanted_bytes);
    ::fcntl(write_.number(), F_SETFL, O_NONBLOCK);
  }
  int read_end() const { return read_.number(); }
  void close_read_end() { read_.close(); }

  /// Gives the next row, or closes the pipe after the last. False if the command does not take it.
  bool give() {
    if (next_ == rows_.lines.size()) {
      write_.close();
      return true;
    }
    const std::string line = std::string(rows_.lines[next_++]) + "\n";
    const bool taken =
        ::write(write_.number(), line.data(), line.size()) == static_cast<ssize_t>(line.size());
    if (!taken) write_.close();
    return taken;
  }

 private:
  const RowsToAnswer& rows_;
  Descriptor read_, write_;
  std::size_t next_ = 0;
};

}  // namespace

ProcessRun run_cold(ProcessSpec spec, const RowsToAnswer& rows) {
  Answered answered;
  spec.stdin_file = rows.file;
  spec.on_stdout_line = [&](std::string_view line) { answered.add(line); };
  const Clock::time_point started = Clock::now();
  const ProcessOutcome outcome = run_process(std::move(spec));
  ProcessRun run = told(outcome, started, answered, rows);
  if (run.problem) return run;
  run.results.series.push_back(one_value("real_time", "s", outcome.wall_seconds));
  run.results.series.push_back(one_value("cpu_time", "s", std::max(run.cpu_seconds, 1e-6)));
  return run;
}

ProcessRun run_warm(ProcessSpec spec, const RowsToAnswer& rows) {
  Answered answered;
  RowFeeder feeder(rows);
  std::vector<double> seconds;  // of each row
  Clock::time_point given;
  bool taken = true;
  spec.stdin_descriptor = feeder.read_end();
  spec.lines_at_once = true;
  spec.on_stdout_line = [&](std::string_view line) {
    seconds.push_back(std::max(seconds_since(given), 1e-9));
    answered.add(line);
    given = Clock::now();
    if (answered.count() <= rows.lines.size()) taken = feeder.give() && taken;
  };
  const Clock::time_point started = given = Clock::now();
  Supervisor supervisor;
  supervisor.start(std::move(spec));
  feeder.close_read_end();
  taken = feeder.give();
  const ProcessOutcome outcome = std::move(supervisor.wait()->second);
  ProcessRun run = told(outcome, started, answered, rows);
  if (!taken && run.problem)
    run.problem->sentence +=
        " (it did not take a row whole: is one longer than a pipe holds, or does it not read?)";
  else if (outcome.ending == Ending::timed_out && run.problem)
    run.problem->sentence +=
        " (warm, it must write each answer as soon as it has it; otherwise measure it cold)";
  if (run.problem) return run;

  WarmUp warm_up({});
  std::size_t first = 0;
  while (first < seconds.size() / 2 && warm_up.goes_on()) warm_up.add(seconds[first++]);
  run.notes.push_back(
      "warm: the first answers of a process are not counted, until their times stop falling; at most "
      "half of them");
  if (!warm_up.is_steady())
    run.notes.push_back("the times of a process had not stopped falling when counting began");
  constexpr std::size_t most_values = 1000;
  KeptValues kept(most_values);
  double all = 0;
  for (std::size_t i = first; i < seconds.size(); ++i) {
    kept.add(seconds[i]);
    all += seconds[i];
  }
  run.results.series.push_back(
      SampleSeries{"answer", "latency", "s", Better::lower, false, {{0, 0, kept.values()}}});
  run.results.series.push_back(SampleSeries{"answer",
                                            "throughput",
                                            "1/s",
                                            Better::higher,
                                            false,
                                            {{0, 0, {static_cast<double>(seconds.size() - first) / all}}}});
  return run;
}

}  // namespace modelgate
