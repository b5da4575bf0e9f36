#include "tests/schemas/json/schema_under_test.h"

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "schemas/documents/node.h"
#include "schemas/json/schema_texts.h"

namespace modelgate {
namespace {

using nlohmann::ordered_json;

const valijson::Schema& compiled(const std::string& name) {
  static std::map<std::string, std::unique_ptr<valijson::Schema>> schemas;
  std::unique_ptr<valijson::Schema>& schema = schemas[name];
  if (!schema) {
    schema = std::make_unique<valijson::Schema>();
    const nlohmann::json text = nlohmann::json::parse(schema_texts().at(name));
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(text), *schema);
  }
  return *schema;
}

ordered_json json_of(const Node& node) {
  if (node.is_null()) return nullptr;
  if (node.is_boolean()) return node.boolean();
  if (node.is_text()) return node.text();
  if (node.is_number()) return ordered_json::parse(node.scalar());
  ordered_json json;
  if (node.is_array()) {
    json = ordered_json::array();
    for (const Node& item : node.items()) json.push_back(json_of(item));
  } else {
    json = ordered_json::object();
    for (const auto& [key, value] : Fields(node).all()) json[key] = json_of(value);
  }
  return json;
}

}  // namespace

ordered_json schema_named(const std::string& name) { return ordered_json::parse(schema_texts().at(name)); }

ordered_json json_of(const std::filesystem::path& example) { return json_of(read_document(example)); }

std::string complaints(const std::string& schema, const ordered_json& document) {
  const nlohmann::json plain = nlohmann::json::parse(document.dump());
  valijson::Validator validator(valijson::Validator::kStrongTypes);
  valijson::ValidationResults results;
  if (validator.validate(compiled(schema), valijson::adapters::NlohmannJsonAdapter(plain), &results))
    return "";
  std::string all;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    for (const std::string& step : error.context) all += step;
    all += ": " + error.description + "\n";
  }
  return all.empty() ? "invalid" : all;
}

}  // namespace modelgate
