#include <array>
#include <string_view>

#include "schemas/documents/attempt_fields.h"
#include "schemas/documents/pipeline_fields.h"
#include "schemas/documents/sampling_fields.h"
#include "schemas/documents/subject_fields.h"
#include "schemas/documents/verdict.h"
#include "schemas/documents/verdict_names.h"
#include "schemas/documents/writing.h"

namespace modelgate {
namespace {

using writing::Json;

/// Writes an object as nlohmann dumps it, field by field; without its tree, which takes many times as long.
class ObjectText {
 public:
  /// `depth`: how many objects and lists this one lies within.
  ObjectText(std::string& all, std::size_t depth) : all_(all), indent_(2 * depth, ' ') { all_ += '{'; }

  void put(std::string_view key, const std::string& text) {
    begin(key);
    writing::append_quoted(all_, text);
  }
  void put(std::string_view key, double number) {
    begin(key);
    number = writing::finite(number, std::string(key));
    std::array<char, 64> digits;
    all_.append(digits.data(),
                nlohmann::detail::to_chars(digits.data(), digits.data() + digits.size(), number));
  }
  void put(std::string_view key, std::int64_t number) {
    begin(key);
    all_ += std::to_string(number);
  }
  void put(std::string_view key, const Json& value) {
    begin(key);
    all_ += writing::indented(value, indent_.size() / 2 + 1);
  }
  void put(std::string_view key, const std::vector<std::string>& texts) {
    begin(key);
    for (const std::string& text : texts) {
      all_.append(&text == &texts.front() ? "[\n    " : ",\n    ").append(indent_);
      writing::append_quoted(all_, text);
    }
    all_.append("\n  ").append(indent_).append(1, ']');
  }
  void put_if(std::string_view key, const std::string& text) {
    if (!text.empty()) put(key, text);
  }
  void put_if(std::string_view key, const std::optional<double>& number) {
    if (number) put(key, *number);
  }
  ObjectText object(std::string_view key) {
    begin(key);
    return {all_, indent_.size() / 2 + 1};
  }
  void end() { all_.append(1, '\n').append(indent_).append(1, '}'); }

 private:
  void begin(std::string_view key) {
    all_.append(is_first_ ? "\n  " : ",\n  ").append(indent_);
    writing::append_quoted(all_, key);
    all_ += ": ";
    is_first_ = false;
  }

  std::string& all_;
  std::string indent_;
  bool is_first_ = true;
};

Json json_of(const LookRecord& look) {
  return {{"n", look.n},
          {"share", writing::finite(look.share, "share")},
          {"p_regression", writing::finite(look.p_regression, "p_regression")},
          {"p_non_inferiority", writing::finite(look.p_non_inferiority, "p_non_inferiority")}};
}

void append(ObjectText object, const Effect& effect) {
  object.put("estimate", effect.estimate);
  object.put_if("lower", effect.lower);
  object.put_if("upper", effect.upper);
  object.put("confidence", effect.confidence);
  object.put_if("unit", effect.unit);
  object.end();
}

void append(ObjectText object, const CrossCheck& cross_check) {
  object.put("method", cross_check.method);
  object.put("estimate", cross_check.estimate);
  object.put("p_regression", cross_check.p_regression);
  object.put("p_non_inferiority", cross_check.p_non_inferiority);
  object.end();
}

void append(ObjectText object, const Limit& limit) {
  object.put("kind", name_in(limit_kinds, limit.kind));
  object.put("value", limit.value);
  object.end();
}

template <typename Value>
void append(ObjectText object, const std::map<std::string, Value>& map) {
  for (const auto& [key, value] : map) object.put(key, value);
  object.end();
}

void append(ObjectText object, const Check& check) {
  object.put("gate", check.gate);
  object.put("name", check.name);
  if (!check.slice.empty()) append(object.object("slice"), check.slice);
  object.put("status", name_of(check.status));
  object.put("reason", check.reason);
  object.put("sentence", check.sentence);
  object.put_if("baseline", check.baseline);
  object.put_if("candidate", check.candidate);
  object.put_if("unit", check.unit);
  if (check.direction != Direction::none) object.put("direction", name_in(directions, check.direction));
  if (check.effect) append(object.object("effect"), *check.effect);
  object.put_if("margin", check.margin);
  object.put_if("target", check.target);
  if (check.limit) append(object.object("limit"), *check.limit);
  object.put_if("p_regression", check.p_regression);
  object.put_if("p_non_inferiority", check.p_non_inferiority);
  object.put_if("p_corrected", check.p_corrected);
  if (check.cross_check) append(object.object("cross_check"), *check.cross_check);
  if (!check.looks.empty()) {
    Json looks;
    for (const LookRecord& look : check.looks) looks.push_back(json_of(look));
    object.put("looks", looks);
  }
  if (check.improved) object.put("improved", Json(true));
  if (!check.n.empty()) append(object.object("n"), check.n);
  object.put_if("method", check.method);
  if (!check.warnings.empty()) object.put("warnings", check.warnings);
  object.put_if("needs", check.needs);
  object.put_if("details", check.details);
  object.put_if("file", check.file);
  if (check.line != 0) object.put("line", check.line);
  if (!check.attempts.empty()) object.put("attempts", json_of(check.attempts));
  object.put_if("waiver", check.waiver);
  object.end();
}

}  // namespace

std::string to_json(const Verdict& verdict) {
  Json head = writing::document("verdict", verdict_version);
  head["gate"] = verdict.gate;
  head["gate_version"] = verdict.gate_version;
  head["created"] = verdict.created;
  head["status"] = name_of(verdict.status);
  head["sentence"] = verdict.sentence;
  head["candidate"] = json_of(verdict.candidate);
  if (verdict.baseline) head["baseline"] = json_of(*verdict.baseline);
  writing::put(head, "first_release", verdict.first_release);
  head["alpha_fail"] = writing::finite(verdict.alpha_fail, "alpha_fail");
  head["alpha_pass"] = writing::finite(verdict.alpha_pass, "alpha_pass");
  writing::put(head, "plan_digest", verdict.plan_digest);
  writing::put(head, "valid_until", verdict.valid_until);
  if (verdict.pipeline) head["pipeline"] = json_of(*verdict.pipeline);
  if (verdict.sampling) head["sampling"] = json_of(*verdict.sampling);
  if (verdict.inconclusive)
    head["inconclusive"] = {{"action", name_of(verdict.inconclusive->action)},
                            {"because", verdict.inconclusive->because}};
  writing::put_all(head, "left_out", verdict.left_out);
  writing::put_all(head, "warnings", verdict.warnings);
  writing::put_all(head, "environment", verdict.environment);

  std::string all;
  // About what a check takes; a text of megabytes is not copied again and again as it grows.
  all.reserve(1024 * (verdict.checks.size() + 4));
  all += "{\n" + writing::fields_of(head) + ",\n  \"checks\": [";
  for (const Check& check : verdict.checks) {
    all += &check == &verdict.checks.front() ? "\n    " : ",\n    ";
    append(ObjectText(all, 2), check);
  }
  all += verdict.checks.empty() ? "]\n}\n" : "\n  ]\n}\n";
  return all;
}

}  // namespace modelgate
