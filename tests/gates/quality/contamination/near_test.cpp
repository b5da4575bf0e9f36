// Whether filters find what comparing all pairs finds, in any order and on any number of threads.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/gates/quality/contamination/origins.h"

namespace modelgate {
namespace {

using Words = std::vector<std::string>;

Words words_in(const std::string& text) {
  Words words(1);
  for (const char c : text)
    if (c == ' ')
      words.emplace_back();
    else
      words.back() += c;
  return words;
}

std::set<Words> runs_of(const Words& words, std::size_t length, bool or_whole) {
  std::set<Words> runs;
  for (std::size_t i = 0; i + length <= words.size(); ++i)
    runs.insert(Words(words.begin() + static_cast<std::ptrdiff_t>(i),
                      words.begin() + static_cast<std::ptrdiff_t>(i + length)));
  if (runs.empty() && or_whole) runs.insert(words);
  return runs;
}

/// What README.md says, without any of the haste.
class ByDefinition {
 public:
  ByDefinition(std::vector<std::string> training, const NearRule& rule)
      : rule_(rule), training_(std::move(training)) {
    for (const std::string& text : training_) {
      shingles_.push_back(shingles_of(text));
      ngrams_.merge(runs_of(words_in(text), static_cast<std::size_t>(rule.ngram), false));
    }
  }

  Likeness likeness_of(const std::string& text) const {
    if (std::find(training_.begin(), training_.end(), text) != training_.end()) return Likeness::exact;
    const std::set<Words> shingles = shingles_of(text);
    for (const std::set<Words>& other : shingles_)
      if (are_similar(shingles, other)) return Likeness::similar;
    const std::set<Words> own = runs_of(words_in(text), static_cast<std::size_t>(rule_.ngram), false);
    const auto met =
        std::count_if(own.begin(), own.end(), [&](const Words& run) { return ngrams_.contains(run); });
    return !own.empty() &&
                   static_cast<double>(met) >= rule_.contained * static_cast<double>(own.size()) - 1e-9
               ? Likeness::contained
               : Likeness::none;
  }

  std::set<Words> shingles_of(const std::string& text) const {
    return runs_of(words_in(text), static_cast<std::size_t>(rule_.shingle), true);
  }

  bool are_similar(const std::set<Words>& a, const std::set<Words>& b) const {
    const auto both = std::count_if(a.begin(), a.end(), [&](const Words& run) { return b.contains(run); });
    const auto either = static_cast<double>(a.size() + b.size()) - static_cast<double>(both);
    return static_cast<double>(both) >= rule_.similar * either - 1e-9;
  }

 private:
  NearRule rule_;
  std::vector<std::string> training_;
  std::vector<std::set<Words>> shingles_;
  std::set<Words> ngrams_;
};

class NearTest : public ::testing::Test, public OriginsOf {
 protected:
  /// Texts of few words, some of which are others with a word changed, added or left out.
  std::vector<std::string> texts(std::size_t count, const std::vector<std::string>& like = {}) {
    std::vector<std::string> all;
    while (all.size() < count) {
      Words words;
      const std::vector<std::string>& from = like.empty() || below(3) == 0 ? all : like;
      if (!from.empty() && below(3) > 0) {
        words = words_in(from[below(from.size())]);
        const std::size_t at = below(words.size());
        if (below(3) == 0)
          words[at] = word();
        else if (below(2) == 0)
          words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), word());
        else if (words.size() > 1)
          words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
      } else {
        for (std::size_t i = 1 + below(14); i > 0; --i) words.push_back(word());
      }
      std::string text = words.front();
      for (std::size_t i = 1; i < words.size(); ++i) text += " " + words[i];
      all.push_back(text);
    }
    return all;
  }

  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string word() { return "w" + std::to_string(below(below(2) == 0 ? 4 : 40)); }

  std::mt19937 random_{20261128};
};

TEST_F(NearTest, what_is_found_is_what_comparing_all_pairs_finds) {
  for (const NearRule& rule : {NearRule{}, NearRule{0.5, 1, 0.5, 3}, NearRule{0.7, 3, 1, 5},
                               NearRule{1, 2, 0.1, 13}, NearRule{0.9, 1, 0.3, 2}}) {
    const std::vector<std::string> training = texts(300), test = texts(400, training);
    const Origins origins = find(test, training, rule);
    const ByDefinition expected(training, rule);
    std::map<Likeness, int> seen;
    for (std::size_t i = 0; i < test.size(); ++i) {
      ASSERT_EQ(origins.texts[i].in_training, expected.likeness_of(test[i]))
          << test[i] << " by " << rule.similar;
      ++seen[origins.texts[i].in_training];
      bool repeats = false, same = false;
      for (std::size_t k = 0; k < test.size(); ++k) {
        if (k == i) continue;
        same = same || test[k] == test[i];
        repeats =
            repeats || expected.are_similar(expected.shingles_of(test[k]), expected.shingles_of(test[i]));
      }
      ASSERT_EQ(origins.texts[i].repeats, same      ? Likeness::exact
                                          : repeats ? Likeness::similar
                                                    : Likeness::none)
          << test[i];
    }
    EXPECT_GT(seen[Likeness::exact], 0);
    EXPECT_GT(seen[Likeness::none], 0);
  }
}

TEST_F(NearTest, neither_threads_nor_the_order_of_training_texts_matter) {
  std::vector<std::string> training = texts(60'000);
  const std::vector<std::string> test = texts(6'000, training);
  const Origins one = find(test, training, {}, 1);
  for (const int threads : {2, 7}) {
    const Origins many = find(test, training, {}, threads);
    EXPECT_EQ(many.places, one.places);
    for (std::size_t i = 0; i < test.size(); ++i) {
      ASSERT_EQ(many.texts[i].in_training, one.texts[i].in_training);
      ASSERT_EQ(many.texts[i].repeated, one.texts[i].repeated);
    }
  }
  std::shuffle(training.begin(), training.end(), random_);
  const Origins shuffled = find(test, training, {}, 2);
  for (std::size_t i = 0; i < test.size(); ++i)
    ASSERT_EQ(shuffled.texts[i].in_training, one.texts[i].in_training);
}

TEST_F(NearTest, a_long_template_that_all_texts_share_costs_no_comparison_of_all_pairs) {
  std::string common;
  for (int i = 0; i < 41; ++i) common += "t" + std::to_string(i) + " ";
  std::vector<std::string> training, test;
  for (int i = 0; i < 20'000; ++i) {
    std::string own;
    for (int k = 0; k < 10; ++k) own += " q" + std::to_string(i) + "x" + std::to_string(k);
    (i % 2 == 0 ? training : test).push_back(common + own);
  }
  // Compared in full, 100 million pairs would take longer than a test may.
  const Origins origins = find(test, training, {0.8, 2, 1, 20}, 0);
  EXPECT_TRUE(std::all_of(origins.texts.begin(), origins.texts.end(), [](const TextOrigin& origin) {
    return origin.in_training == Likeness::none && origin.repeats == Likeness::none;
  }));
}

}  // namespace
}  // namespace modelgate
