// Which texts of the test data a text is alike, without comparing it with each.
//
// Similar texts are found exactly, by the prefix and positional filters (Bayardo, Ma and Srikant 2007, WWW;
// Xiao, Wang, Lin and Yu 2008, WWW). Let the shingles of every text stand in one order, the rarest first. Two
// sets x and y whose Jaccard similarity is at least t share at least ⌈t·max(|x|,|y|)⌉ elements, so that one
// of the first |x| − ⌈t|x|⌉ + 1 of x is among the first |y| − ⌈t|y|⌉ + 1 of y. And they share at least
// ⌈t/(1+t)·(|x|+|y|)⌉, so that not too many may stand before the first that they share: texts that have a
// long template in common, and nothing else, are not compared. Rare is what is rare in the test data; what
// does not occur there stands first of all, so that a text with more than 1 − t of its shingles unknown is
// done with at once.
//
// n-grams are marked with the first place at which they occur. All that threads write are minima of places:
// they are the same in any order.

#include "gates/quality/contamination/test_index.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace modelgate {
namespace {

/// ⌈share·count⌉, not one more for the rounding of 0.7 · 10.
std::size_t least_of(double share, std::size_t count) {
  return static_cast<std::size_t>(std::ceil(share * static_cast<double>(count) - 1e-9));
}

std::unique_ptr<std::atomic<TrainingPlace>[]> places(std::size_t count) {
  auto all = std::make_unique<std::atomic<TrainingPlace>[]>(count);
  for (std::size_t i = 0; i < count; ++i) all[i].store(nowhere, std::memory_order_relaxed);
  return all;
}

void keep_first(std::atomic<TrainingPlace>& first, TrainingPlace place) {
  TrainingPlace known = first.load(std::memory_order_relaxed);
  while (place < known && !first.compare_exchange_weak(known, place, std::memory_order_relaxed)) {
  }
}

template <typename T>
void sort_once(std::vector<T>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

}  // namespace

TestIndex::TestIndex(std::span<const Fingerprint> texts, const NearRule& rule)
    : rule_(rule),
      texts_(texts.size()),
      wholes_(texts.size()),
      shingle_numbers_(0),
      ngram_numbers_(0),
      exact_(places(texts.size())),
      similar_(places(texts.size())) {
  for (const Fingerprint& text : texts) wholes_.number(text.whole);
  number_shingles(texts);
  number_ngrams(texts);
  list_prefixes();
  first_ngram_ = places(ngram_numbers_.size());
}

void TestIndex::number_shingles(std::span<const Fingerprint> texts) {
  // Numbered as they come first, then by rarity.
  Hashes provisional(0);
  Lists<std::uint32_t> lists;
  std::vector<std::uint32_t> own, frequency;
  std::vector<std::uint64_t> hashes;
  for (const Fingerprint& text : texts) {
    own.clear();
    for (const std::uint64_t hash : text.shingles) {
      own.push_back(provisional.number(hash));
      if (own.back() == hashes.size()) hashes.push_back(hash);
    }
    sort_once(own);
    frequency.resize(hashes.size());
    for (const std::uint32_t shingle : own) ++frequency[shingle];
    lists.all.insert(lists.all.end(), own.begin(), own.end());
    lists.close();
  }
  std::vector<std::uint32_t> order(hashes.size()), rank(hashes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return frequency[a] != frequency[b] ? frequency[a] < frequency[b] : hashes[a] < hashes[b];
  });
  shingle_numbers_ = Hashes(hashes.size());
  for (const std::uint32_t shingle : order) rank[shingle] = shingle_numbers_.number(hashes[shingle]);
  for (std::uint32_t& shingle : lists.all) shingle = rank[shingle];
  for (std::size_t i = 0; i < texts_; ++i)
    std::sort(lists.all.begin() + static_cast<std::ptrdiff_t>(lists.begins[i]),
              lists.all.begin() + static_cast<std::ptrdiff_t>(lists.begins[i + 1]));
  shingles_ = std::move(lists);
}

void TestIndex::number_ngrams(std::span<const Fingerprint> texts) {
  std::vector<std::uint32_t> own;
  for (const Fingerprint& text : texts) {
    own.clear();
    for (const std::uint64_t hash : text.ngrams) own.push_back(ngram_numbers_.number(hash));
    sort_once(own);
    ngrams_.all.insert(ngrams_.all.end(), own.begin(), own.end());
    ngrams_.close();
  }
}

std::size_t TestIndex::prefix_of(std::size_t size) const { return size - least_of(rule_.similar, size) + 1; }

/// What two sets of these sizes must share to be similar.
std::size_t TestIndex::needed(std::size_t size, std::size_t other) const {
  return least_of(rule_.similar / (1 + rule_.similar), size + other);
}

