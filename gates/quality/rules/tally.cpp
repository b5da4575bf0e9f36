#include "gates/quality/rules/tally.h"

#include <algorithm>
#include <numeric>

namespace modelgate {

std::int64_t Tally::units() const {
  return std::accumulate(multiplicity.begin(), multiplicity.end(), std::int64_t{0});
}

std::int64_t Tally::rows_of_largest_unit() const {
  std::int64_t largest = 0;
  for (std::size_t u = 0; u < multiplicity.size(); ++u) {
    std::int64_t rows = 0;
    for (std::size_t e = first[u]; e < first[u + 1]; ++e) rows += entries[e].count;
    largest = std::max(largest, rows);
  }
  return largest;
}

ClassCounts Tally::of(std::int32_t Entry::*prediction, std::span<const std::int64_t> counts) const {
  ClassCounts result(classes);
  count(prediction, counts, result);
  return result;
}

void Tally::count(std::int32_t Entry::*prediction, std::span<const std::int64_t> counts,
                  ClassCounts& result) const {
  for (std::vector<std::int64_t>* of : {&result.labelled, &result.predicted, &result.right})
    of->assign(classes, 0);
  for (std::size_t u = 0; u < counts.size(); ++u) {
    if (counts[u] == 0) continue;
    for (std::size_t e = first[u]; e < first[u + 1]; ++e)
      result.add(entries[e].label, entries[e].*prediction, counts[u] * entries[e].count);
  }
}

namespace {

/// Kinds of rows as units: alike in everything, or of one cluster.
Tally tally_of_kinds(std::vector<RowKind> kinds, std::size_t classes, bool clustered) {
  std::sort(kinds.begin(), kinds.end());
  const auto alike = [](const RowKind& a, const RowKind& b) {
    return a.cluster == b.cluster && a.label == b.label && a.baseline == b.baseline &&
           a.candidate == b.candidate;
  };
  Tally tally;
  tally.classes = classes;
  for (std::size_t begin = 0, end = 0; begin < kinds.size(); begin = end) {
    const RowKind& kind = kinds[begin];
    std::int64_t count = 0;
    for (end = begin; end < kinds.size() && alike(kinds[end], kind); ++end) count += kinds[end].count;
    const bool new_unit = !clustered || begin == 0 || kinds[begin - 1].cluster != kind.cluster;
    if (new_unit) {
      tally.first.push_back(tally.entries.size());
      tally.multiplicity.push_back(clustered ? 1 : count);
    }
    tally.entries.push_back({kind.label, kind.baseline, kind.candidate, clustered ? count : 1});
  }
  tally.first.push_back(tally.entries.size());
  return tally;
}

}  // namespace

Tally tally_of(const Measure& measure, const RowSample& rows, Against against) {
  const bool share = measure.is_share_of_rows(), binary = share || measure.average == Average::one_class;
  std::vector<RowKind> kinds;
  for (const RowKind& kind : rows.kinds()) {
    if (!measure.is_over(kind.label)) continue;
    const std::int32_t before = against == Against::labels ? kind.label : kind.baseline;
    const std::int32_t one = share ? kind.label : measure.target;
    const auto number = [&](std::int32_t c) { return binary ? std::int32_t{c == one} : c; };
    kinds.push_back({kind.cluster, number(kind.label), number(before), number(kind.candidate), kind.count});
  }
  return tally_of_kinds(std::move(kinds), binary ? 2 : rows.answers().classes.size(), rows.clustered());
}

bool is_lost(const RowKind& kind) {
  return kind.label >= 0 && kind.baseline == kind.label && kind.candidate != kind.label;
}

Tally tally_of_kept(const RowSample& rows) {
  std::vector<RowKind> kinds;
  for (const RowKind& kind : rows.kinds())
    kinds.push_back({kind.cluster, 1, 1, is_lost(kind) ? 0 : 1, kind.count});
  return tally_of_kinds(std::move(kinds), 2, rows.clustered());
}

Changes changes_in(const Tally& tally) {
  Changes changes;
  for (std::size_t u = 0; u < tally.multiplicity.size(); ++u) {
    bool differs = false, harms = false, helps = false;
    for (std::size_t e = tally.first[u]; e < tally.first[u + 1]; ++e) {
      const Tally::Entry& entry = tally.entries[e];
      if (entry.before == entry.now) continue;
      differs = true;
      harms = harms || entry.now != entry.label;
      helps = helps || entry.before != entry.label;
    }
    changes.differing += differs ? tally.multiplicity[u] : 0;
    changes.harmful += harms ? tally.multiplicity[u] : 0;
    changes.helpful += helps ? tally.multiplicity[u] : 0;
  }
  return changes;
}

Tally supposing(Tally tally, const Measure& measure, Supposed supposed) {
  const ClassCounts before = tally.of(&Tally::Entry::before, tally.multiplicity);
  const ClassCounts now = tally.of(&Tally::Entry::now, tally.multiplicity);
  const std::int64_t rows = std::accumulate(now.labelled.begin(), now.labelled.end(), std::int64_t{0});
  const std::int64_t size = std::max<std::int64_t>(1, (rows + tally.units() / 2) / tally.units());
  const auto add = [&](const Tally::Entry& entry) {
    tally.entries.push_back(entry);
    tally.first.push_back(tally.entries.size());
    tally.multiplicity.push_back(1);
  };
  if (supposed != Supposed::better) {
    const Confusion lost = most_harmful(measure, before, now);
    add({lost.label, lost.label, lost.other, size});
  }
  if (supposed != Supposed::worse) {
    const Confusion gained = most_harmful(measure, now, before);
    add({gained.label, gained.other, gained.label, size});
  }
  return tally;
}

}  // namespace modelgate
