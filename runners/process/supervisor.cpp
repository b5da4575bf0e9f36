#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <deque>
#include <iterator>
#include <list>
#include <thread>
#include <utility>

#include "runners/process/ending.h"
#include "runners/process/interrupts.h"
#include "runners/process/process.h"
#include "runners/process/process_tree.h"
#include "runners/process/running_child.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using Clock = std::chrono::steady_clock;
using Moment = std::optional<Clock::time_point>;
using std::chrono::milliseconds;

// After an interrupt everything has ended within two seconds: what stops children of its own (and gives them
// the shorter grace) gets the longer one.
constexpr milliseconds interrupt_grace{1000}, interrupt_grace_of_supervisors{1500};

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

}  // namespace

struct Supervisor::State {
  std::list<RunningChild> children;
  std::deque<std::pair<Id, ProcessOutcome>> ended;
  Id last_id = 0;
  std::int64_t memory_kills = kernel_memory_kills();  // that are known

  void stop_all_as_interrupted() {
    for (RunningChild& child : children)
      child.ask_to_end(Ending::interrupted, std::min(child.spec.grace, child.spec.term_on_parent_death
                                                                           ? interrupt_grace_of_supervisors
                                                                           : interrupt_grace));
  }

  void act_on_time() {
    if (interrupted()) stop_all_as_interrupted();
    const Clock::time_point now = Clock::now();
    for (RunningChild& child : children) {
      if (child.sample_at && now >= *child.sample_at) child.watch_use();
      if (child.timeout_at && now >= *child.timeout_at) {
        child.timeout_at.reset();
        if (!child.asked) child.ask_to_end(Ending::timed_out, child.spec.grace);
      }
      if (child.kill_at && now >= *child.kill_at) {
        child.kill_at.reset();
        kill_tree(child.process.pid);
      }
    }
  }

  /// When something must be done at the latest.
  Moment next_moment(Moment deadline) const {
    Moment next = deadline;
    const auto consider = [&](const Moment& moment) {
      if (moment && (!next || *moment < *next)) next = moment;
    };
    for (const RunningChild& child : children) {
      consider(child.timeout_at);
      consider(child.kill_at);
      consider(child.sample_at);
      // Without a pidfd its end must be looked for.
      if (!child.process.ending.is_open()) consider(Clock::now() + milliseconds(5));
    }
    return next;
  }

  /// Waits until a stream, an ending or an interrupt asks for attention, or the moment has come.
  void wait_for_news(Moment moment) {
    std::vector<pollfd> watched;
    std::vector<bool*> news;
    const auto watch = [&](int number, bool& has_news) {
      has_news = false;
      if (number < 0) return;
      watched.push_back({number, POLLIN, 0});
      news.push_back(&has_news);
    };
    bool interrupt = false;
    if (!interrupted()) watch(interrupt_descriptor(), interrupt);
    for (RunningChild& child : children) {
      watch(child.process.ending.number(), child.may_have_ended);
      watch(child.process.out.number(), child.out_has_news);
      watch(child.process.err.number(), child.err_has_news);
    }
    int timeout = -1;
    if (moment) {
      const double left = std::chrono::duration<double, std::milli>(*moment - Clock::now()).count();
      timeout = static_cast<int>(std::clamp(std::ceil(left), 0.0, 3.6e6));
    }
    const int found = ::poll(watched.data(), watched.size(), timeout);
    if (found < 0 && errno != EINTR && errno != EAGAIN)
      throw infrastructure_error("", "cannot wait for processes");
    for (std::size_t i = 0; found > 0 && i < watched.size(); ++i) *news[i] = watched[i].revents != 0;
    bool only_streams = found > 0 && !interrupt;
    for (RunningChild& child : children) {
      only_streams = only_streams && !child.may_have_ended && !child.spec.lines_at_once;
      if (!child.process.ending.is_open()) child.may_have_ended = true;
    }
    // A program that prints line by line must not wake us, and lose its processor, for every line.
    if (only_streams) std::this_thread::sleep_for(std::chrono::microseconds(200));
  }

  void attend_to_children() {
    for (auto child = children.begin(); child != children.end();) {
      constexpr std::size_t a_turn = 1 << 20;
      if (child->out_has_news) child->read_out(a_turn);
      if (child->err_has_news) child->read_err(a_turn);
      const auto next = std::next(child);
      if (child->may_have_ended && child->has_ended()) {
        // Off the list first: whatever is thrown, it must not be buried twice.
        std::list<RunningChild> dead;
        dead.splice(dead.end(), children, child);
        bury(dead.front());
      }
      child = next;
    }
  }

