#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "schemas/rows/open_rows.h"

namespace modelgate {

/// Whether a file holds arrays (.npy, .npz, .safetensors) instead of text. Errors: kind infrastructure if it
/// cannot be opened or is no regular file.
bool holds_arrays(const std::filesystem::path& path);

/// Rows whose fields are arrays of one length: "label", "metrics.acc"; the columns of "scores" [rows,
/// classes] are "scores.0" and so on, and as a text its row is a list. An empty text is no value. Digests are
/// not taken of arrays. Rows are counted from 0; without an array "id" their numbers are the ids, from
/// `first_row` on. Internal to schemas/rows. Errors: those of ArrayFile; kind usage for none of the arrays
/// asked for, for arrays of different lengths, with more dimensions, or with elements that are not read.
std::unique_ptr<OpenRows> open_array_rows(const std::filesystem::path& path,
                                          const std::vector<RowField>& fields, std::size_t first_row);

}  // namespace modelgate
