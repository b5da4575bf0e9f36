#include "reporters/terminal/rows.h"

#include <algorithm>
#include <map>
#include <set>

#include "reporters/wording/numbers.h"
#include "reporters/wording/text.h"

namespace modelgate {
namespace {

// From how many on checks of one kind become one row.
constexpr std::size_t most_without_numbers = 1, most_slices = 6, most_with_numbers = 12,
                      most_not_compared = 3;
constexpr std::size_t most_of_a_gate = 40, most_in_full = 5;  // of one standing
constexpr std::size_t most_facts = 8;
constexpr std::size_t widest_gate = 30, widest_values = 40, widest_change = 24;

bool has_numbers(const Check& check) { return check.candidate || check.baseline || check.effect; }

/// Checks that may stand in one row: of the same standing, gate and kind.
struct Family {
  Standing standing;
  std::string gate, name;  // the name where all are slices of it
  std::string fields;      // "lang", of the slices
  bool numbers = false;

  auto operator<=>(const Family&) const = default;
};

Family family_of(const Check& check) {
  Family family{standing_of(check), check.gate, "", "", has_numbers(check)};
  if (check.slice.empty()) return family;
  family.name = check.name;
  for (const auto& entry : check.slice) family.fields += (family.fields.empty() ? "" : ", ") + entry.first;
  return family;
}

bool becomes_one_row(const Family& family, std::size_t count) {
  if (family.standing == Standing::not_compared) return count > most_not_compared;
  if (family.standing != Standing::pass) return false;
  return count > (!family.fields.empty() ? most_slices
                  : family.numbers       ? most_with_numbers
                                         : most_without_numbers);
}

/// How much is told of a check beside its numbers.
enum class Telling { whole, usual, brief };

Row row_of(const Check& check, Telling telling) {
  Row row;
  row.standing = standing_of(check);
  // A gate's name and a unit are free texts, and must not push the other columns out of sight.
  row.gate = cut(shown(check.gate), widest_gate);
  row.name = shown(name_with_slice(check));
  row.values = cut(shown(values_text(check)), widest_values);
  row.change = cut(shown(change_text(check)), widest_change);
  row.bounds = shown(bounds_text(check));
  row.margin = cut(shown(margin_text(check)), widest_values);
  // What passes by its numbers is told by them, and so is the rest where there are many alike.
  const bool by_numbers = (check.effect && check.margin) || (check.candidate && check.limit);
  const bool well = row.standing == Standing::pass || row.standing == Standing::better;
  const bool told = (well || telling == Telling::brief) && by_numbers;
  row.whole = telling == Telling::whole;
  if (row.whole)
    row.sentence = shown(sentence_beside_name(check));
  else if (!told)
    row.sentence = shown(sentence_beside_numbers(check));
  if (row.standing == Standing::waived) row.sentence += " (waived: " + shown(check.waiver) + ")";
  const bool urgent = row.standing <= Standing::inconclusive;
  if (urgent) row.needs = shown(check.needs);
  if (urgent && row.standing != Standing::inconclusive) {
    row.facts = first_lines(check.details, most_facts);
    if (telling == Telling::brief && row.facts.size() > 1) row.facts.resize(1);
    if (!check.file.empty() && check.details.find(check.file) == std::string::npos)
      row.facts.insert(row.facts.begin(),
                       shown(check.file + (check.line > 0 ? ":" + std::to_string(check.line) : "")));
  }
  return row;
}

Row folded_row(const Family& family, const std::vector<const Check*>& checks, bool tests) {
  Row row;
  row.standing = family.standing;
  row.gate = cut(shown(family.gate), widest_gate);
  row.name =
      family.fields.empty()
          ? counted(checks.size(), tests ? "test" : "check", tests ? "tests" : "checks")
          : shown(family.name + " by " + family.fields) + ": " + counted(checks.size(), "slice", "slices");
  if (family.standing == Standing::not_compared && family.fields.empty()) {
    std::set<std::string> sentences;
    for (const Check* check : checks) sentences.insert(sentence_beside_name(*check));
    if (sentences.size() == 1) row.sentence = shown(*sentences.begin());
  }
  return row;
}

Row rest_row(const Check& first, std::size_t count) {
  Row row;
  row.standing = standing_of(first);
  row.gate = cut(shown(first.gate), widest_gate);
  row.name = "… and " + counted(count, "more", "more");
  row.sentence = "the verdict document has them all";
  return row;
}

}  // namespace

std::vector<Row> rows_of(const Verdict& verdict, bool all) {
  std::map<Family, std::vector<const Check*>> families;
  std::map<std::pair<Standing, std::string>, std::size_t> totals, seen;
  for (const Check& check : verdict.checks) {
    families[family_of(check)].push_back(&check);
    ++totals[{standing_of(check), check.gate}];
  }
  const std::set<std::string> of_tests = gates_of_tests(verdict.checks);

  std::vector<Row> rows;
  for (const Check* check : in_order(verdict.checks)) {
    if (all) {
      rows.push_back(row_of(*check, Telling::whole));
      continue;
    }
    const Family family = family_of(*check);
    const std::vector<const Check*>& members = families[family];
    if (becomes_one_row(family, members.size())) {
      if (check == members.front())
        rows.push_back(folded_row(family, members, of_tests.contains(check->gate)));
      continue;
    }
    const std::pair key{standing_of(*check), check->gate};
    const std::size_t place = ++seen[key];
    if (place <= most_of_a_gate)
      rows.push_back(row_of(*check, place <= most_in_full ? Telling::usual : Telling::brief));
    else if (place == totals[key])
      rows.push_back(rest_row(*check, place - most_of_a_gate));
  }
  return rows;
}

}  // namespace modelgate
