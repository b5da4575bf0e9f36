#include "tests/bench/verdicts/summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "tests/bench/verdicts/markdown_table.h"
#include "tests/bench/verdicts/wording.h"

namespace modelgate {
namespace {

/// What happens under normal noise, and under the noise under which it happens most.
class Extremes {
 public:
  explicit Extremes(std::string usual) : usual_(std::move(usual)) {}

  void add(const std::string& model, double share) {
    if (model == usual_) at_usual_ = share;
    most_ = std::max(most_, share);
  }
  std::string text() const { return share_text(at_usual_) + " … " + share_text(most_); }

 private:
  std::string usual_;
  double at_usual_ = 0, most_ = 0;
};

/// A rule's row: A/A suites blocked; passed at exactly the margin, and at twice; left open at twice.
struct RuleRow {
  Extremes false_blocks, at_margin, at_twice, open;

  explicit RuleRow(const std::string& usual)
      : false_blocks(usual), at_margin(usual), at_twice(usual), open(usual) {}

  std::string text(const std::string& name, bool can_be_open) const {
    return table_row(
        {name, false_blocks.text(), at_margin.text(), at_twice.text(), can_be_open ? open.text() : "–"});
  }
};

RuleRow our_row(const Results& results, const std::vector<std::int64_t>& looks) {
  RuleRow row(results.models.front().first);
  for (const SuiteResult& one : results.summarised)
    if (one.looks == looks) row.false_blocks.add(one.model, one.blocked.share());
  for (const EffectResult& one : results.effects) {
    if (one.family != summarised_suite || one.looks != looks) continue;
    if (one.effect == 1) row.at_margin.add(one.model, one.answers.passed.share());
    if (one.effect != 2) continue;
    row.at_twice.add(one.model, one.answers.passed.share());
    row.open.add(one.model, one.answers.inconclusive.share());
  }
  return row;
}

RuleRow peer_row(const Results& results, const std::vector<PeerResult>& all, std::size_t peer) {
  RuleRow row(results.models.front().first);
  for (const PeerResult& one : all) {
    if (one.checks != summarised_suite || one.peer != static_cast<Peer>(peer)) continue;
    row.false_blocks.add(one.model, one.blocked_suites.share());
    row.at_margin.add(one.model, 1 - one.blocked.at(1).share());
    row.at_twice.add(one.model, 1 - one.blocked.at(2).share());
  }
  return row;
}

}  // namespace

std::string summary_table(const Results& results) {
  std::string text = fmt::format(
      "A suite of {} checks; normal noise … the noise under which it happens most. Peers have {} values on "
      "each "
      "side.\n\n",
      summarised_suite, results.settings.pairs);
  text += table_head({"rule", "blocks though nothing changed", "passes a slowdown of exactly the margin",
                      "passes one of twice the margin", "cannot tell at twice the margin"});
  const std::int64_t pairs = results.settings.pairs;
  for (const auto& looks : {std::vector{pairs}, std::vector{pairs, 2 * pairs, 4 * pairs}})
    text += our_row(results, looks).text("modelgate, " + looks_text(looks), true);
  for (std::size_t peer = 0; peer < peer_count; ++peer)
    text += peer_row(results, results.peers, peer).text(peers()[peer].name, false);
  for (std::size_t peer = 0; peer < peer_count; ++peer)
    if (peers()[peer].has_own_scale)
      text += peer_row(results, results.tuned_peers, peer)
                  .text(peers()[peer].name + ", tuned to 5 % false blocks of this noise", false);
  return text;
}

}  // namespace modelgate
