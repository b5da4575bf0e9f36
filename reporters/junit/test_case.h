#pragma once

#include <cstddef>
#include <string>

#include "reporters/junit/junit.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What a reader of JUnit counts a check as.
enum class CaseKind { passed, failure, error, skipped };

CaseKind kind_of(const Check& check);

/// classname and name of a check's test case, as they are written: those of the test where the gate judges
/// tests
/// ("Suite.Test"), otherwise the gate and the check with its slice.
struct Identity {
  std::string classname, name;
};
Identity identity_of(const Check& check, bool is_test);

/// No name takes more bytes than this as it is written.
inline constexpr std::size_t longest_name = 250;

/// The <testcase> element. What is told of the check takes at most `most_bytes`.
std::string test_case(const Check& check, const Identity& identity, std::size_t most_bytes,
                      const JunitStyle& style);

}  // namespace modelgate
