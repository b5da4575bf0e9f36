#pragma once

#include <yaml-cpp/exceptions.h>

#include <string>
#include <string_view>

#include "schemas/tool/error.h"

namespace modelgate {

/// Refuses characters that no YAML holds: what is not UTF-8, and control characters (yaml-cpp takes one of
/// them for the end of the file). Errors: kind usage with line and column. Internal to schemas/documents.
void expect_yaml_characters(std::string_view text, const std::string& file);

/// False when the text in quotes that begins at `offset` lacks its closing quote: yaml-cpp takes the end of
/// the file for one.
bool is_closed(std::string_view text, std::size_t offset);

/// Says in words why yaml-cpp gave up, with line and column.
Error yaml_syntax_error(std::string_view text, const YAML::Exception& error, const std::string& file);

}  // namespace modelgate
