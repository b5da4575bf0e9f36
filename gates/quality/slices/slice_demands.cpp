#include "gates/quality/slices/slice_demands.h"

#include <algorithm>
#include <set>

#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : "*") + name;
  return text;
}

/// The parts between '*', without the backslashes before what is no sign.
SliceName read_name(const std::string& text, const std::string& where) {
  const std::string hint = "Write it like lang=zh, or lang=zh*channel=web.";
  SliceName name;
  std::string field, value;
  bool is_value = false;
  const auto take = [&] {
    if (!is_value || field.empty() || value.empty()) throw usage_error(where, "is not FIELD=VALUE", hint);
    if (field.starts_with("slices.")) field.erase(0, 7);
    if (!name.emplace(field, value).second)
      throw usage_error(where, "names the field '" + field + "' twice", hint);
    field.clear();
    value.clear();
    is_value = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '*') {
      take();
    } else if (text[i] == '=' && !is_value) {
      is_value = true;
    } else {
      if (text[i] == '\\' && i + 1 < text.size()) ++i;
      (is_value ? value : field) += text[i];
    }
  }
  take();
  return name;
}

}  // namespace

Slicing slicing_of(const CheckText& check) {
  if (check.by.empty()) return {};
  return parse_slicing(check.by, "--check '" + check.name + " … by=" + check.by + "'");
}

std::vector<CheckText> with_slices(const std::vector<CheckText>& checks,
                                   const std::vector<std::string>& slices) {
  // The metrics that have a check of their own by these fields.
  std::set<std::pair<std::string, std::vector<std::string>>> own;
  for (const CheckText& check : checks)
    if (!check.by.empty()) own.insert({check.name, shown_names(slicing_of(check))});
  std::set<std::vector<std::string>> seen;
  for (const std::string& text : slices) {
    const std::string where = "--slice '" + text + "'";
    if (!seen.insert(shown_names(parse_slicing(text, where))).second)
      throw usage_error(where, "is by the same fields as another --slice");
  }
  std::vector<CheckText> all;
  for (const CheckText& check : checks) {
    all.push_back(check);
    if (!check.by.empty()) continue;
    for (const std::string& text : slices) {
      if (own.contains({check.name, shown_names(parse_slicing(text, ""))})) continue;
      all.push_back(check);
      all.back().by = text;
    }
  }
  return all;
}

std::vector<Slicing> slicings_of(const std::vector<CheckText>& checks) {
  std::vector<Slicing> slicings;
  for (const CheckText& check : checks) {
    Slicing slicing = slicing_of(check);
    if (!slicing.empty() && std::find(slicings.begin(), slicings.end(), slicing) == slicings.end())
      slicings.push_back(std::move(slicing));
  }
  return slicings;
}

std::vector<SliceName> expected_slices(const std::vector<std::string>& texts,
                                       const std::vector<CheckText>& checks) {
  std::vector<std::string> known;
  for (const Slicing& slicing : slicings_of(checks)) known.push_back(joined(shown_names(slicing)));
  std::vector<SliceName> expected;
  for (const std::string& text : texts) {
    const std::string where = "--expect-slice '" + text + "'";
    const SliceName name = read_name(text, where);
    std::vector<std::string> fields;
    for (const auto& [field, value] : name) fields.push_back(field);
    if (std::find(known.begin(), known.end(), joined(fields)) == known.end())
      throw usage_error(where, "no check is by " + joined(fields),
                        known.empty()
                            ? "Add by=" + joined(fields) + " to a check, or --slice " + joined(fields) + "."
                            : "The checks are by " + listing(known) + ".");
    if (std::find(expected.begin(), expected.end(), name) != expected.end())
      throw usage_error(where, "is given twice");
    expected.push_back(name);
  }
  return expected;
}

}  // namespace modelgate
