#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "reporters/terminal/rows.h"

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

/// The rows below a heading, in columns. Where `width` is too small for them, the bounds go below the change,
/// then the gate above the name, then names are broken.
std::string table_text(const std::vector<Row>& rows, std::size_t width, const Paint& paint);

}  // namespace modelgate
