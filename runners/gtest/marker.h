#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace modelgate {

/// What GoogleTest's printer says in a line of its own.
enum class MarkerKind { bar, rule, run, ok, failed, skipped, passed, disabled };

/// A line of GoogleTest's printer, which we ask to write in colour: a test that prints "[       OK ] A.B"
/// itself, or runs a GoogleTest program whose output it lets through, does so without.
struct Marker {
  MarkerKind kind;
  std::string_view before;  ///< What a test had printed in that line without ending it.
  std::string_view rest;    ///< What follows the label.
};

/// The marker that the line holds, if it holds one.
std::optional<Marker> marker_in(std::string_view line);

/// "Suite.Test" at the beginning of a marker's rest, without ", where GetParam() = …" and " (3 ms)".
std::string_view test_name_in(std::string_view rest);

/// The seconds of "… (3 ms)", 0 if there are none.
double seconds_in(std::string_view rest);

/// A place in a source file, as an assertion names it.
struct AssertionPlace {
  std::string file;  ///< Empty for "unknown file".
  std::int64_t line = 0;
};

/// The place of "file:line: Failure" or "unknown file: Failure". What a test printed before it in the same
/// line is taken for a part of the file's name.
std::optional<AssertionPlace> assertion_in(std::string_view line);

}  // namespace modelgate
