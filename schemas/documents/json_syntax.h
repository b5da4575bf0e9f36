#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "schemas/tool/error.h"

namespace modelgate {

/// Says in words why a text is no JSON. Internal to schemas/documents.
/// `offset` is the byte at which the parser gave up, `finished` whether a whole value stood before it, and
/// `parser_words` what the parser said.
Error json_syntax_error(std::string_view text, std::size_t offset, bool finished,
                        const std::string& parser_words, const std::string& file);

}  // namespace modelgate
