#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <deque>
#include <fstream>
#include <list>
#include <thread>
#include <utility>

#include "runners/process/interrupts.h"
#include "runners/process/kept_stream.h"
#include "runners/process/process.h"
#include "runners/process/process_tree.h"
#include "runners/process/spawn.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using Clock = std::chrono::steady_clock;
using Moment = std::optional<Clock::time_point>;
using std::chrono::milliseconds;

// After an interrupt everything has ended within two seconds: what stops children of its own (and gives them
// the shorter grace) gets the longer one.
constexpr milliseconds interrupt_grace{1000}, interrupt_grace_of_supervisors{1500};
constexpr milliseconds sampling_interval{20};

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// "5 s", "0.25 s"
std::string in_seconds(milliseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", static_cast<double>(time.count()) / 1000);
  std::string said = text;
  said.erase(said.find_last_not_of('0') + 1);
  if (said.back() == '.') said.pop_back();
  return said + " s";
}

std::string in_mebibytes(std::int64_t bytes) {
  return bytes < (1 << 20) ? std::to_string(bytes) + " bytes" : std::to_string(bytes >> 20) + " MiB";
}

/// How often the kernel has killed for want of memory.
std::int64_t kernel_memory_kills() {
  std::ifstream file("/proc/vmstat");
  std::string name;
  for (std::int64_t count = 0; file >> name >> count;)
    if (name == "oom_kill") return count;
  return 0;
}

/// A child that runs.
struct Child {
  explicit Child(ProcessSpec asked_for)
      : spec(std::move(asked_for)),
        kept_out(spec.kept_bytes, spec.stdout_file, spec.on_stdout_line),
        kept_err(spec.kept_bytes, spec.stderr_file, nullptr) {}

  Supervisor::Id id = 0;
  ProcessSpec spec;
  KeptStream kept_out, kept_err;
  Spawned process;
  std::unique_ptr<KnownChild> known;
  Clock::time_point started;
  Moment timeout_at, kill_at, sample_at;
  std::optional<Ending> asked;  // to end, and as what
  std::int64_t peak_bytes = 0;
  bool out_has_news = false, err_has_news = false, may_have_ended = false;  // as poll said last
};

/// Reads what is there, at most `most` bytes; closes the stream at its end.
void drain(Descriptor& stream, KeptStream& kept, std::size_t most) {
  std::array<char, 1 << 16> buffer;
  while (stream.is_open() && most > 0) {
    const ssize_t got = ::read(stream.number(), buffer.data(), std::min(buffer.size(), most));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) return stream.close();
    kept.add({buffer.data(), static_cast<std::size_t>(got)});
    if (static_cast<std::size_t>(got) < std::min(buffer.size(), most)) return;  // the pipe is empty
    most -= static_cast<std::size_t>(got);
  }
}

}  // namespace

struct Supervisor::State {
  std::list<Child> children;
  std::deque<std::pair<Id, ProcessOutcome>> ended;
  Id last_id = 0;
  std::int64_t memory_kills = kernel_memory_kills();  // that are known

  void ask_to_end(Child& child, Ending ending, milliseconds grace) {
    const Clock::time_point kill_at = Clock::now() + grace;
    if (!child.asked) {
      child.asked = ending;
      ::kill(-child.process.pid, SIGTERM);
      // A stopped process acts on nothing else.
      ::kill(-child.process.pid, SIGCONT);
      child.kill_at = kill_at;
    } else if (child.kill_at) {
      child.kill_at = std::min(*child.kill_at, kill_at);
    }
  }

  void stop_all_as_interrupted() {
    for (Child& child : children)
      ask_to_end(child, Ending::interrupted,
                 std::min(child.spec.grace, child.spec.term_on_parent_death ? interrupt_grace_of_supervisors
                                                                            : interrupt_grace));
  }

  void watch_use(Child& child) {
    const Clock::time_point begin = Clock::now();
    const auto table = process_table();
    const TreeUse use = use_of_tree(child.process.pid, table);
    std::int64_t bytes = use.resident_bytes;
    const std::int64_t most = child.spec.memory_limit_bytes;
    // Workers that were forked share most of their memory: count exactly before anything is killed.
    if (most > 0 && bytes > most) bytes = proportional_bytes_of_tree(child.process.pid, table);
    child.peak_bytes = std::max(child.peak_bytes, bytes);
    if (most > 0 && bytes > most && child.asked != Ending::out_of_memory) {
      // No grace: it would be spent on using yet more.
      if (!child.asked) child.asked = Ending::out_of_memory;
      child.kill_at = begin;
    } else if (child.spec.cpu_seconds_limit > 0 && !child.asked &&
               use.cpu_seconds >= static_cast<double>(child.spec.cpu_seconds_limit)) {
      ask_to_end(child, Ending::cpu_limit, child.spec.grace);
    }
    // Where there are many processes, looking at them must not disturb what is measured.
    const Clock::time_point end = Clock::now();
    child.sample_at = end + std::max<Clock::duration>(sampling_interval, 20 * (end - begin));
  }

