#include "runners/gtest/excerpt.h"

#include <algorithm>

namespace modelgate {

void Excerpt::add(std::string_view text) {
  const std::size_t room = first_bytes_ - std::min(first_bytes_, first_.size());
  first_.append(text.substr(0, room));
  text.remove_prefix(std::min(room, text.size()));
  if (text.size() > last_bytes_) {
    dropped_ += last_.size() + text.size() - last_bytes_;
    last_.assign(text.substr(text.size() - last_bytes_));
    return;
  }
  last_.append(text);
  // Cut only now and then, so that a flood of short lines is not moved a byte at a time.
  if (last_.size() > 2 * last_bytes_) {
    dropped_ += last_.size() - last_bytes_;
    last_.erase(0, last_.size() - last_bytes_);
  }
}

void Excerpt::clear() {
  first_.clear();
  last_.clear();
  dropped_ = 0;
}

std::string Excerpt::text() const {
  std::string all = first_;
  if (dropped_ > 0) all += "\n[… " + std::to_string(dropped_) + " bytes left out …]\n";
  all += last_;
  const std::size_t end = all.find_last_not_of(" \t\r\n");
  const std::size_t begin = all.find_first_not_of("\r\n");
  return end == std::string::npos ? "" : all.substr(begin, end + 1 - begin);
}

}  // namespace modelgate
