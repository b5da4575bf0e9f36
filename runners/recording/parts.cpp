#include "runners/recording/parts.h"

#include <algorithm>
#include <charconv>

#include "schemas/documents/manifest.h"
#include "schemas/tool/error.h"
#include "schemas/tool/printable.h"

namespace modelgate {
namespace {

constexpr std::int64_t most_parts = 1000;

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

[[noreturn]] void refuse(const std::string& why) {
  throw infrastructure_error("", "the parts do not belong together: " + why,
                             "Every part must be measured by the same plan, of the same files.");
}

void expect_alike(const Measurements& first, const Measurements& other) {
  if (other.runner != first.runner || other.runner_version != first.runner_version)
    refuse("they were measured by " + first.runner + " " + first.runner_version + " and " + other.runner +
           " " + other.runner_version);
  if (other.subject != first.subject) refuse("they are of different versions of the model");
  if (other.looks != first.looks) refuse("they declare different looks");
  if (other.part->of != first.part->of)
    refuse("one is of " + std::to_string(first.part->of) + " and another of " +
           std::to_string(other.part->of));
  if (other.part->names != first.part->names) refuse("they share different tests or benchmarks");
}

template <typename Item>
void append(std::vector<Item>& all, std::vector<Item>& more) {
  for (Item& item : more)
    if (std::find(all.begin(), all.end(), item) == all.end()) all.push_back(std::move(item));
}

/// Cases of one name are one series; everything else stands beside what is there.
void append_series(std::vector<Series>& all, std::vector<Series>& more) {
  for (Series& series : more) {
    auto* cases = std::get_if<CaseSeries>(&series);
    const auto same = std::find_if(all.begin(), all.end(), [&](const Series& one) {
      const auto* known = std::get_if<CaseSeries>(&one);
      return cases != nullptr && known != nullptr && known->name == cases->name;
    });
    if (same == all.end()) {
      all.push_back(std::move(series));
      continue;
    }
    auto& known = std::get<CaseSeries>(*same).cases;
    known.insert(known.end(), std::make_move_iterator(cases->cases.begin()),
                 std::make_move_iterator(cases->cases.end()));
  }
}

void join_environments(std::map<std::string, std::string>& all,
                       const std::map<std::string, std::string>& more) {
  for (const auto& [key, value] : more) {
    std::string& known = all[key];
    if (known.empty())
      known = value;
    else if ((" | " + known + " | ").find(" | " + value + " | ") == std::string::npos)
      known += " | " + value;
  }
}

}  // namespace

Part part_from(const std::string& text, const std::string& option) {
  const std::size_t slash = std::min(text.find('/'), text.size());
  const auto number = number_in(std::string_view(text).substr(0, slash));
  const auto of = number_in(std::string_view(text).substr(std::min(slash + 1, text.size())));
  if (!number || !of || *number < 1 || *number > *of || *of > most_parts)
    throw usage_error(option, "'" + beginning(text) + "' is no part",
                      "Write it like 2/4: the second of four; at most " + std::to_string(most_parts) + ".");
  return {*number, *of, ""};
}

void PartOption::declare(OptionSet& options, const std::string& of_what) {
  options.text("part", text, "N/OF",
               "Only the Nth of so many parts of " + of_what + ", for machines that share them");
}

std::optional<Part> PartOption::part() const {
  return text.empty() ? std::nullopt : std::optional(part_from(text, "--part"));
}

std::string digest_of_names(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all.append(std::to_string(name.size())).append(1, ':').append(name);
  return digest_of_bytes(all);
}

PartRange range_of(const Part& part, std::size_t count) {
  const auto of = static_cast<std::size_t>(part.of), number = static_cast<std::size_t>(part.number);
  return {count * (number - 1) / of, count * number / of};
}

Measurements joined_parts(std::vector<Measurements> parts) {
  if (parts.empty()) refuse("there is none");
  for (const Measurements& one : parts)
    if (!one.part) refuse("one of them is a whole and no part");
  const std::int64_t of = parts.front().part->of;
  std::vector<Measurements> sorted;
  for (std::int64_t number = 1; number <= of; ++number) {
    const std::size_t before = sorted.size();
    for (Measurements& one : parts)
      if (one.part && one.part->number == number) sorted.push_back(std::move(one));
    if (const std::size_t count = sorted.size() - before; count != 1)
      refuse("part " + std::to_string(number) + " of " + std::to_string(of) +
             (count == 0 ? " is missing" : " is there " + std::to_string(count) + " times"));
  }
  // Of a larger whole.
  if (sorted.size() != parts.size()) refuse("they are of different numbers of parts");
  Measurements all = std::move(sorted.front());
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    Measurements& more = sorted[i];
    expect_alike(all, more);
    append_series(all.series, more.series);
    append(all.problems, more.problems);
    append(all.discarded, more.discarded);
    append(all.notes, more.notes);
    join_environments(all.environment, more.environment);
    all.created = std::max(all.created, more.created);
  }
  all.part.reset();
  return all;
}

}  // namespace modelgate