  void act_on_time() {
    if (interrupted()) stop_all_as_interrupted();
    const Clock::time_point now = Clock::now();
    for (Child& child : children) {
      if (child.sample_at && now >= *child.sample_at) watch_use(child);
      if (child.timeout_at && now >= *child.timeout_at) {
        child.timeout_at.reset();
        if (!child.asked) ask_to_end(child, Ending::timed_out, child.spec.grace);
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
    for (const Child& child : children) {
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
    for (Child& child : children) {
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
    for (Child& child : children) {
      only_streams = only_streams && !child.may_have_ended;
      if (!child.process.ending.is_open()) child.may_have_ended = true;
    }
    // A program that prints line by line must not wake us, and lose its processor, for every line.
    if (only_streams) std::this_thread::sleep_for(std::chrono::microseconds(200));
  }

  void attend_to_children() {
    for (auto child = children.begin(); child != children.end();) {
      constexpr std::size_t a_turn = 1 << 20;
      if (child->out_has_news) drain(child->process.out, child->kept_out, a_turn);
      if (child->err_has_news) drain(child->process.err, child->kept_err, a_turn);
      siginfo_t info{};
      // WNOWAIT: as long as it is not buried, nobody else can get its number.
      const bool has_ended = child->may_have_ended && (::waitid(P_PID, static_cast<id_t>(child->process.pid),
                                                                &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
                                                       info.si_pid != 0);
      if (has_ended) {
        bury(*child);
        child = children.erase(child);
      } else {
        ++child;
      }
    }
  }

  void bury(Child& child) {
    const double wall = std::chrono::duration<double>(Clock::now() - child.started).count();
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
    drain(child.process.out, child.kept_out, rest);
    drain(child.process.err, child.kept_err, rest);

    ProcessOutcome outcome;
    outcome.wall_seconds = wall;
    outcome.user_seconds = seconds_of(use.ru_utime);
    outcome.system_seconds = seconds_of(use.ru_stime);
    outcome.peak_memory_bytes = std::max<std::int64_t>(child.peak_bytes, std::int64_t{use.ru_maxrss} * 1024);
    outcome.out = child.kept_out.text();
    outcome.err = child.kept_err.text();
    // If other code of this program has asked for its end before us, nobody knows it: not a success.
    if (buried == child.process.pid)
      tell_ending(child, status, outcome);
    else
      outcome.ending = Ending::exited;
    ended.emplace_back(child.id, std::move(outcome));
  }

  void tell_ending(const Child& child, int status, ProcessOutcome& outcome) {
    if (WIFEXITED(status)) {
      outcome.ending = Ending::exited;
      outcome.exit_code = WEXITSTATUS(status);
    } else {
      outcome.ending = Ending::signalled;
      outcome.signal = WTERMSIG(status);
      outcome.core_dumped = WCOREDUMP(status);
    }
    const std::int64_t cpu_limit = child.spec.cpu_seconds_limit;
    const bool killed = outcome.signal == SIGKILL;
    if (child.asked) {
      outcome.ending = *child.asked;
    } else if (cpu_limit > 0 &&
               (outcome.signal == SIGXCPU || (killed && outcome.user_seconds + outcome.system_seconds >=
                                                            static_cast<double>(cpu_limit)))) {
      outcome.ending = Ending::cpu_limit;
    } else if (killed) {
      const std::int64_t kills = kernel_memory_kills();
      if (kills > std::exchange(memory_kills, kills)) outcome.ending = Ending::out_of_memory;
      return;
    }
    switch (outcome.ending) {
      case Ending::timed_out:
        if (child.spec.timeout.count() > 0) outcome.limit = in_seconds(child.spec.timeout);
        break;
      case Ending::out_of_memory:
        if (child.spec.memory_limit_bytes > 0) outcome.limit = in_mebibytes(child.spec.memory_limit_bytes);
        break;
      case Ending::cpu_limit:
        if (cpu_limit > 0) outcome.limit = in_seconds(std::chrono::seconds(cpu_limit));
        break;
      default:
        break;
    }
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
  for (Child& child : state_->children) {
    child.kept_out.forget_listener();
    state_->ask_to_end(child, Ending::interrupted, std::min(child.spec.grace, interrupt_grace));
  }
  while (!state_->children.empty()) try {
      state_->act_on_time();
      state_->wait_for_news(state_->next_moment(std::nullopt));
      state_->attend_to_children();
    } catch (...) {
      // A log that cannot be written (which may be why we are here): then without it.
      for (Child& child : state_->children) {
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
  std::list<Child> fresh;
  Child& child = fresh.emplace_back(std::move(spec));
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
  if (child.spec.timeout.count() > 0) child.timeout_at = child.started + child.spec.timeout;
  if (child.spec.memory_limit_bytes > 0 || child.spec.cpu_seconds_limit > 0)
    child.sample_at = child.started + sampling_interval;
  state_->children.splice(state_->children.end(), fresh);
  return id;
}

void Supervisor::stop(Id id, Ending ending) {
  for (Child& child : state_->children)
    if (child.id == id) state_->ask_to_end(child, ending, child.spec.grace);
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

}  // namespace modelgate
