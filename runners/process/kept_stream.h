#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "runners/process/descriptor.h"
#include "runners/process/process.h"

namespace modelgate {

/// Takes what a process writes: all of it into a file (if there is one), its first and last half in memory,
/// and line by line to a listener. Internal to runners/process.
class KeptStream {
 public:
  using Listener = std::function<void(std::string_view line)>;

  /// Errors: kind infrastructure if the file cannot be created.
  KeptStream(std::size_t kept_bytes, std::filesystem::path file, Listener on_line);

  /// Errors: kind infrastructure if the file cannot be written.
  void add(std::string_view bytes);
  StreamText text() const;
  /// From now on nobody is told of lines.
  void forget_listener() { on_line_ = nullptr; }

 private:
  void hand_out_lines(std::string_view bytes);

  std::size_t half_;
  std::filesystem::path path_;
  Descriptor file_;
  Listener on_line_;
  std::string first_, last_, line_;
  std::int64_t bytes_ = 0;
};

}  // namespace modelgate
