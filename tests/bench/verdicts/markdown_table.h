#pragma once

#include <string>
#include <vector>

namespace modelgate {

/// "| a | b |" and a newline.
std::string table_row(const std::vector<std::string>& cells);
/// A row and the rule below it.
std::string table_head(const std::vector<std::string>& cells);

}  // namespace modelgate
