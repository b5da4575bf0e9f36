#include "gates/quality/rows/row_sample.h"

#include <algorithm>
#include <mutex>
#include <unordered_map>

#include "gates/statistics/parallel.h"

namespace modelgate {
namespace {

/// Counted in a table with a place for each kind.
std::vector<RowKind> counted_densely(const RowSample& rows, std::size_t classes) {
  constexpr std::size_t worth_a_thread = 200'000;
  const std::size_t n = classes + 1;  // 0 stands for none
  std::vector<std::int64_t> counts(n * n * n);
  std::mutex mutex;
  in_parallel(rows.size() < worth_a_thread ? 1 : 0, rows.size(), [&](std::size_t first, std::size_t last) {
    std::vector<std::int64_t> of_part(counts.size());
    for (std::size_t i = first; i < last; ++i) {
      const Row row = rows[i];
      const auto place = [](std::int32_t c) { return static_cast<std::size_t>(c + 1); };
      ++of_part[(place(row.label) * n + place(row.baseline)) * n + place(row.candidate)];
    }
    const std::lock_guard lock(mutex);
    for (std::size_t place = 0; place < counts.size(); ++place) counts[place] += of_part[place];
  });
  std::vector<RowKind> kinds;
  for (std::size_t place = 0; place < counts.size(); ++place)
    if (counts[place] > 0) {
      const auto number = [](std::size_t c) { return static_cast<std::int32_t>(c) - 1; };
      kinds.push_back({0, number(place / (n * n)), number(place / n % n), number(place % n), counts[place]});
    }
  return kinds;
}

struct KindHash {
  std::size_t operator()(const RowKind& kind) const {
    std::uint64_t hash = 0;
    for (const std::int32_t part : {kind.cluster, kind.label, kind.baseline, kind.candidate})
      hash = (hash ^ static_cast<std::uint32_t>(part)) * 0x9e3779b97f4a7c15u, hash ^= hash >> 29;
    return static_cast<std::size_t>(hash);
  }
};

std::vector<RowKind> counted_sparsely(const RowSample& rows) {
  std::unordered_map<RowKind, std::int64_t, KindHash> counts;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    ++counts[{row.cluster, row.label, row.baseline, row.candidate, 0}];
  }
  std::vector<RowKind> kinds;
  kinds.reserve(counts.size());
  for (const auto& [kind, count] : counts)
    kinds.push_back({kind.cluster, kind.label, kind.baseline, kind.candidate, count});
  std::sort(kinds.begin(), kinds.end());
  return kinds;
}

}  // namespace

const std::vector<RowKind>& RowSample::kinds() const {
  constexpr std::size_t few_classes = 60;
  if (!kinds_) {
    const std::size_t classes = answers_->classes.size();
    kinds_ = clustered() || classes > few_classes ? counted_sparsely(*this) : counted_densely(*this, classes);
  }
  return *kinds_;
}

RowSample RowSample::taken_by(std::int64_t rows) const {
  Column<std::uint32_t> chosen;
  for (std::size_t i = 0; i < size(); ++i)
    if (static_cast<std::int64_t>(answers_->in_candidate(number(i))) < rows)
      chosen.push_back(static_cast<std::uint32_t>(number(i)));
  return {*answers_, std::move(chosen)};
}

}  // namespace modelgate
