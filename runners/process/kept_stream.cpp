#include "runners/process/kept_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

// A line that does not end must not fill the memory.
constexpr std::size_t longest_line = 1 << 20;

}  // namespace

KeptStream::KeptStream(std::size_t kept_bytes, std::filesystem::path file, Listener on_line)
    : half_(kept_bytes / 2), path_(std::move(file)), on_line_(std::move(on_line)) {
  if (path_.empty()) return;
  std::error_code failure;
  if (path_.has_parent_path()) std::filesystem::create_directories(path_.parent_path(), failure);
  // O_APPEND: stdout and stderr may go to one file.
  file_ =
      Descriptor(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666));
  if (!file_.is_open())
    throw infrastructure_error(path_.string(), std::string("cannot be written: ") + std::strerror(errno));
}

void KeptStream::add(std::string_view bytes) {
  for (std::string_view rest = bytes; file_.is_open() && !rest.empty();) {
    const ssize_t written = ::write(file_.number(), rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0)
      throw infrastructure_error(path_.string(), std::string("cannot be written: ") + std::strerror(errno));
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  bytes_ += static_cast<std::int64_t>(bytes.size());
  if (on_line_) hand_out_lines(bytes);

  const std::size_t to_first = std::min(bytes.size(), half_ - first_.size());
  first_.append(bytes.substr(0, to_first));
  bytes.remove_prefix(to_first);
  if (bytes.size() > half_) bytes.remove_prefix(bytes.size() - half_);
  last_.append(bytes);
  // Not at every call: moving the rest to the front costs as much as it is long.
  if (last_.size() > 2 * half_) last_.erase(0, last_.size() - half_);
}

void KeptStream::hand_out_lines(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view part = bytes.substr(0, end);
    if (end == bytes.size()) {
      line_.append(part.substr(0, longest_line - line_.size()));
      return;
    }
    if (line_.empty()) {
      on_line_(part.substr(0, longest_line));
    } else {
      line_.append(part.substr(0, longest_line - line_.size()));
      on_line_(line_);
      line_.clear();
    }
    bytes.remove_prefix(end + 1);
  }
}

StreamText KeptStream::text() const {
  StreamText result;
  result.bytes = bytes_;
  const std::string_view last =
      std::string_view(last_).substr(last_.size() > half_ ? last_.size() - half_ : 0);
  const std::int64_t missing = bytes_ - static_cast<std::int64_t>(first_.size() + last.size());
  result.cut = missing > 0;
  result.text = first_;
  if (result.cut) {
    result.text += "\n[… " + std::to_string(missing) + " bytes were cut here";
    if (!path_.empty()) result.text += "; all is in " + path_.string();
    result.text += " …]\n";
  }
  result.text += last;
  return result;
}

}  // namespace modelgate
