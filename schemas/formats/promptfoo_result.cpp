#include "schemas/formats/promptfoo_result.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

/// Why a result did not succeed, as promptfoo numbers it.
constexpr std::int64_t by_assertion = 1, by_error = 2;

std::string json_text(std::string_view text) { return nlohmann::json(std::string(text)).dump(); }

/// None if it is absent or null.
std::optional<element> find(const element& value, const char* key) {
  element found;
  if (value.at_key(key).get(found) || found.is_null()) return std::nullopt;
  return found;
}

std::string text_of(const std::optional<element>& value) {
  std::string_view text;
  if (!value) return "";
  return value->get_string().get(text) ? std::string(simdjson::minify(*value)) : std::string(text);
}

/// The result being made a row.
class Result {
 public:
  Result(const element& result, const std::string& place) : result_(result), place_(place) {}

  std::string row(bool of_several_prompts) const {
    std::string row = "{\"id\":" + std::to_string(whole("testIdx"));
    if (of_several_prompts) row += ",\"sample\":" + std::to_string(whole("promptIdx"));
    if (const std::string error = failure(); !error.empty()) row += ",\"error\":" + json_text(error);
    row += ",\"metrics\":{" + metrics() + "},\"slices\":{" + slices() + "}";
    if (const auto response = find(result_, "response"))
      if (const auto output = find(*response, "output")) {
        row += ",\"output\":" + std::string(simdjson::minify(*output));
        if (output->is_string()) row += ",\"prediction\":" + std::string(simdjson::minify(*output));
      }
    if (const auto vars = find(result_, "vars")) row += ",\"input\":" + std::string(simdjson::minify(*vars));
    return row + "}";
  }

 private:
  [[noreturn]] void refuse(const std::string& what, const std::string& hint = "") const {
    throw usage_error(place_, what, hint);
  }

  std::int64_t whole(const char* name) const {
    std::int64_t number = 0;
    const auto value = find(result_, name);
    if (!value)
      refuse("has no '" + std::string(name) + "'",
             "Versions of promptfoo that write no version 3 of results leave it out.");
    if (value->get_int64().get(number)) refuse("'" + std::string(name) + "' must be a whole number");
    return number;
  }

  bool succeeded() const {
    bool success = false;
    const auto value = find(result_, "success");
    if (!value || value->get_bool().get(success)) refuse("has no boolean 'success'");
    return success;
  }

  /// Why there is nothing that was graded; "" if it was. An assertion that fails leaves its words in `error`
  /// too, so that these tell nothing.
  std::string failure() const {
    if (succeeded()) return "";
    std::int64_t reason = 0;
    if (const auto value = find(result_, "failureReason"))
      if (value->get_int64().get(reason)) refuse("'failureReason' must be a whole number");
    const auto grading = find(result_, "gradingResult");
    if (grading && is_of_broken_judge(*grading)) return words_or(text_of(find(*grading, "reason")));
    const bool was_graded = reason == by_assertion || (reason != by_error && grading);
    return was_graded ? "" : words_or(text_of(find(result_, "error")));
  }

  static std::string words_or(std::string words) { return words.empty() ? "failed" : words; }

  /// A judge that could not be asked, or did not answer, is marked in what it graded.
  static bool is_of_broken_judge(const element& grading) {
    if (const auto metadata = find(grading, "metadata"))
      if (const auto marked = find(*metadata, "graderError"); marked && simdjson::minify(*marked) == "true")
        return true;
    simdjson::dom::array parts;
    if (grading.at_key("componentResults").get_array().get(parts)) return false;
    for (const element part : parts)
      if (part.is_object() && is_of_broken_judge(part)) return true;
    return false;
  }

  std::string metrics() const {
    std::string all = std::string("\"pass\":") + (succeeded() ? "1" : "0");
    std::set<std::string, std::less<>> taken = {"pass"};
    const auto add = [&](const std::string& name, const element& value) {
      if (!value.is_number()) refuse("'" + beginning(name) + "' must be a number");
      all += "," + json_text(name) + ":" + std::string(simdjson::minify(value));
    };
    for (const auto& [theirs, ours] :
         {std::pair("score", "score"), std::pair("latencyMs", "latency_ms"), std::pair("cost", "cost")})
      if (const auto value = find(result_, theirs)) {
        add(ours, *value);
        taken.insert(ours);
      }
    object named;
    if (const auto scores = find(result_, "namedScores")) {
      if (scores->get_object().get(named)) refuse("'namedScores' must be a map");
      for (const auto [name, value] : named)
        if (!value.is_null())
          add(taken.contains(name) ? "named." + std::string(name) : std::string(name), value);
    }
    return all;
  }

  std::string slices() const {
    std::string all;
    std::set<std::string, std::less<>> taken;
    const auto add = [&](std::string_view name, const element& value) {
      if (!taken.insert(std::string(name)).second) return;
      all += (all.empty() ? "" : ",") + json_text(name) + ":" + std::string(simdjson::minify(value));
    };
    const auto add_plain = [&](const std::optional<element>& map) {
      object fields;
      if (!map || map->get_object().get(fields)) return;
      for (const auto [name, value] : fields)
        if (value.is_string() || value.is_number() || value.is_bool()) add(name, value);
    };
    if (const auto provider = find(result_, "provider")) {
      const auto label = provider->is_object() ? find(*provider, "label") : std::nullopt;
      const auto id = provider->is_object() ? find(*provider, "id") : provider;
      if (label && label->is_string() && !text_of(label).empty())
        add("provider", *label);
      else if (id && id->is_string())
        add("provider", *id);
    }
    if (const auto test = find(result_, "testCase"); test && test->is_object())
      add_plain(find(*test, "metadata"));
    add_plain(find(result_, "vars"));
    return all;
  }

  element result_;
  const std::string& place_;
};

}  // namespace

bool has_several_prompts(const simdjson::dom::array& results) {
  std::optional<std::int64_t> first;
  for (const element result : results) {
    std::int64_t prompt = 0;
    if (result.at_key("promptIdx").get_int64().get(prompt)) continue;
    if (first.value_or(prompt) != prompt) return true;
    first = prompt;
  }
  return false;
}

void append_promptfoo_row(const element& result, bool of_several_prompts, const std::string& place,
                          std::string& lines) {
  if (!result.is_object()) throw usage_error(place, "must be a map");
  lines += Result(result, place).row(of_several_prompts);
  lines += '\n';
}

}  // namespace modelgate
