// Curves of scores, for reports.
//
// A ROC curve bends only at groups of equal scores that hold a positive: negatives in between prolong a level
// stretch. Three corners on one line, told exactly by integers, are two.
//
// Limits: a curve from which corners are left out runs below or above the full one by at most the height of a
// stretch, (2/most); numbers are taken from the order, never from a curve.

#include "gates/metrics/score_curves.h"

#include <cstdint>

#include "gates/statistics/input.h"

namespace modelgate {

namespace {

struct Corner {
  std::int64_t fp = 0, tp = 0;
};

bool on_one_line(const Corner& a, const Corner& b, const Corner& c) {
  return (b.fp - a.fp) * (c.tp - b.tp) == (c.fp - b.fp) * (b.tp - a.tp);
}

/// Leaves only points whose places, rising from 0 to `length`, lie apart by about an even step; the first
/// and the last stay.
template <typename Point, typename Place>
std::vector<Point> thinned(std::vector<Point> points, std::size_t most, double length, const Place& place) {
  if (points.size() <= most) return points;
  const double step = length / static_cast<double>(most - 2);
  std::vector<Point> kept{points.front()};
  double next = step;
  for (std::size_t i = 1; i + 1 < points.size() && kept.size() + 1 < most; ++i) {
    if (place(points[i]) < next) continue;
    kept.push_back(points[i]);
    while (next <= place(points[i])) next += step;
  }
  kept.push_back(points.back());
  return kept;
}

}  // namespace

std::vector<RocPoint> roc_curve(const ScoreOrder& order, std::size_t most) {
  require(most >= 3, "a curve has at least three points");
  if (order.positives() == 0 || order.negatives() == 0) return {};
  std::vector<Corner> corners;
  const auto add = [&](std::size_t fp, std::size_t tp) {
    const Corner corner{static_cast<std::int64_t>(fp), static_cast<std::int64_t>(tp)};
    if (corners.size() >= 2 && on_one_line(corners[corners.size() - 2], corners.back(), corner))
      corners.pop_back();
    if (corners.empty() || corners.back().fp != corner.fp || corners.back().tp != corner.tp)
      corners.push_back(corner);
  };
  add(0, 0);
  for (std::size_t g = 0; g < order.groups(); ++g) {
    add(order.above(g), g == 0 ? 0 : order.end(g - 1));
    add(order.through(g), order.end(g));
  }
  add(static_cast<std::size_t>(order.negatives()), static_cast<std::size_t>(order.positives()));

  std::vector<RocPoint> points;
  points.reserve(corners.size());
  for (const Corner& corner : corners)
    points.push_back({static_cast<double>(corner.fp) / static_cast<double>(order.negatives()),
                      static_cast<double>(corner.tp) / static_cast<double>(order.positives())});
  return thinned(std::move(points), most, 2,
                 [](const RocPoint& p) { return p.false_positive_rate + p.true_positive_rate; });
}

std::vector<PrecisionRecallPoint> precision_recall_curve(const ScoreOrder& order, std::size_t most) {
  require(most >= 3, "a curve has at least three points");
  std::vector<PrecisionRecallPoint> points;
  points.reserve(order.groups());
  for (std::size_t g = 0; g < order.groups(); ++g) {
    const auto tp = static_cast<double>(order.end(g)), fp = static_cast<double>(order.through(g));
    points.push_back({tp / static_cast<double>(order.positives()), tp / (tp + fp)});
  }
  return thinned(std::move(points), most, 1, [](const PrecisionRecallPoint& p) { return p.recall; });
}

}  // namespace modelgate
