#include "reporters/explain/addresses.h"

#include <algorithm>
#include <cctype>
#include <functional>
#include <set>

#include "reporters/wording/checks.h"
#include "reporters/wording/numbers.h"
#include "schemas/documents/check_address.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

constexpr std::size_t most_listed = 10;

std::string lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// The first of the addresses, one a line, and how many more there are.
std::string listed(const std::set<std::string>& addresses) {
  std::string text;
  std::size_t count = 0;
  for (const std::string& address : addresses) {
    if (++count > most_listed)
      return text + "\n… and " + counted(addresses.size() - most_listed, "more", "more");
    text += (text.empty() ? "" : "\n") + address;
  }
  return text;
}

[[noreturn]] void refuse_unknown(const Verdict& verdict, const std::string& name) {
  std::vector<std::string> known;
  std::set<std::string> holding;
  for (const Check& check : verdict.checks) {
    const std::string address = address_of(check);
    known.insert(known.end(), {address, check.name + slice_address(check), check.name});
    if (!name.empty() && lower_case(address).find(lower_case(name)) != std::string::npos)
      holding.insert(address);
  }
  const std::string what = "the verdict has no check '" + name + "'";
  if (const std::string near = did_you_mean(name, known); !near.empty()) throw usage_error("", what, near);
  if (!holding.empty()) throw usage_error("", what, listed(holding) + "\nThese hold it; say which.");
  throw usage_error("", what,
                    verdict.checks.empty()
                        ? "It has no checks at all."
                        : "Its checks are called like '" + address_of(verdict.checks.front()) +
                              "'; `modelgate-report-terminal VERDICT --all` lists them.");
}

}  // namespace

const Check& check_called(const Verdict& verdict, const std::string& name) {
  // What says more comes first: "accuracy" is the check over everything before it is all of its slices.
  const std::function<bool(const Check&)> is_meant[] = {
      [&](const Check& check) { return address_of(check) == name; },
      [&](const Check& check) {
        return check.name + slice_address(check) == name || name_with_slice(check) == name;
      },
      [&](const Check& check) { return check.gate + "/" + check.name == name || check.name == name; },
  };
  const std::vector<const Check*> checks = in_order(verdict.checks);
  for (const auto& meant : is_meant) {
    const Check* first = nullptr;
    std::set<std::string> addresses;
    for (const Check* check : checks)
      if (meant(*check)) {
        if (first == nullptr) first = check;
        addresses.insert(address_of(*check));
      }
    if (addresses.size() > 1)
      throw usage_error("", counted(addresses.size(), "check is", "checks are") + " called '" + name + "'",
                        listed(addresses) + "\nSay which of these.");
    if (first != nullptr) return *first;
  }
  refuse_unknown(verdict, name);
}

}  // namespace modelgate
