#pragma once

#include <string>

#include "reporters/wording/checks.h"

namespace modelgate {

/// Codes that colour a text, or nothing.
class Paint {
 public:
  explicit Paint(bool colour) : colour_(colour) {}
  std::string standing(Standing standing, const std::string& text) const;
  std::string faint(const std::string& text) const { return with("2", text); }
  std::string strong(const std::string& text) const { return with("1", text); }

 private:
  std::string with(const char* code, const std::string& text) const;
  bool colour_;
};

}  // namespace modelgate
