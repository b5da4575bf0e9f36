// Metrics of scores with each row left out in turn; the method is told in score_metrics.cpp.

#include <algorithm>
#include <cmath>
#include <limits>

#include "gates/metrics/score_metrics.h"
#include "gates/statistics/input.h"
#include "gates/statistics/large_pages.h"

namespace modelgate {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// What is needed of an order to leave out a row of it.
class LeftOut {
 public:
  explicit LeftOut(const ScoreOrder& order)
      : order_(order),
        positives_(static_cast<double>(order.positives())),
        negatives_(static_cast<double>(order.negatives())) {}
  virtual ~LeftOut() = default;
  LeftOut(const LeftOut&) = delete;
  LeftOut& operator=(const LeftOut&) = delete;

  virtual double without_positive(std::size_t g) const = 0;
  /// Without a negative that all groups from g on have before or beside them; `tied`: with group g itself.
  virtual double without_negative(std::size_t g, bool tied) const = 0;

 protected:
  double tp(std::size_t g) const { return static_cast<double>(order_.end(g)); }
  double tp_before(std::size_t g) const { return g == 0 ? 0 : tp(g - 1); }
  double fp(std::size_t g) const { return static_cast<double>(order_.through(g)); }
  std::size_t groups() const { return order_.groups(); }

  const ScoreOrder& order_;
  double positives_, negatives_;
};

class AreaWithout : public LeftOut {
 public:
  explicit AreaWithout(const ScoreOrder& order)
      : LeftOut(order), area_(2 * positives_ * negatives_ * score_metric(order, {ScoreMetric::roc_auc})) {
    area_ = std::round(area_);
  }
  double without_positive(std::size_t g) const override {
    const double won = 2 * negatives_ - static_cast<double>(order_.above(g)) - fp(g);
    return positives_ > 1 && negatives_ > 0 ? (area_ - won) / (2 * (positives_ - 1) * negatives_) : nan;
  }
  double without_negative(std::size_t g, bool tied) const override {
    const double won = 2 * tp_before(g) + (tied ? tp(g) - tp_before(g) : 0);
    return negatives_ > 1 ? (area_ - won) / (2 * positives_ * (negatives_ - 1)) : nan;
  }

 private:
  double area_;
};

class PrecisionWithout : public LeftOut {
 public:
  explicit PrecisionWithout(const ScoreOrder& order)
      : LeftOut(order),
        as_is_(groups() + 1),
        one_positive_less_(groups() + 1),
        one_negative_less_(groups() + 1) {
    for (std::size_t g = 0; g < groups(); ++g)
      as_is_[g + 1] = as_is_[g] + weight(g) * tp(g) / (tp(g) + fp(g));
    for (std::size_t g = groups(); g-- > 0;) {
      const double rest = tp(g) + fp(g) - 1;
      one_positive_less_[g] = one_positive_less_[g + 1] + (rest > 0 ? weight(g) * (tp(g) - 1) / rest : 0);
      one_negative_less_[g] = one_negative_less_[g + 1] + (rest > 0 ? weight(g) * tp(g) / rest : 0);
    }
  }
  double without_positive(std::size_t g) const override {
    const double rest = tp(g) + fp(g) - 1;
    const double own = rest > 0 ? (weight(g) - 1) * (tp(g) - 1) / rest : 0;
    return positives_ > 1 ? (as_is_[g] + own + one_positive_less_[g + 1]) / (positives_ - 1) : nan;
  }
  double without_negative(std::size_t g, bool) const override {
    return (as_is_[g] + one_negative_less_[g]) / positives_;
  }

 private:
  double weight(std::size_t g) const { return tp(g) - tp_before(g); }
  std::vector<double> as_is_, one_positive_less_, one_negative_less_;
};

class RecallWithout : public LeftOut {
 public:
  RecallWithout(const ScoreOrder& order, double precision)
      : LeftOut(order),
        as_is_(groups() + 1),
        one_positive_less_(groups() + 1),
        one_negative_less_(groups() + 1) {
    const auto enough = [&](double right, double all) {
      return all > 0 && right / all >= precision ? right : 0;
    };
    for (std::size_t g = 0; g < groups(); ++g)
      as_is_[g + 1] = std::max(as_is_[g], enough(tp(g), tp(g) + fp(g)));
    for (std::size_t g = groups(); g-- > 0;) {
      const double rest = tp(g) + fp(g) - 1;
      one_positive_less_[g] = std::max(one_positive_less_[g + 1], enough(tp(g) - 1, rest));
      one_negative_less_[g] = std::max(one_negative_less_[g + 1], enough(tp(g), rest));
    }
  }
  double without_positive(std::size_t g) const override {
    return positives_ > 1 ? std::max(as_is_[g], one_positive_less_[g]) / (positives_ - 1) : nan;
  }
  double without_negative(std::size_t g, bool) const override {
    return std::max(as_is_[g], one_negative_less_[g]) / positives_;
  }

 private:
  std::vector<double> as_is_, one_positive_less_, one_negative_less_;
};

class FprWithout : public LeftOut {
 public:
  FprWithout(const ScoreOrder& order, double recall)
      : LeftOut(order),
        first_(first_group([&](std::size_t g) { return tp(g) / positives_ >= recall; })),
        above_(first_group([&](std::size_t g) { return tp(g) / (positives_ - 1) >= recall; })),
        below_(first_group([&](std::size_t g) { return (tp(g) - 1) / (positives_ - 1) >= recall; })) {}
  double without_positive(std::size_t g) const override {
    if (!(positives_ > 1 && negatives_ > 0)) return nan;
    // Groups before g keep their positives.
    return fp(above_ < g ? above_ : std::max(g, below_)) / negatives_;
  }
  double without_negative(std::size_t g, bool) const override {
    return negatives_ > 1 ? (fp(first_) - (g <= first_ ? 1 : 0)) / (negatives_ - 1) : nan;
  }

 private:
  template <typename Enough>
  std::size_t first_group(const Enough& enough) const {
    std::size_t g = 0;
    while (g + 1 < groups() && !enough(g)) ++g;
    return g;
  }
  std::size_t first_, above_, below_;
};

WithoutEach left_out(const ScoreOrder& order, const LeftOut& metric) {
  WithoutEach result;
  reserve_many(result.positives, static_cast<std::size_t>(order.positives()));
  reserve_many(result.negatives, static_cast<std::size_t>(order.negatives()));
  for (std::size_t g = 0; g < order.groups(); ++g)
    result.positives.resize(order.end(g), metric.without_positive(g));
  std::size_t g = 0;
  for (std::size_t j = 0; j < static_cast<std::size_t>(order.negatives()); ++j) {
    while (g < order.groups() && order.through(g) <= j) ++g;
    result.negatives.push_back(metric.without_negative(g, g < order.groups() && order.above(g) <= j));
  }
  return result;
}

}  // namespace

WithoutEach without_each(const ScoreOrder& order, const ScoreMeasure& measure) {
  const double value = score_metric(order, measure);
  if (std::isnan(value)) {
    return {std::vector<double>(static_cast<std::size_t>(order.positives()), nan),
            std::vector<double>(static_cast<std::size_t>(order.negatives()), nan)};
  }
  switch (measure.metric) {
    case ScoreMetric::roc_auc:
      return left_out(order, AreaWithout(order));
    case ScoreMetric::average_precision:
      return left_out(order, PrecisionWithout(order));
    case ScoreMetric::recall_at_precision:
      return left_out(order, RecallWithout(order, measure.level));
    case ScoreMetric::fpr_at_tpr:
      return left_out(order, FprWithout(order, measure.level));
  }
  return {};
}

}  // namespace modelgate
