#include "trainer/rows.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "schemas/tool/error.h"

namespace intents {

Rows read_rows(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw modelgate::infrastructure_error(path.string(), "cannot be read");
  Rows rows;
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    const std::string where = path.string() + ":" + std::to_string(number);
    try {
      const auto row = nlohmann::json::parse(line);
      const auto tokens = row.at("inputs").at("tokens").get<std::vector<std::int64_t>>();
      if (rows.length == 0) rows.length = static_cast<std::int64_t>(tokens.size());
      if (tokens.empty() || static_cast<std::int64_t>(tokens.size()) != rows.length)
        throw modelgate::usage_error(where, "has " + std::to_string(tokens.size()) +
                                                " tokens, and the first row " + std::to_string(rows.length));
      rows.tokens.insert(rows.tokens.end(), tokens.begin(), tokens.end());
      rows.labels.push_back(row.at("label"));
      rows.slices.push_back(row.value("slices", std::map<std::string, std::string>{}));
    } catch (const nlohmann::json::exception& error) {
      throw modelgate::usage_error(where, error.what());
    }
  }
  if (rows.count() == 0) throw modelgate::usage_error(path.string(), "has no rows");
  return rows;
}

Rows thinned(const Rows& rows, std::int64_t count, const std::string& name, const std::string& value,
             std::int64_t one_in) {
  Rows kept;
  kept.length = rows.length;
  std::int64_t seen = 0;
  for (std::size_t row = 0; row < static_cast<std::size_t>(std::min(count, rows.count())); ++row) {
    const auto slice = rows.slices[row].find(name);
    if (slice != rows.slices[row].end() && slice->second == value && seen++ % one_in != 0) continue;
    const auto begin = rows.tokens.begin() + static_cast<std::ptrdiff_t>(row) * rows.length;
    kept.tokens.insert(kept.tokens.end(), begin, begin + rows.length);
    kept.labels.push_back(rows.labels[row]);
    kept.slices.push_back(rows.slices[row]);
  }
  return kept;
}

}  // namespace intents
