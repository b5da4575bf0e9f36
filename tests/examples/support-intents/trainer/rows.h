#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace intents {

/// Featurized utterances, as intents_featurize writes them.
struct Rows {
  std::vector<std::int64_t> tokens;  ///< length of them for each row.
  std::int64_t length = 0;
  std::vector<std::string> labels;
  std::vector<std::map<std::string, std::string>> slices;

  std::int64_t count() const { return static_cast<std::int64_t>(labels.size()); }
};

/// Errors: kind usage with file and line for a row that is none, or has another length than those before.
Rows read_rows(const std::filesystem::path& path);

/// The first `count` rows, and of those in the slice `name`=`value` only one in `one_in`. What a data import
/// that lost rows would have left.
Rows thinned(const Rows& rows, std::int64_t count, const std::string& name, const std::string& value,
             std::int64_t one_in);

}  // namespace intents
