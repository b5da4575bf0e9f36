#include "runners/selftest/troubles.h"

#include <algorithm>
#include <vector>

#include "runners/selftest/text_layout.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::size_t most_checks = 20, most_of_check = 6, line_width = 100;

std::string whole_name(const Row& row) {
  return printable(row.planted.gate) + "/" + planted_name(row.planted);
}

std::string remedy_for(const Row& row) {
  switch (row.ruling) {
    case Ruling::let_through:
      return row.planted.level == Level::other
                 ? "What is lost must never pass: this gate cannot be relied on."
                 : "This check cannot fail. Give it a narrower margin or tolerance, or take it out of the "
                   "plan.";
    case Ruling::false_alarm:
      return "It fails although nothing beyond what it tolerates was planted: what was measured cannot meet "
             "it.";
    case Ruling::unproven:
      return row.needs.empty() ? "" : "Needs " + row.needs + ".";
    case Ruling::untried:
      return row.status == "no verdict" ? "" : "Nothing could be decided with it, whatever it judges.";
    case Ruling::as_expected:
      break;
  }
  return "";
}

/// Rows of one check that were ruled alike.
using Group = std::vector<const Row*>;

std::vector<Group> groups_with(const Matrix& matrix, Ruling ruling) {
  std::vector<Group> groups;
  for (const Row& row : matrix.rows()) {
    if (row.ruling != ruling) continue;
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return whole_name(*group.front()) == whole_name(row);
    });
    if (same == groups.end())
      groups.push_back({&row});
    else
      same->push_back(&row);
  }
  return groups;
}

std::string text_of(const Group& group) {
  std::string heading = name_of(group.front()->ruling);
  // Not by toupper, which some languages' settings change.
  std::transform(heading.begin(), heading.end(), heading.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  std::string text = heading + "  " + whole_name(*group.front()) + "\n";
  for (std::size_t i = 0; i < std::min(group.size(), most_of_check); ++i) {
    const Row& row = *group[i];
    text += wrapped("planted: " + printable(row.planted.words) +
                        "; expected: " + name_of(row.planted.expected) + "; obtained: " + row.status +
                        (row.reason.empty() ? "" : " (" + printable(row.reason) + ")"),
                    line_width, "    ", 2);
  }
  if (group.size() > most_of_check)
    text += "    … and " + std::to_string(group.size() - most_of_check) + " more; --json has them all\n";
  return text + wrapped(printable(remedy_for(*group.front())), line_width, "    ");
}

}  // namespace

std::string planted_name(const Planting& planted) {
  std::string name = planted.check.empty() ? "the whole gate" : planted.check;
  for (const auto& [field, value] : planted.slice) name += " [" + field + "=" + value + "]";
  return printable(name);
}

std::string troubles_text(const Matrix& matrix) {
  std::string text;
  std::size_t told = 0, untold = 0;
  for (const Ruling ruling : {Ruling::let_through, Ruling::false_alarm, Ruling::untried, Ruling::unproven})
    for (const Group& group : groups_with(matrix, ruling)) {
      if (++told <= most_checks)
        text += text_of(group);
      else
        ++untold;
    }
  if (untold > 0) text += "… and " + std::to_string(untold) + " more checks; --json has them all\n";
  return text;
}

std::string names_with(const Matrix& matrix, Ruling ruling) {
  std::vector<std::string> names;
  for (const Row& row : matrix.rows()) {
    const std::string name = printable(row.planted.gate) + "/" + planted_name(row.planted);
    if (row.ruling == ruling && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  }
  std::string text = std::to_string(names.size());
  for (std::size_t i = 0; i < std::min<std::size_t>(names.size(), 3); ++i)
    text += (i == 0 ? ": " : ", ") + names[i];
  return names.size() > 3 ? text + ", …" : text;
}

}  // namespace modelgate
