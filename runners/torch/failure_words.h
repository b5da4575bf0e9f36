#pragma once

#include <string>

namespace modelgate {

/// What LibTorch says in an exception, in one line for people: the error at the end of a TorchScript
/// traceback, or else the first line; without stack frames and advice to report bugs.
std::string failure_words(const std::string& what);

/// "out_of_memory" if that is what it says, otherwise "failed".
std::string failure_code(const std::string& what);

}  // namespace modelgate
