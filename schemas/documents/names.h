#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "schemas/documents/node.h"

namespace modelgate {

/// The names of an enum's values in documents, in one table for both directions. Internal to
/// schemas/documents.
template <typename Enum>
using Names = std::vector<std::pair<Enum, std::string>>;

template <typename Enum>
std::string name_in(const Names<Enum>& names, Enum value) {
  for (const auto& [candidate, name] : names)
    if (candidate == value) return name;
  return "";
}

template <typename Enum>
Enum value_in(const Names<Enum>& names, const Node& node) {
  std::vector<std::string> choices;
  for (const auto& entry : names) choices.push_back(entry.second);
  const std::string chosen = node.choice(choices);
  for (const auto& [value, name] : names)
    if (name == chosen) return value;
  return names.front().first;
}

}  // namespace modelgate
