#pragma once

#include <cstddef>
#include <string>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// What a test says about why it did not pass.
struct FailureText {
  std::string words;    ///< The first failure in one line of at most 160 characters.
  std::string place;    ///< "tests.cpp:41", without folders; empty if none is known.
  std::string details;  ///< The whole message, or the first part of it.
};

/// Reads a message as GoogleTest and others write it: "path/tests.cpp:41: Failure", then the failure, then an
/// empty line before the next one. Without a place in the message, the test's own is taken. `details` takes
/// at most `most_details` bytes, besides a line that says how much is left out.
FailureText failure_text(const Case& test, std::size_t most_details = 8 * 1024);

}  // namespace modelgate
