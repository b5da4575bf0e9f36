#include "schemas/tool/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include "schemas/tool/files.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr double seconds_of_silence = 2, seconds_between = 0.2;
constexpr std::size_t longest_what = 60;  // so that the line fits a terminal
constexpr char erased[] = "\r\033[K";

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void write_to_stderr(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

std::function<void(const std::string&)> terminal() {
  return is_lively_terminal(STDERR_FILENO) ? write_to_stderr : std::function<void(const std::string&)>();
}

}  // namespace

Progress::Progress(const std::string& what) : Progress(what, steady_seconds, terminal()) {}

Progress::Progress(const std::string& what, std::function<double()> clock,
                   std::function<void(const std::string&)> write)
    : what_(beginning(what, longest_what)), clock_(std::move(clock)), write_(std::move(write)) {
  if (!write_) return;
  begin_ = clock_();
  next_ = begin_ + seconds_of_silence;
}

Progress::~Progress() {
  if (is_shown_) write_(erased);
}

void Progress::at(double share) {
  if (!write_) return;
  const double now = clock_();
  if (!(now >= next_)) return;
  next_ = now + seconds_between;
  is_shown_ = true;
  const bool is_known = share >= 0 && share <= 1;
  write_(erased + what_ +
         (is_known ? fmt::format(": {:.0f} %", 100 * share) : fmt::format(": {:.0f} s", now - begin_)));
}

}  // namespace modelgate
