#pragma once

#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// The file in which a check stands, relative to the folder `root` as platforms want it:
/// "tests/utf8_test.cpp". "" where it is not known, lies outside of it, or has a name that does not fit into
/// a line. Nothing is looked up: a document may name what is on no disk here.
std::string path_below(const std::string& root, const Check& check);

}  // namespace modelgate
