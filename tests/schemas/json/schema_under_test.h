#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace modelgate {

/// The schema's text, parsed; `name` as in schema_texts().
nlohmann::ordered_json schema_named(const std::string& name);

/// What the JSON Schema says against a document: a line for each complaint, with its place; "" if it is
/// valid.
std::string complaints(const std::string& schema, const nlohmann::ordered_json& document);

/// An example as JSON, a plan's YAML too.
nlohmann::ordered_json json_of(const std::filesystem::path& example);

}  // namespace modelgate
