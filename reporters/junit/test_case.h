#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "reporters/junit/junit.h"
#include "schemas/documents/verdict.h"

namespace modelgate {

/// What a reader of JUnit counts a check as.
enum class CaseKind { passed, failure, error, skipped };

CaseKind kind_of(const Check& check);

/// classname and name of a check's test case: those of the test where the gate judges tests ("Suite.Test"),
/// otherwise the gate and the check with its slice.
std::pair<std::string, std::string> identity_of(const Check& check, bool is_test);

/// The <testcase> element. Texts are cut to `most_bytes` each.
std::string test_case(const Check& check, const std::pair<std::string, std::string>& identity,
                      std::size_t most_bytes, const JunitStyle& style);

}  // namespace modelgate
