#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace modelgate {

/// What to start, and within which limits. argv is executed as it stands, never by a shell.
struct ProcessSpec {
  std::vector<std::string> argv;  ///< argv[0] with a '/' is a path, otherwise searched in PATH.
  std::filesystem::path folder;   ///< Working folder, from which a path in argv[0] is taken; empty: ours.
  /// The child sees PATH, HOME, LANG, TZ, TMPDIR, LD_LIBRARY_PATH, CUDA_VISIBLE_DEVICES (where we have them)
  /// and these, nothing else.
  std::map<std::string, std::string> environment;
  std::chrono::milliseconds timeout{0};   ///< 0: none.
  std::chrono::milliseconds grace{2000};  ///< Between TERM and KILL.
  std::int64_t memory_limit_bytes = 0;    ///< Of the whole process tree, resident; 0: none.
  std::int64_t cpu_seconds_limit = 0;     ///< 0: none.
  std::filesystem::path stdin_file;       ///< Empty: /dev/null.
  int stdin_descriptor = -1;              ///< Of ours, instead of the file; stays open in our process.
  std::filesystem::path stdout_file;      ///< Where all of stdout goes; empty: only the kept part is kept.
  std::filesystem::path stderr_file;
  std::size_t kept_bytes = 64 * 1024;  ///< Of each stream, kept in memory: the first and the last half.
  /// Called with each complete line of stdout as it arrives (of a longer one its first MiB); may be empty.
  std::function<void(std::string_view line)> on_stdout_line;
  /// It is called without delay. Otherwise a program that prints line by line wakes us, who may compute on
  /// its processor, only now and then.
  bool lines_at_once = false;
  /// stdin, stdout and stderr are ours (a table for the terminal); nothing is kept of them.
  bool inherit_streams = false;
  /// TERM when our process dies, for a program that stops its own children on TERM; otherwise KILL.
  bool term_on_parent_death = false;
};

enum class Ending { exited, signalled, timed_out, out_of_memory, cpu_limit, not_started, interrupted };

std::string name_of(Ending ending);

/// What a stream said.
struct StreamText {
  std::string text;  ///< All of it, or the first and last part with a line between that says what was cut.
  std::int64_t bytes = 0;  ///< All that was written.
  bool cut = false;
};

/// What became of a process.
struct ProcessOutcome {
  Ending ending = Ending::not_started;
  int exit_code = -1;  ///< Of `exited`.
  int signal = 0;      ///< Of `signalled`.
  bool core_dumped = false;
  StreamText out, err;
  double wall_seconds = 0, user_seconds = 0, system_seconds = 0;
  /// How long its first thread was ready to compute and had no processor; 0 where the kernel does not tell.
  double delayed_seconds = 0;
  /// Of its largest process, or of the tree where it has a limit. Never less than ours was at its start.
  std::int64_t peak_memory_bytes = 0;
  std::string start_error;  ///< Of `not_started`: "no such program: x".
  std::string limit;  ///< Of `timed_out`, `out_of_memory`, `cpu_limit`: which it broke, "5 s", "512 MiB".

  bool succeeded() const { return ending == Ending::exited && exit_code == 0; }
  /// "exited with code 3", "was killed by SIGSEGV (core dumped)", "did not end within 5 s", …
  std::string sentence() const;
};

/// Runs processes side by side in one thread; every child in a session of its own. When a child ends or is
/// stopped, its whole process group and the orphans that it left are killed, also those that left the
/// session. A child dies with the thread that started it, so keep to one thread that lives as long as the
/// Supervisor.
class Supervisor {
 public:
  Supervisor();
  ~Supervisor();  ///< Stops what still runs.
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  using Id = int;
  /// What cannot be started comes back from wait() as `not_started`. Errors: kind infrastructure if a file
  /// for its streams cannot be opened.
  Id start(ProcessSpec spec);
  /// Asks a child to end: TERM, grace, KILL. Its outcome comes from wait() with ending timed_out
  /// (or `ending`).
  void stop(Id id, Ending ending = Ending::timed_out);
  /// Waits until some child has ended or `deadline` has passed. Once an interrupt has been seen, children are
  /// stopped and come back as `interrupted`, and start() starts nothing more. Nothing if no child runs.
  /// Errors: kind infrastructure if a stream's file cannot be written.
  std::optional<std::pair<Id, ProcessOutcome>> wait(
      std::optional<std::chrono::steady_clock::time_point> deadline = std::nullopt);
  int running() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Starts one process and waits for it.
ProcessOutcome run_process(ProcessSpec spec);

/// Makes SIGINT, SIGTERM and SIGHUP stop all children instead of this program; call once, in the beginning.
void watch_interrupts();
/// True once such a signal has come.
bool interrupted();

}  // namespace modelgate
