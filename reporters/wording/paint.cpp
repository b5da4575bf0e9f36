#include "reporters/wording/paint.h"

namespace modelgate {

std::string Paint::with(const char* code, const std::string& text) const {
  return colour_ && !text.empty() ? std::string("\033[") + code + "m" + text + "\033[0m" : text;
}

std::string Paint::standing(Standing standing, const std::string& text) const {
  switch (standing) {
    case Standing::fail:
      return with("1;31", text);
    case Standing::error:
      return with("1;35", text);
    case Standing::inconclusive:
    case Standing::waived:
    case Standing::flaky:
      return with("33", text);
    case Standing::better:
      return with("1;32", text);
    case Standing::pass:
      return with("32", text);
    case Standing::not_compared:
      break;
  }
  return with("2", text);
}

}  // namespace modelgate
