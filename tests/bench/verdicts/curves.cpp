#include "tests/bench/verdicts/curves.h"

#include <fmt/format.h>

#include <cmath>

namespace modelgate {
namespace {

// Of middling lightness, so that they stand out on white and on black.
constexpr std::array<const char*, peer_count> peer_colours = {"#e16f24", "#a371f7", "#d4a72c",
                                                              "#e85aad", "#1b9e9e", "#9a6b4f"};
// google/benchmark's line often lies on benchstat's, as both ask the U test: dashed, both are seen.
constexpr std::array<const char*, peer_count> peer_dashes = {"6 6", "", "", "", "", ""};
constexpr char our_colour[] = "#2f81f7";

std::vector<Tick> percents() {
  return {{0, "0 %"}, {0.2, "20 %"}, {0.4, "40 %"}, {0.6, "60 %"}, {0.8, "80 %"}, {1, "100 %"}};
}

}  // namespace

LineChart power_chart(const Results& results) {
  const Settings& s = results.settings;
  LineChart chart;
  chart.title = "What becomes of one benchmark that is slower by so much";
  chart.subtitle =
      fmt::format("{} process pairs, normal noise of {:g} % between processes, margin {:g} %; {}, seed {}",
                  s.pairs, 100 * s.spread, 100 * s.margin, results.date, s.seed);
  chart.x_name = "true slowdown of the candidate";
  chart.y_name = "share of runs";
  for (int percent = 0; percent <= 15; percent += 5)
    chart.x_ticks.push_back({percent / 100.0, std::to_string(percent) + " %"});
  chart.y_ticks = percents();
  chart.marks = {{s.margin, "margin"}};
  ChartLine blocked{"modelgate: blocked", our_colour, "", 3.5, {}};
  ChartLine passed{"modelgate: passed", our_colour, "9 5", 3, {}};
  ChartLine open{"modelgate: inconclusive", our_colour, "2 4", 2, {}};
  std::vector<ChartLine> of_peers;
  for (std::size_t peer = 0; peer < peer_count; ++peer)
    of_peers.push_back({peers()[peer].name, peer_colours[peer], peer_dashes[peer], 2, {}});
  for (const CurvePoint& point : results.curve) {
    const double x = std::expm1(point.effect * s.log_margin());
    if (x > chart.x_ticks.back().at) continue;
    blocked.points.emplace_back(x, point.ours.failed.share());
    passed.points.emplace_back(x, point.ours.passed.share());
    open.points.emplace_back(x, point.ours.inconclusive.share());
    for (std::size_t peer = 0; peer < peer_count; ++peer)
      of_peers[peer].points.emplace_back(x, point.blocked[peer].share());
  }
  chart.lines = {blocked, passed, open};
  for (ChartLine& line : of_peers) line.name += ": blocked";
  chart.lines.insert(chart.lines.end(), of_peers.begin(), of_peers.end());
  return chart;
}

LineChart false_block_chart(const Results& results, const std::string& model) {
  const Settings& s = results.settings;
  LineChart chart;
  chart.title = "How often a suite is blocked although nothing changed";
  chart.subtitle =
      fmt::format("noise \"{}\", {:g} % between processes; {} values on each side for the peers; {}, seed {}",
                  model, 100 * s.spread, s.pairs, results.date, s.seed);
  chart.x_name = "checks in the suite";
  chart.y_name = "share of runs that are blocked";
  const auto x_of = [](std::size_t checks) { return std::log(static_cast<double>(checks)); };
  for (const std::size_t checks : suite_sizes)
    chart.x_ticks.push_back({x_of(checks), std::to_string(checks)});
  chart.y_ticks = percents();
  ChartLine ours{"modelgate", our_colour, "", 3.5, {}};
  for (const SuiteResult& one : results.unchanged)
    if (one.model == model) ours.points.emplace_back(x_of(one.checks), one.blocked.share());
  chart.lines = {ours};
  for (std::size_t peer = 0; peer < peer_count; ++peer) {
    ChartLine line{peers()[peer].name, peer_colours[peer], peer_dashes[peer], 2, {}};
    for (const PeerResult& one : results.peers)
      if (one.model == model && one.peer == static_cast<Peer>(peer))
        line.points.emplace_back(x_of(one.checks), one.blocked_suites.share());
    chart.lines.push_back(line);
  }
  return chart;
}

}  // namespace modelgate
