#include "gates/quality/rules/term_units.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace modelgate {

TermUnits::TermUnits(const RowSample& rows) : rows_(&rows) {
  if (!rows.clustered()) return;
  for (std::size_t i = 0; i < rows.size(); ++i) by_cluster_.push_back(rows.number(i));
  const auto& clusters = rows.answers().clusters;
  std::stable_sort(by_cluster_.begin(), by_cluster_.end(),
                   [&](std::size_t a, std::size_t b) { return clusters[a] < clusters[b]; });
  for (std::size_t i = 0; i < by_cluster_.size(); ++i)
    if (i == 0 || clusters[by_cluster_[i]] != clusters[by_cluster_[i - 1]]) first_.push_back(i);
  first_.push_back(by_cluster_.size());
}

TermSums::TermSums(const RowTerms& terms, const TermUnits& units, Model model)
    : terms_(terms),
      units_(units),
      values_(model == Model::baseline ? terms.baseline : terms.candidate),
      place_(model == Model::baseline ? terms.baseline_place : terms.candidate_place),
      total_(terms.sums()),
      rows_(static_cast<double>(units.rows())) {
  for (std::size_t u = 0; u < units.size(); ++u) add(u, 1, total_);
}

void TermSums::add(std::size_t unit, double times, std::span<double> sums) const {
  units_.each_of(unit, [&](std::size_t row) {
    if (terms_.sparse_sums > 0) {
      sums[place_[row]] += times * values_[row];
      return;
    }
    const double* const terms = values_.data() + row * terms_.width;
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += times * terms[k];
  });
}

double TermSums::value(std::span<const std::int64_t> counts) const {
  thread_local std::vector<double> sums;
  sums.assign(total_.size(), 0);
  std::size_t rows = 0;
  for (std::size_t u = 0; u < counts.size(); ++u) {
    if (counts[u] == 0) continue;
    add(u, static_cast<double>(counts[u]), sums);
    rows += static_cast<std::size_t>(counts[u]) * units_.rows_of(u);
  }
  return terms_.value(sums, static_cast<double>(rows));
}

double TermSums::without(std::size_t unit) const {
  std::vector<double> sums = total_;
  add(unit, -1, sums);
  return terms_.value(sums, rows_ - static_cast<double>(units_.rows_of(unit)));
}

std::vector<double> TermSums::influence() const {
  const auto slope = [&](double at, const auto& value_at) {
    // Sums of counts are whole numbers, and stay so.
    const double step =
        terms_.whole ? std::max(1.0, std::round(1e-3 * std::abs(at))) : std::max(1e-6 * std::abs(at), 1e-12);
    return (value_at(at + step) - value_at(at - step)) / (2 * step);
  };
  std::vector<double> gradient;
  for (std::size_t k = 0; k < total_.size(); ++k)
    gradient.push_back(slope(total_[k], [&](double changed) {
      std::vector<double> sums = total_;
      sums[k] = changed;
      return terms_.value(sums, rows_);
    }));
  const double by_rows = slope(rows_, [&](double changed) { return terms_.value(total_, changed); });
  std::vector<double> influence, sums;
  for (std::size_t u = 0; u < units_.size(); ++u) {
    sums.assign(total_.size(), 0);
    add(u, 1, sums);
    influence.push_back(std::inner_product(sums.begin(), sums.end(), gradient.begin(),
                                           by_rows * static_cast<double>(units_.rows_of(u))));
  }
  return influence;
}

}  // namespace modelgate
