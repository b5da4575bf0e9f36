#pragma once

#include <string>
#include <string_view>

namespace intents {

/// The characters of a UTF-8 text. Bytes that are no UTF-8 (cut off, overlong, surrogates, beyond U+10FFFF)
/// become U+FFFD, one for each maximal part of a character, as Unicode recommends.
std::u32string characters_of(std::string_view text);

}  // namespace intents
