#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <functional>
#include <string>

#include "runners/plan/commands.h"
#include "runners/plan/results_folder.h"
#include "runners/process/process.h"
#include "runners/selftest/matrix.h"

namespace modelgate {

/// One start of a gate or of the suite on planted files.
struct Trial {
  std::string name;  ///< Of its folder: "quality-twice".
  /// Writes the planted files into a results folder of the trial's own, and says what to start.
  std::function<Step(const ResultsFolder&)> prepare;
  /// Takes what came of it; may add further trials.
  std::function<void(const Obtained&)> then;
};

/// Runs trials side by side, each in a folder of its own that is laid out as `modelgate run` does.
class Laboratory {
 public:
  /// Folders are made in `root`, which exists. Programs run in `working_folder`, from which the plan's
  /// relative paths are taken. What was planted is removed when it was judged, unless `keep`.
  Laboratory(std::filesystem::path root, std::filesystem::path working_folder, bool keep)
      : root_(std::move(root)), working_folder_(std::move(working_folder)), keep_(keep) {}

  void add(Trial trial) { waiting_.push_back(std::move(trial)); }
  /// Until no trial is left. Errors: kind infrastructure if a program is missing, files cannot be written, or
  /// an interrupt came; those of `prepare` and `then`.
  void run();
  std::size_t trials() const { return begun_; }

 private:
  struct Running {
    Trial trial;
    Step step;
    std::filesystem::path folder;
  };
  Running begin(Trial trial, ProcessSpec& spec);
  Obtained obtained(const Running& running, const ProcessOutcome& outcome) const;
  void say(const std::string& words) const;

  std::filesystem::path root_, working_folder_;
  bool keep_;
  std::deque<Trial> waiting_;
  std::size_t begun_ = 0, done_ = 0;
};

}  // namespace modelgate
