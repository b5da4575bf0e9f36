#include "gates/quality/contamination/contamination.h"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace modelgate {
namespace {

/// Calls `work` for every number below `count`, in parallel where that is worth it.
template <typename Work>
void for_all(std::size_t count, int threads, const Work& work) {
  constexpr std::size_t few = 5'000;  // before threads have begun
  if (count < few || threads == 1) {
    for (std::size_t i = 0; i < count; ++i) work(i);
    return;
  }
  tbb::task_arena arena(threads > 0 ? threads : tbb::task_arena::automatic);
  arena.execute([&] {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, 256), [&](const auto& range) {
      for (std::size_t i = range.begin(); i < range.end(); ++i) work(i);
    });
  });
}

/// Texts that differ once normalised, and which of them each text is.
struct DistinctTexts {
  struct Hash {
    std::size_t operator()(const TextHash& hash) const { return static_cast<std::size_t>(hash.low); }
  };
  std::vector<std::uint32_t> of;     ///< By text.
  std::vector<std::uint32_t> first;  ///< The text that stands for each.
  std::vector<Fingerprint> fingerprints;

  DistinctTexts(std::span<const std::string_view> texts, const NearRule& rule, int threads) {
    std::vector<Fingerprint> all(texts.size());
    tbb::enumerable_thread_specific<Fingerprinter> fingerprinters(rule);
    for_all(texts.size(), threads, [&](std::size_t i) { all[i] = fingerprinters.local().of(texts[i]); });
    DenseNumbers<TextHash, Hash> numbers(texts.size());
    for (std::uint32_t i = 0; i < texts.size(); ++i) {
      of.push_back(numbers.number(all[i].whole));
      if (of.back() < first.size()) continue;
      first.push_back(i);
      fingerprints.push_back(std::move(all[i]));
    }
  }
};

void find_repeats(const TestIndex& index, const DistinctTexts& distinct, int threads, Origins& origins) {
  tbb::enumerable_thread_specific<TestIndex::Scratch> scratches;
  for_all(index.size(), threads, [&](std::size_t i) {
    if (const auto similar = index.similar_to(static_cast<std::uint32_t>(i), scratches.local())) {
      origins.texts[distinct.first[i]].repeats = Likeness::similar;
      origins.texts[distinct.first[i]].repeated = distinct.first[*similar];
    }
  });
  for (std::uint32_t i = 0; i < distinct.of.size(); ++i) {
    const std::uint32_t first = distinct.first[distinct.of[i]];
    if (first == i) continue;
    if (origins.texts[first].repeats != Likeness::exact) origins.texts[first].repeated = i;
    origins.texts[i].repeated = first;
    origins.texts[i].repeats = origins.texts[first].repeats = Likeness::exact;
  }
}

}  // namespace

Origins origins_of(std::span<const std::string_view> texts, const TrainingData& training,
                   const NearRule& rule, int threads) {
  Origins origins;
  origins.texts.resize(texts.size());
  origins.places.resize(texts.size());
  DistinctTexts distinct(texts, rule, threads);
  TestIndex index(distinct.fingerprints, rule);
  distinct.fingerprints.clear();
  find_repeats(index, distinct, threads, origins);
  if (training.paths.empty()) return origins;
  const TrainingFiles files(training, index, rule, threads);
  origins.training_texts = files.texts();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Meeting meeting = index.meeting(distinct.of[i]);
    origins.texts[i].in_training = meeting.likeness;
    origins.texts[i].place = meeting.place;
    if (meeting.likeness != Likeness::none) origins.places[i] = files.words_for(meeting.place);
  }
  return origins;
}

}  // namespace modelgate
