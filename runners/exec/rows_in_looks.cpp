#include "runners/exec/rows_in_looks.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string_view>
#include <tuple>
#include <utility>

#include "runners/exec/row_json.h"
#include "runners/recording/rising_looks.h"
#include "schemas/documents/sha256.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

/// A row, and the unit that it belongs to.
struct Place {
  std::uint64_t key = 0;
  std::string unit;
  std::size_t row = 0;
};

/// 64 bits are enough: units that share them stand in the order of their names.
std::uint64_t key_of(std::int64_t seed, std::string_view kind, std::string_view name) {
  using namespace std::string_view_literals;
  const std::string number = std::to_string(seed);
  Sha256 sha;
  for (const std::string_view part : {std::string_view(number), "\0"sv, kind, "\0"sv, name}) sha.add(part);
  const std::string digest = sha.text();
  const char* digits = digest.data() + std::string_view("sha256:").size();
  std::uint64_t key = 0;
  std::from_chars(digits, digits + 16, key, 16);
  return key;
}

Place place_of(const InputRows& input, std::size_t row, std::int64_t seed) {
  const Json json = *object_of(input.lines()[row].text);
  const std::optional<std::string> cluster = cluster_of_row(json);
  Place place{0, cluster ? *cluster : name_of_row(json)->id, row};
  place.key = key_of(seed, cluster ? "cluster" : "id", place.unit);
  place.unit.insert(0, cluster ? "c" : "i");
  return place;
}

}  // namespace

void RowLooks::declare(OptionSet& options) {
  options.list(
      "looks", looks, "N",
      "Take the rows in random order, and declare that the results are looked at after N of them (may "
      "be repeated, rising; the last is all that is taken); with --bench, after N pairs");
  options.integer("until", until, 0, INT64_MAX, "N",
                  "Stop after N rows, or pairs, for now (0: after the last)");
  options.flag("add", add, "Add rows, or pairs, to what --output holds");
  options.integer("seed", seed, 0, INT64_MAX, "N",
                  "Of the random order (0: another each time; with --add the one before)");
}

std::vector<std::int64_t> RowLooks::numbers() const { return rising_looks(looks); }

std::int64_t RowLooks::end() const {
  const std::vector<std::int64_t> all = numbers();
  if (all.empty()) {
    for (const auto& [given, option] : {std::pair{until > 0, "--until"}, std::pair{add, "--add"}})
      if (given) throw usage_error(option, "can only be given with --looks");
    return 0;
  }
  if (until > all.back())
    throw usage_error("--until", std::to_string(until) + " lies beyond the last look, which is at " +
                                     std::to_string(all.back()));
  return until == 0 ? all.back() : until;
}

AskedRows::AskedRows(const std::filesystem::path& input) : input_(input), order_(input_.lines().size()) {
  std::iota(order_.begin(), order_.end(), std::size_t{0});
}

AskedRows::AskedRows(const std::filesystem::path& input, std::int64_t seed, std::int64_t rows)
    : input_(input) {
  const std::size_t available = input_.lines().size();
  if (rows > static_cast<std::int64_t>(available))
    throw usage_error("--looks",
                      "the last look is at " + std::to_string(rows) + " rows, and " + input.string() +
                          " has " + std::to_string(available),
                      "Declare looks at " + std::to_string(available) + " rows or fewer, or give more rows.");
  std::vector<Place> places;
  places.reserve(available);
  for (std::size_t row = 0; row < available; ++row) places.push_back(place_of(input_, row, seed));
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::tie(a.key, a.unit, a.row) < std::tie(b.key, b.unit, b.row);
  });
  for (const Place& place : std::span(places).first(static_cast<std::size_t>(rows)))
    order_.push_back(place.row);
}

RowName AskedRows::name(std::size_t turn) const {
  return *name_of_row(*object_of(input_.lines()[order_[turn]].text));
}

void require_same_rows(const AskedRows& candidate, const AskedRows& baseline) {
  for (std::size_t turn = 0; turn < candidate.order().size(); ++turn) {
    const RowName ours = candidate.name(turn), theirs = baseline.name(turn);
    if (ours != theirs)
      throw usage_error(
          baseline.input().path().string() + ":" +
              std::to_string(baseline.input().lines()[baseline.order()[turn]].number),
          "'" + shortened(theirs.text()) + "' is row " + std::to_string(turn + 1) +
              " in random order, where the candidate's input has '" + shortened(ours.text()) + "'",
          "With --looks give both the same rows, and those of a cluster or id in the same order.");
  }
}

}  // namespace modelgate
