#include "tests/bench/verdicts/suites.h"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <stdexcept>

#include "tests/bench/verdicts/pair_order.h"
#include "tests/bench/verdicts/peer_runs.h"
#include "tests/bench/verdicts/runs.h"

namespace modelgate {
namespace {

Settings with_threads(int threads) {
  Settings settings;
  settings.threads = threads;
  settings.effect_runs = 300;
  settings.peer_suite_runs = 40;
  return settings;
}

TEST(Runs, are_each_done_once_on_any_number_of_threads) {
  for (const int threads : {1, 2, 5}) {
    std::vector<std::atomic<int>> done(1000);
    over_runs(1000, threads, [&](std::int64_t first, std::int64_t last) {
      for (auto run = first; run < last; ++run) ++done[static_cast<std::size_t>(run)];
    });
    for (const auto& times : done) EXPECT_EQ(times, 1);
  }
}

TEST(Runs, pass_on_what_one_of_them_throws) {
  EXPECT_THROW(over_runs(1000, 3, [](std::int64_t, std::int64_t) { throw std::runtime_error("broken"); }),
               std::runtime_error);
}

TEST(Runs, of_different_experiments_have_different_streams) {
  std::set<std::uint64_t> streams;
  for (std::uint64_t a = 0; a < 6; ++a)
    for (std::uint64_t b = 0; b < 6; ++b)
      for (std::uint64_t c = 0; c < 6; ++c)
        for (std::uint64_t d = 0; d < 6; ++d) streams.insert(first_stream(a, b, c, d));
  EXPECT_EQ(streams.size(), 6u * 6 * 6 * 6);
  for (const std::uint64_t stream : streams) EXPECT_EQ(stream & 0xffffffff, 0u) << "no room for the runs";
}

TEST(Suites, give_the_same_on_any_number_of_threads) {
  const std::vector<NoiseModel> models = noise_models(0.02, 5);
  const Settings one = with_threads(1), several = with_threads(4);
  const OurRule rule(one.log_margin(), {10, 20});
  for (const double effect : {0.0, 1.0, 2.0}) {
    const SuiteResult a = run_suites(models[5], 5, 20, rule, effect, 100, 1, one);
    const SuiteResult b = run_suites(models[5], 5, 20, rule, effect, 100, 1, several);
    EXPECT_EQ(a.blocked, b.blocked);
    EXPECT_EQ(a.inconclusive, b.inconclusive);
    EXPECT_EQ(a.mean_check_pairs, b.mean_check_pairs);
    EXPECT_EQ(a.mean_run_pairs, b.mean_run_pairs);
  }
  const PeersOfModel a = run_peers(models[0], 0, one), b = run_peers(models[0], 0, several);
  ASSERT_EQ(a.tuned.size(), b.tuned.size());
  for (std::size_t i = 0; i < a.tuned.size(); ++i) {
    EXPECT_EQ(a.tuned[i].threshold, b.tuned[i].threshold);
    EXPECT_EQ(a.tuned[i].blocked, b.tuned[i].blocked);
  }
}

TEST(Suites, plan_more_pairs_for_more_checks_and_more_noise) {
  const Settings settings = with_threads(0);
  const std::vector<NoiseModel> quiet = noise_models(0.005, 5), loud = noise_models(0.05, 5);
  EXPECT_EQ(pairs_to_plan(quiet[0], 0, 20, settings), 10);
  EXPECT_GE(pairs_to_plan(loud[0], 0, 20, settings), 40);
  EXPECT_LT(pairs_to_plan(loud[0], 0, 1, settings), pairs_to_plan(loud[0], 0, 100, settings));
}

TEST(Suites, look_at_ten_pairs_and_at_twice_as_many_each_time) {
  EXPECT_EQ(planned_looks(10), (std::vector<std::int64_t>{10}));
  EXPECT_EQ(planned_looks(80), (std::vector<std::int64_t>{10, 20, 40, 80}));
}

// The reason for tossing a coin for each pair.
TEST(PairOrder, of_one_coin_for_two_pairs_errs_more_often_than_the_test_says) {
  Settings settings;
  settings.order_runs = 100'000;
  EXPECT_LT(wrong_passes(0.5, Coins::one_each, settings).lower(), 0.0487);
  EXPECT_LT(wrong_passes(0.5, Coins::one_each, settings).upper(), 0.052);
  EXPECT_GT(wrong_passes(0.5, Coins::one_for_two, settings).lower(), 0.055);
}

TEST(Suites, of_equal_builds_are_blocked_by_peers_the_more_the_more_checks_there_are) {
  const PeersOfModel of_peers = run_peers(noise_models(0.02, 5)[0], 0, with_threads(0));
  for (std::size_t i = 0; i + 1 < of_peers.as_they_are.size(); ++i) {
    const PeerResult &one = of_peers.as_they_are[i], &next = of_peers.as_they_are[i + 1];
    if (one.peer != next.peer) continue;
    EXPECT_LT(one.checks, next.checks);
    EXPECT_LE(one.blocked_suites.hits, next.blocked_suites.hits);
  }
  // 100 checks at 2.5 % each, which share half of their luck.
  EXPECT_GT(of_peers.as_they_are[2].blocked_suites.share(), 0.25);
}

}  // namespace
}  // namespace modelgate
