#include "gates/baseline/version_order.h"

#include <algorithm>

namespace modelgate {
namespace {

bool is_number(std::string_view part) {
  return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Negative, zero or positive, as strcmp. Numbers come before words.
int compare_part(std::string_view a, std::string_view b) {
  if (is_number(a) != is_number(b)) return is_number(a) ? -1 : 1;
  if (is_number(a)) {
    a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
    b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  }
  return a.compare(b);
}

/// Takes the part before the first dot off `text`.
std::string_view take_part(std::string_view& text) {
  const std::string_view part = text.substr(0, text.find('.'));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

/// Part by part; where one has no more parts, `filler` stands in for them, or else it comes first.
int compare_parts(std::string_view a, std::string_view b, std::string_view filler) {
  while (!a.empty() || !b.empty()) {
    if (filler.empty() && (a.empty() || b.empty())) return a.empty() ? -1 : 1;
    const std::string_view left = a.empty() ? filler : take_part(a);
    const std::string_view right = b.empty() ? filler : take_part(b);
    if (const int order = compare_part(left, right); order != 0) return order;
  }
  return 0;
}

struct Precedence {
  std::string_view core, prerelease;
};

Precedence precedence_of(std::string_view version) {
  if (version.size() > 1 && (version[0] == 'v' || version[0] == 'V') && version[1] >= '0' &&
      version[1] <= '9')
    version.remove_prefix(1);
  version = version.substr(0, version.find('+'));
  const std::size_t dash = version.find('-');
  if (dash == std::string_view::npos) return {version, {}};
  return {version.substr(0, dash), version.substr(dash + 1)};
}

int compare(const Precedence& a, const Precedence& b) {
  if (const int order = compare_parts(a.core, b.core, "0"); order != 0) return order;
  if (a.prerelease.empty() != b.prerelease.empty()) return a.prerelease.empty() ? 1 : -1;
  return compare_parts(a.prerelease, b.prerelease, "");
}

}  // namespace

bool version_before(std::string_view a, std::string_view b) {
  const int order = compare(precedence_of(a), precedence_of(b));
  return order != 0 ? order < 0 : a < b;
}

}  // namespace modelgate
