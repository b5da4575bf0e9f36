#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace modelgate {

/// The files that hold the rows of `path`: the file itself, or of a folder its part files in the order of
/// their names ("part-00000…"), as Spark writes them. Errors: kind infrastructure for a folder without
/// _SUCCESS, which was not written to its end; kind usage for one without parts.
std::vector<std::filesystem::path> row_files(const std::filesystem::path& path);

/// How rows are written down.
enum class RowFormat { json, csv, tsv };

/// By the first line. Errors: kind usage with the file's name where it is neither, and the line's beginning
/// if that may be shown.
RowFormat row_format(std::string_view first_line, const std::string& name, bool is_shown = true);

}  // namespace modelgate
