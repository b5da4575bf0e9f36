#pragma once

#include <cstddef>
#include <vector>

#include "gates/metrics/score_order.h"

namespace modelgate {

struct RocPoint {
  double false_positive_rate = 0, true_positive_rate = 0;
};

/// The ROC curve from (0, 0) to (1, 1): the corners of the line that roc_auc is the area under. If there are
/// more than `most` (at least 3), corners are left out, so that what remains lies about evenly along the
/// line. Empty without one of the classes.
std::vector<RocPoint> roc_curve(const ScoreOrder& order, std::size_t most = 1'000);

struct PrecisionRecallPoint {
  double recall = 0, precision = 0;
};

/// Precision and recall at each score of a positive, from the highest down; between two of them the precision
/// is that of the second (no interpolation). Of more than `most` (at least 3) some are left out, evenly by
/// recall. Empty without positives.
std::vector<PrecisionRecallPoint> precision_recall_curve(const ScoreOrder& order, std::size_t most = 1'000);

}  // namespace modelgate
