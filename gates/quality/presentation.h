#pragma once

#include <string>

#include "gates/quality/checks/catalogue.h"
#include "gates/statistics/interval.h"

namespace modelgate {

/// How the numbers of a metric are told. The rules compute with goodness, of which more is always better: the
/// value itself, its negative where less is better, and of a ratio minus its logarithm.
class Presentation {
 public:
  Presentation(Scale scale, bool lower_is_better) : scale_(scale), lower_is_better_(lower_is_better) {}

  Scale scale() const { return scale_; }
  bool lower_is_better() const { return lower_is_better_; }

  /// The value of a goodness, and the goodness of a value.
  double value(double goodness) const;
  double goodness(double value) const;
  Interval values(const Interval& goodness) const;

  /// A difference of goodness as the change of the value: in points, in its own unit, or in percent.
  double change(double difference) const;
  Interval changes(const Interval& differences) const;
  /// How far goodness may fall, as a margin on the same scale as change().
  double margin(double fall) const;

  const char* value_unit() const { return scale_ == Scale::fraction ? "fraction" : ""; }
  const char* change_unit() const;

  std::string value_text(double goodness) const;
  std::string change_text(double difference) const;  ///< Without sign: "1.3 points", "0.02", "5 %".
  std::string margin_text(double fall) const;
  /// "-10.75 to -7.41"
  std::string bounds_text(const Interval& changes) const;
  std::string limit_text(double goodness) const;

 private:
  Scale scale_;
  bool lower_is_better_;
};

/// Two digits at least, and no zeros at the end: "1.3", "2", "0.0042".
std::string short_number(double value);

}  // namespace modelgate
