#include "runners/gtest/marker.h"

#include <array>
#include <charconv>
#include <utility>

namespace modelgate {
namespace {

// ColoredPrintf: ESC "[0;3" colour "m" label ESC "[m". All labels have the same length.
constexpr std::string_view colour = "\033[0;3";
constexpr std::string_view reset = "\033[m";
constexpr std::size_t label_at = colour.size() + 2, label_bytes = 13;

constexpr std::array<std::pair<std::string_view, MarkerKind>, 8> labels = {
    {{"[ RUN      ] ", MarkerKind::run},
     {"[       OK ] ", MarkerKind::ok},
     {"[  FAILED  ] ", MarkerKind::failed},
     {"[  SKIPPED ] ", MarkerKind::skipped},
     {"[----------] ", MarkerKind::rule},
     {"[==========] ", MarkerKind::bar},
     {"[  PASSED  ] ", MarkerKind::passed},
     {"[ DISABLED ] ", MarkerKind::disabled}}};

std::optional<Marker> marker_at(std::string_view line, std::size_t at) {
  const std::string_view text = line.substr(at);
  if (text.size() < label_at + label_bytes + reset.size()) return std::nullopt;
  if (text.substr(label_at + label_bytes, reset.size()) != reset || text[label_at - 1] != 'm')
    return std::nullopt;
  const std::string_view label = text.substr(label_at, label_bytes);
  for (const auto& [known, kind] : labels)
    if (label == known)
      return Marker{kind, line.substr(0, at), text.substr(label_at + label_bytes + reset.size())};
  return std::nullopt;
}

}  // namespace

std::optional<Marker> marker_in(std::string_view line) {
  // From the right: what stands before the marker is a test's, and may hold anything.
  for (std::size_t at = line.rfind(colour); at != std::string_view::npos; at = line.rfind(colour, at - 1)) {
    if (auto marker = marker_at(line, at)) return marker;
    if (at == 0) break;
  }
  return std::nullopt;
}

std::string_view test_name_in(std::string_view rest) {
  if (const std::size_t where = rest.find(", where "); where != std::string_view::npos)
    return rest.substr(0, where);
  if (rest.ends_with(" ms)")) return rest.substr(0, rest.rfind(" ("));
  return rest;
}

double seconds_in(std::string_view rest) {
  if (!rest.ends_with(" ms)")) return 0;
  const std::size_t open = rest.rfind('(');
  if (open == std::string_view::npos) return 0;
  std::int64_t milliseconds = 0;
  std::from_chars(rest.data() + open + 1, rest.data() + rest.size(), milliseconds);
  return milliseconds > 0 ? static_cast<double>(milliseconds) / 1000 : 0;
}

std::optional<AssertionPlace> assertion_in(std::string_view line) {
  constexpr std::string_view ending = ": Failure";
  if (!line.ends_with(ending)) return std::nullopt;
  line.remove_suffix(ending.size());
  if (line.ends_with("unknown file")) return AssertionPlace{};
  const std::size_t colon = line.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  AssertionPlace place;
  const char* const end = line.data() + line.size();
  const auto [stop, error] = std::from_chars(line.data() + colon + 1, end, place.line);
  if (error != std::errc() || stop != end || place.line < 0) return std::nullopt;
  place.file = line.substr(0, colon);
  return place;
}

}  // namespace modelgate