void TestIndex::list_prefixes() {
  const auto each = [&](const auto& visit) {
    for (std::uint32_t text = 0; text < texts_; ++text) {
      const auto shingles = shingles_.of(text);
      if (shingles.empty()) continue;
      const std::size_t prefix = prefix_of(shingles.size());
      for (std::uint32_t i = 0; i < prefix; ++i) visit(shingles[i], Occurrence{text, i});
    }
  };
  occurrences_.begins.assign(shingle_numbers_.size() + std::size_t{1}, 0);
  each([&](std::uint32_t shingle, Occurrence) { ++occurrences_.begins[shingle + std::size_t{1}]; });
  std::partial_sum(occurrences_.begins.begin(), occurrences_.begins.end(), occurrences_.begins.begin());
  occurrences_.all.resize(occurrences_.begins.back());
  std::vector<std::uint64_t> next = occurrences_.begins;
  each([&](std::uint32_t shingle, Occurrence at) { occurrences_.all[next[shingle]++] = at; });
}

/// Calls `found` with the texts similar to one, of those that are `wanted`; until it returns false.
template <typename Wanted, typename Found>
void TestIndex::find_similar(const Sought& text, Scratch& scratch, const Wanted& wanted,
                             const Found& found) const {
  const std::size_t size = text.size(), prefix = prefix_of(size);
  if (text.known.empty() || prefix <= text.unknown) return;
  scratch.seen.resize(texts_, 0);
  if (++scratch.search == 0) {  // the numbers of searches begin anew
    std::fill(scratch.seen.begin(), scratch.seen.end(), 0);
    scratch.search = 1;
  }
  for (std::size_t at = 0; at < std::min(prefix - text.unknown, text.known.size()); ++at)
    for (const Occurrence& occurrence : occurrences_.of(text.known[at])) {
      if (scratch.seen[occurrence.text] == scratch.search) continue;
      scratch.seen[occurrence.text] = scratch.search;
      const auto other = shingles_.of(occurrence.text);
      const std::size_t least = needed(size, other.size());
      // This shingle is the first that they share.
      if (std::min(text.known.size() - at, other.size() - occurrence.before) < least ||
          !wanted(occurrence.text))
        continue;
      std::size_t shared = 0;
      for (std::size_t a = at, b = occurrence.before; a < text.known.size() && b < other.size();) {
        const std::uint32_t mine = text.known[a], its = other[b];
        shared += mine == its;
        a += mine <= its;
        b += its <= mine;
      }
      if (shared >= least && !found(occurrence.text)) return;
    }
}

void TestIndex::meet(const Fingerprint& text, TrainingPlace place, Scratch& scratch) {
  if (const std::uint32_t same = wholes_.known(text.whole); same != wholes_.none)
    keep_first(exact_[same], place);
  for (const std::uint64_t hash : text.ngrams)
    if (const std::uint32_t ngram = ngram_numbers_.known(hash); ngram != ngram_numbers_.none)
      keep_first(first_ngram_[ngram], place);

  scratch.shingles.clear();
  scratch.unknown.clear();
  for (const std::uint64_t hash : text.shingles)
    if (const std::uint32_t shingle = shingle_numbers_.known(hash); shingle != shingle_numbers_.none)
      scratch.shingles.push_back(shingle);
    else
      scratch.unknown.push_back(hash);
  if (scratch.shingles.empty()) return;
  sort_once(scratch.shingles);
  sort_once(scratch.unknown);
  find_similar(
      {scratch.unknown.size(), scratch.shingles}, scratch,
      [&](std::uint32_t other) { return place < similar_[other].load(std::memory_order_relaxed); },
      [&](std::uint32_t other) {
        keep_first(similar_[other], place);
        return true;
      });
}

Meeting TestIndex::meeting(std::size_t text) const {
  if (const TrainingPlace place = exact_[text]; place != nowhere) return {Likeness::exact, place};
  if (const TrainingPlace place = similar_[text]; place != nowhere) return {Likeness::similar, place};
  std::map<TrainingPlace, std::size_t> met;
  std::size_t count = 0;
  for (const std::uint32_t ngram : ngrams_.of(text))
    if (const TrainingPlace place = first_ngram_[ngram]; place != nowhere) ++count, ++met[place];
  const std::size_t all = ngrams_.of(text).size();
  if (count == 0 || count < least_of(rule_.contained, all)) return {};
  const auto most = std::max_element(met.begin(), met.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  return {Likeness::contained, most->first};
}

std::optional<std::uint32_t> TestIndex::similar_to(std::uint32_t text, Scratch& scratch) const {
  std::optional<std::uint32_t> similar;
  find_similar(
      {0, shingles_.of(text)}, scratch, [&](std::uint32_t other) { return other != text; },
      [&](std::uint32_t other) {
        similar = other;
        return false;
      });
  return similar;
}

}  // namespace modelgate
