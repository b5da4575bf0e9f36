#include "gates/quality/partial/options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <set>

#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {

void PartialOptions::declare(OptionSet& options) {
  options_ = &options;
  options.text("partial", partial, "FILE",
               "Keep what the rows say here and judge nothing: a part of a test set");
  options.text("part", part, "K/N", "Which of how many parts --partial writes (default: 1/1)");
  options.list(
      "class", classes, "CLASS",
      "A class whose scores are asked for, of checks of all classes (default: every label; parts need "
      "it, because none holds all rows)");
  options.list("merge", merge, "FILE", "Judge these parts of a test set, which must be all of them");
}

void PartialOptions::check(const GateOptions& gate) const {
  number();
  if (!part.empty() && partial.empty()) throw usage_error("--part", "is given without --partial");
  if (!partial.empty() && !merge.empty())
    throw usage_error("--partial", "cannot be given together with --merge");
  if (!partial.empty() && (!gate.output.empty() || gate.json))
    throw usage_error("--partial", "judges nothing, and there is no verdict to write",
                      "Give --output and --json to the --merge of all parts.");
  if (merge.empty()) {
    if (gate.candidate.empty()) throw usage_error("", "--candidate is missing", "Or name parts to --merge.");
    gate.check();
  } else if (!gate.candidate.empty() || !gate.baseline.empty()) {
    throw usage_error("--merge", "cannot be given together with --candidate or --baseline",
                      "The parts hold the rows of both.");
  }
}

const std::vector<std::string>& PartialOptions::all_classes() const {
  if (classes.empty())
    throw usage_error("--class",
                      "is missing: a check asks for the scores of all classes, and no part holds all",
                      "Name each class that is a label, the same for every part.");
  return classes;
}

PartNumber PartialOptions::number() const {
  if (part.empty()) return {};
  PartNumber number{0, 0};
  const char* const end = part.data() + part.size();
  auto [at, failure] = std::from_chars(part.data(), end, number.part);
  if (failure == std::errc() && at < end && *at == '/') {
    const auto [last, second] = std::from_chars(at + 1, end, number.parts);
    if (second == std::errc() && last == end && number.part >= 1 && number.part <= number.parts &&
        number.parts <= 1'000'000)
      return number;
  }
  throw usage_error("--part", "'" + part + "' is no part of a number of parts", "Write it like 3/7.");
}

GivenOptions PartialOptions::given() const {
  static const std::set<std::string> own = {"candidate", "baseline",      "output", "json",  "gate-name",
                                            "memory",    "partial",       "part",   "merge", "first-release",
                                            "examples",  "examples-most", "curves"};
  GivenOptions given;
  for (const auto& option : options_->given())
    if (!own.contains(option.first)) given.push_back(option);
  // Only options of one name have an order that says something.
  std::stable_sort(given.begin(), given.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return given;
}

void tell_of_partial(const PartialOptions& options, const Sides& sides) {
  const PartNumber number = options.number();
  const std::string text =
      fmt::format("{} holds part {} of {}, {} rows; nothing is judged before all parts are merged\n",
                  printable(options.partial), number.part, number.parts, sides.candidate.table.size());
  std::fputs(text.c_str(), stderr);
}

}  // namespace modelgate
