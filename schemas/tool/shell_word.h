#pragma once

#include <string>

namespace modelgate {

/// The word as a POSIX shell reads it back: as it stands, or in quotes where it holds what a shell takes for
/// more than a letter.
std::string shell_word(const std::string& word);

}  // namespace modelgate
