#include "tests/bench/verdicts/tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/bench/verdicts/markdown_table.h"
#include "tests/bench/verdicts/summary.h"
#include "tests/bench/verdicts/wording.h"

namespace modelgate {
namespace {

/// "½ margin".
std::string effect_text(double effect) {
  if (effect == 0) return "none";
  if (effect == 0.5) return "½ margin";
  return effect == 1 ? "margin" : fmt::format("{:g} margins", effect);
}

std::vector<std::string> with_effects(std::vector<std::string> cells) {
  for (const double effect : tested_effects) cells.push_back(effect_text(effect));
  return cells;
}

std::string three_text(const ThreeAnswers& answers) {
  return fmt::format("{} / {} / {}", share_text(answers.failed.share()), share_text(answers.passed.share()),
                     share_text(answers.inconclusive.share()));
}

std::string introduction(const Results& results) {
  const Settings& s = results.settings;
  std::string text = fmt::format(
      "Seed {}, {}{}. Margin {:g} %, a robust spread of {:g} % between processes. Bounds in brackets are "
      "one-sided "
      "95 % by Clopper and Pearson. {} A/A runs for each noise model and suite size, {} runs of a check at "
      "exactly "
      "the margin, {} at other effects.\n",
      s.seed, results.date, results.quick ? ", quick run" : "", 100 * s.margin, 100 * s.spread,
      grouped(s.suite_runs), grouped(s.check_runs), grouped(s.effect_runs));
  text += "\n" + histories_text(results) + "\n";
  text += "\n" + table_head({"noise model", "what it is"});
  for (const auto& [name, description] : results.models) text += table_row({name, description});
  return text;
}

std::string suites_table(const Results& results) {
  std::string text =
      "\n## A/A: nothing changed\n\nShare of runs of a whole suite that are blocked, and that end "
      "inconclusive. The planned pairs are the fewest of 10, 20, 40, 80 and 160 with which hardly any "
      "run of a pilot ends inconclusive; looks are at half and a quarter of them, and so on. A check "
      "is measured until it is decided.\n\n";
  text += table_head({"noise model", "checks", "planned pairs", "blocked", "inconclusive", "pairs a check",
                      "pairs a run", "blocked if every check lies at exactly the margin"});
  for (std::size_t i = 0; i < results.unchanged.size(); ++i) {
    const SuiteResult& one = results.unchanged[i];
    text += table_row({one.model, std::to_string(one.checks), std::to_string(one.looks.back()),
                       bounded_text(one.blocked), bounded_text(one.inconclusive),
                       fmt::format("{:.1f}", one.mean_check_pairs), fmt::format("{:.1f}", one.mean_run_pairs),
                       bounded_text(results.at_margin[i].blocked)});
  }
  text += "\n## At exactly the margin\n\nOne check. To pass it is wrong.\n\n" +
          table_head({"noise model", "plan", "passes", "blocked", "inconclusive"});
  for (const EffectResult& one : results.wrong_passes)
    text += table_row({one.model, looks_text(one.looks), bounded_text(one.answers.passed),
                       bounded_text(one.answers.failed), share_text(one.answers.inconclusive.share())});
  return text;
}

std::string effects_table(const Results& results) {
  std::string text =
      "\n## One check by the size of its effect\n\nOurs: blocked / passed / inconclusive, as one of "
      "1 to 500 checks whose others are unchanged. Peers: blocked, with as many values on each side; "
      "what they do not block passes.\n";
  for (const auto& [model, description] : results.models) {
    text += "\n### " + model + "\n\n" + table_head(with_effects({"rule"}));
    for (std::size_t i = 0; i < results.effects.size(); i += tested_effects.size()) {
      const EffectResult& first = results.effects[i];
      if (first.model != model) continue;
      std::vector<std::string> cells = {
          fmt::format("modelgate, {}, 1 of {}", looks_text(first.looks), checks_text(first.family))};
      for (std::size_t k = 0; k < tested_effects.size(); ++k)
        cells.push_back(three_text(results.effects[i + k].answers));
      text += table_row(cells);
    }
    for (const PeerResult& one : results.peers) {
      if (one.model != model || one.checks != suite_sizes.front()) continue;
      std::vector<std::string> cells = {peers()[static_cast<std::size_t>(one.peer)].name};
      for (const auto& [effect, rate] : one.blocked) cells.push_back(share_text(rate.share()));
      text += table_row(cells);
    }
  }
  return text;
}

std::string peers_tables(const Results& results) {
  std::string text = "\n## Peers: A/A suites that are blocked\n\n";
  for (const PeerDescription& peer : peers()) text += "- " + peer.name + ": " + peer.rule + "\n";
  std::vector<std::string> sizes = {"noise model", "rule"};
  for (const std::size_t checks : suite_sizes) sizes.push_back(checks_text(checks));
  text += "\n" + table_head(sizes);
  for (std::size_t i = 0; i < results.peers.size(); i += suite_sizes.size()) {
    std::vector<std::string> cells = {results.peers[i].model,
                                      peers()[static_cast<std::size_t>(results.peers[i].peer)].name};
    for (std::size_t k = 0; k < suite_sizes.size(); ++k)
      cells.push_back(share_text(results.peers[i + k].blocked_suites.share()));
    text += table_row(cells);
  }
  text +=
      "\n## Peers tuned to block 5 % of A/A suites\n\nThe threshold is tuned for each noise model and suite "
      "size, "
      "which nobody can do who does not know the noise, on one half of the A/A suites; the other half gives "
      "the "
      "share blocked. Then the share of single checks that are blocked, by effect: blocked at half the "
      "margin is a false alarm about a change that is tolerated, not blocked at twice the margin is a "
      "miss.\n\n";
  text += table_head(with_effects({"noise model", "checks", "rule", "tuned to", "A/A suites blocked"}));
  for (const PeerResult& one : results.tuned_peers) {
    const PeerDescription& peer = peers()[static_cast<std::size_t>(one.peer)];
    std::vector<std::string> cells = {one.model, std::to_string(one.checks), peer.name,
                                      fmt::format("{} {:.4g}", peer.tuned_as, one.threshold),
                                      share_text(one.blocked_suites.share())};
    for (const auto& [effect, rate] : one.blocked) cells.push_back(share_text(rate.share()));
    text += table_row(cells);
  }
  return text;
}

std::string sequential_table(const Results& results) {
  std::string text =
      "\n## Looks against a fixed number of pairs\n\nThe fixed plan has the fewest pairs with which a "
      "regression of "
      "1.5 margins is blocked as often as with the looks (40 at most). Blocked / passed / inconclusive, and "
      "the "
      "mean number of pairs.\n\n";
  std::vector<std::string> cells = {"noise model", "1 of", "plan"};
  if (results.sequential.empty()) return "";
  for (const auto& [effect, unused] : results.sequential.front().fixed) cells.push_back(effect_text(effect));
  text += table_head(cells);
  for (const SequentialResult& one : results.sequential)
    for (const auto& [looks, answers] :
         {std::pair{one.looks, &one.sequential}, std::pair{std::vector{one.fixed_pairs}, &one.fixed}}) {
      cells = {one.model, checks_text(one.family), looks_text(looks)};
      for (const auto& [effect, of_effect] : *answers)
        cells.push_back(fmt::format("{}; {:.1f}", three_text(of_effect), of_effect.mean_samples));
      text += table_row(cells);
    }
  return text;
}

std::string pair_order_table(const Results& results) {
  std::string text =
      "\n## A coin for each pair, or one for two?\n\nShare of checks at exactly the margin that pass with 20 "
      "pairs, "
      "under noise that remembers (AR(1) with ρ): at most 4.87 % if the test is exact. The runner tosses a "
      "coin for "
      "each pair; with one for two (AB BA, or BA AB) two pairs would be alike.\n\n" +
      table_head({"ρ", "a coin for each pair", "a coin for two pairs"});
  for (const PairOrderResult& one : results.pair_orders)
    text += table_row(
        {fmt::format("{:g}", one.rho), bounded_text(one.one_coin_each), bounded_text(one.one_coin_for_two)});
  return text;
}

std::string evals_table(const Results& results) {
  std::string text =
      "\n## Paired evals\n\n1,000 rows, the baseline right on 70 %, 10 % answered rightly by one model only. "
      "The "
      "unpaired rules are given the same answers.\n\n" +
      table_head({"rule", "margin", "drop", "blocked", "passed", "inconclusive"});
  for (const EvalResult& one : results.evals)
    text += table_row({one.rule, fmt::format("{:g} points", one.margin), fmt::format("{:g} points", one.drop),
                       share_text(one.failed.share()), share_text(one.passed.share()),
                       share_text(one.inconclusive.share())});
  return text;
}

std::string row_looks_table(const Results& results) {
  if (results.row_looks.empty()) return "";
  std::string text =
      "\n## Evals in looks\n\nThe same answers, row by row, by the quality gate's rule, against a fixed "
      "number of "
      "rows: the fewest with which a loss of 1.5 margins is blocked as often as with the looks. Blocked / "
      "passed "
      "/ inconclusive, and the mean number of rows.\n\n";
  std::vector<std::string> cells = {"margin", "plan"};
  for (const auto& [effect, unused] : results.row_looks.front().fixed) cells.push_back(effect_text(effect));
  text += table_head(cells);
  for (const RowLooksResult& one : results.row_looks)
    for (const auto& [looks, answers] :
         {std::pair{one.looks, &one.sequential}, std::pair{std::vector{one.fixed_rows}, &one.fixed}}) {
      cells = {fmt::format("{:g} points", one.margin), looks_text(looks, "rows")};
      for (const auto& [effect, of_effect] : *answers)
        cells.push_back(fmt::format("{}; {:.0f}", three_text(of_effect), of_effect.mean_samples));
      text += table_row(cells);
    }
  return text;
}

}  // namespace

std::string histories_text(const Results& results) {
  return results.histories.empty() ? "Measured histories were not resampled: " + results.no_histories + "."
                                   : "Measured histories were resampled, too.";
}

std::string target_table(const Results& results) {
  std::string text = table_head({"what", "promised", "measured", ""});
  for (const Target& target : results.targets)
    text += table_row({target.what, target.demanded, target.measured, target.met ? "met" : "**not met**"});
  return text;
}

std::string markdown_of(const Results& results) {
  return "# How often is a verdict wrong?\n\n" + introduction(results) + "\n## What was promised\n\n" +
         target_table(results) + "\n## Every rule in one line\n\n" + summary_table(results) +
         suites_table(results) + effects_table(results) + peers_tables(results) + sequential_table(results) +
         pair_order_table(results) + evals_table(results) + row_looks_table(results);
}

}  // namespace modelgate
