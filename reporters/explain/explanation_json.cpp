#include <nlohmann/json.hpp>

#include "reporters/explain/explanation.h"
#include "reporters/explain/reasons.h"
#include "schemas/documents/check_address.h"

namespace modelgate {
namespace {

using Json = nlohmann::ordered_json;

const char* word_for(Part::Kind kind) {
  switch (kind) {
    case Part::Kind::fact:
      return "fact";
    case Part::Kind::item:
      return "item";
    case Part::Kind::quote:
      return "quote";
    case Part::Kind::command:
      return "command";
    case Part::Kind::plan:
      return "plan";
    case Part::Kind::paragraph:
      break;
  }
  return "paragraph";
}

Json json_of(const Part& part) {
  Json json = {{"kind", word_for(part.kind)}};
  if (part.kind == Part::Kind::fact) json["label"] = part.label;
  std::string text = part.text;
  for (const std::string& word : part.words) text += (text.empty() ? "" : " ") + word;
  json["text"] = text;
  return json;
}

Json json_of(const Check& check) {
  const ReasonText* text = reason_text(check.reason);
  return {{"address", address_of(check)},
          {"gate", check.gate},
          {"name", check.name},
          {"slice", check.slice},
          {"status", name_of(check.status)},
          {"reason", check.reason},
          {"sentence", check.sentence},
          {"needs", check.needs},
          {"meaning", text == nullptr ? Json(nullptr) : Json(text->meaning)},
          {"advice", text == nullptr ? Json(nullptr) : Json(text->advice)}};
}

Json json_of(const Trouble& trouble) {
  Json addresses = Json::array();
  for (const Check* check : trouble.checks) addresses.push_back(address_of(*check));
  const ReasonText* text = reason_text(trouble.reason);
  return {{"word", word_for(trouble.standing)},
          {"gate", trouble.gate},
          {"reason", trouble.reason},
          {"meaning", text == nullptr ? Json(nullptr) : Json(text->meaning)},
          {"advice", text == nullptr ? Json(nullptr) : Json(text->advice)},
          {"checks", addresses}};
}

}  // namespace

std::string explanation_json(const Explanation& explanation, const Verdict& verdict, const Check* check) {
  Json json = {{"schema", "modelgate/explanation"},
               {"version", 1},
               {"status", name_of(outcome_of(verdict).status)},
               {"exit_code", static_cast<int>(exit_code_told(verdict))},
               {"headline", explanation.headline}};
  if (check != nullptr) {
    json["check"] = json_of(*check);
  } else {
    json["troubles"] = Json::array();
    for (const Trouble& trouble : troubles_of(verdict)) json["troubles"].push_back(json_of(trouble));
  }
  json["sections"] = Json::array();
  for (const Section& section : explanation.sections) {
    Json parts = Json::array();
    for (const Part& part : section.parts) parts.push_back(json_of(part));
    json["sections"].push_back({{"title", section.title}, {"parts", parts}});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace modelgate
