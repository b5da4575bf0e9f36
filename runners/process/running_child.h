#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "runners/process/kept_stream.h"
#include "runners/process/process.h"
#include "runners/process/process_tree.h"
#include "runners/process/spawn.h"

namespace modelgate {

/// A child that runs, and what is to be done about it. Internal to runners/process.
struct RunningChild {
  using Clock = std::chrono::steady_clock;
  using Moment = std::optional<Clock::time_point>;

  /// Errors: kind infrastructure if a file for its streams cannot be opened.
  explicit RunningChild(ProcessSpec asked_for);

  /// After it was started.
  void set_alarms();
  /// Whether it is a process no more, but for its number, which nobody else can get until it is buried.
  bool has_ended() const;
  /// TERM now, KILL after the grace; a shorter grace than before counts. Nothing if it has ended already.
  void ask_to_end(Ending ending, std::chrono::milliseconds grace);
  /// Looks at what its tree uses, and stops what uses too much.
  void watch_use();
  /// Reads what is there, at most so many bytes. Errors: kind infrastructure if a stream's file cannot be
  /// written.
  void read_out(std::size_t most);
  void read_err(std::size_t most);

  Supervisor::Id id = 0;
  ProcessSpec spec;
  KeptStream kept_out, kept_err;
  Spawned process;
  std::unique_ptr<KnownChild> known;
  Clock::time_point started;
  Moment timeout_at, kill_at, sample_at;
  std::optional<Ending> asked;  ///< To end, and as what.
  std::int64_t peak_bytes = 0;
  bool out_has_news = false, err_has_news = false, may_have_ended = false;  ///< As poll said last.
};

}  // namespace modelgate