  void bury(RunningChild& child) {
    const double wall = std::chrono::duration<double>(Clock::now() - child.started).count();
    const double delayed = delayed_seconds_of(child.process.pid);
    ::kill(-child.process.pid, SIGKILL);  // what is left of its group
    int status = 0;
    rusage use{};
    pid_t buried = 0;
    do buried = ::wait4(child.process.pid, &status, 0, &use);
    while (buried < 0 && errno == EINTR);
    child.known.reset();
    kill_orphans();
    // All writers are dead; but for one that could not be killed, so not without end.
    constexpr std::size_t rest = 16 << 20;
    child.read_out(rest);
    child.read_err(rest);

    ProcessOutcome outcome;
    outcome.wall_seconds = wall;
    outcome.delayed_seconds = delayed;
    outcome.user_seconds = seconds_of(use.ru_utime);
    outcome.system_seconds = seconds_of(use.ru_stime);
    outcome.peak_memory_bytes = std::max<std::int64_t>(child.peak_bytes, std::int64_t{use.ru_maxrss} * 1024);
    outcome.out = child.kept_out.text();
    outcome.err = child.kept_err.text();
    // If other code of this program has asked for its end before us, nobody knows it: not a success.
    if (buried == child.process.pid)
      tell_ending(
          status, child.spec, child.asked, [&] { return kernel_killed_for_memory(); }, outcome);
    else
      outcome.ending = Ending::exited;
    ended.emplace_back(child.id, std::move(outcome));
  }

  /// Since it was last asked.
  bool kernel_killed_for_memory() {
    const std::int64_t kills = kernel_memory_kills();
    return kills > std::exchange(memory_kills, kills);
  }
};

Supervisor::Supervisor() : state_(std::make_unique<State>()) {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  // Where SIGCHLD is ignored, the kernel buries children before they can be asked how they ended.
  struct sigaction action {};
  if (::sigaction(SIGCHLD, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) {
    action.sa_handler = SIG_DFL;
    ::sigaction(SIGCHLD, &action, nullptr);
  }
}

Supervisor::~Supervisor() {
  for (RunningChild& child : state_->children) {
    child.kept_out.forget_listener();
    child.ask_to_end(Ending::interrupted, std::min(child.spec.grace, interrupt_grace));
  }
  while (!state_->children.empty()) try {
      state_->act_on_time();
      state_->wait_for_news(state_->next_moment(std::nullopt));
      state_->attend_to_children();
    } catch (...) {
      // A log that cannot be written (which may be why we are here): then without it.
      for (RunningChild& child : state_->children) {
        child.process.out.close();
        child.process.err.close();
      }
    }
}

Supervisor::Id Supervisor::start(ProcessSpec spec) {
  const Id id = ++state_->last_id;
  if (interrupted()) {
    ProcessOutcome outcome;
    outcome.ending = Ending::interrupted;
    state_->ended.emplace_back(id, std::move(outcome));
    return id;
  }
  std::list<RunningChild> fresh;
  RunningChild& child = fresh.emplace_back(std::move(spec));
  child.id = id;
  child.started = Clock::now();
  child.known = std::make_unique<KnownChild>([&] {
    child.process = spawn(child.spec);
    return child.process.pid;
  });
  if (child.process.pid < 0) {
    ProcessOutcome outcome;
    outcome.start_error = child.process.start_error;
    state_->ended.emplace_back(id, std::move(outcome));
    return id;
  }
  child.set_alarms();
  state_->children.splice(state_->children.end(), fresh);
  return id;
}

void Supervisor::stop(Id id, Ending ending) {
  for (RunningChild& child : state_->children)
    if (child.id == id) child.ask_to_end(ending, child.spec.grace);
}

std::optional<std::pair<Supervisor::Id, ProcessOutcome>> Supervisor::wait(Moment deadline) {
  for (;;) {
    if (!state_->ended.empty()) {
      auto first = std::move(state_->ended.front());
      state_->ended.pop_front();
      return first;
    }
    if (state_->children.empty()) return std::nullopt;
    state_->act_on_time();
    if (deadline && Clock::now() >= *deadline) return std::nullopt;
    state_->wait_for_news(state_->next_moment(deadline));
    state_->attend_to_children();
  }
}

int Supervisor::running() const { return static_cast<int>(state_->children.size()); }

ProcessOutcome run_process(ProcessSpec spec) {
  Supervisor supervisor;
  supervisor.start(std::move(spec));
  return std::move(supervisor.wait()->second);
}

}  // namespace modelgate
