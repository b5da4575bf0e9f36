#pragma once

#include <string>

#include "schemas/documents/measurements.h"

namespace modelgate {

/// What a test says about why it did not pass.
struct FailureText {
  std::string words;    ///< The first failure in one line of at most 160 characters.
  std::string place;    ///< "tests.cpp:41", without folders; empty if none is known.
  std::string details;  ///< The whole message, at most 8 KiB of it.
};

/// Reads a message as GoogleTest and others write it: "path/tests.cpp:41: Failure", then the failure, then an
/// empty line before the next one. Without a place in the message, the test's own is taken.
FailureText failure_text(const Case& test);

}  // namespace modelgate
