#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "runners/torch/data_set.h"
#include "schemas/documents/measurements.h"
#include "schemas/formats/safetensors.h"

namespace modelgate {

/// What was made of a model's outputs.
struct Answers {
  std::int64_t rows = 0;
  std::int64_t errors = 0;         ///< Rows with `error` instead of a prediction.
  std::vector<std::string> notes;  ///< How scores and predictions came about.
  std::vector<Problem> problems;   ///< "bad_output": the outputs do not fit the classes.
};

/// The tensor that holds the answers: "output.logits" or else the first one; null if there is none.
const Tensor* answering_tensor(const std::vector<Tensor>& outputs);

/// Writes a row of records for each row of the data. What the answering tensor (one row for each runnable row
/// of the data) means is told by its shape:
///   floating [N, C], C > 1   `scores` by class, `prediction` the class of the largest (the first of equals).
///                            If every row is in [0, 1] and sums to 1 the values are the scores as they
///                            stand, otherwise all are taken for logits: scores are their softmax.
///   floating [N], [N, 1]     `score` of the positive class and `prediction` 1 where it is 0.5 or more,
///   otherwise
///                            0. If every value is in [0, 1] they stand as they are, otherwise: the logistic
///                            function of them.
///   whole    [N], [N, 1]     `prediction`, the index of a class.
///   any other                no prediction.
/// With `classes`, class indices are written by name; label indices must be below their number. A row that is
/// not a number, or whose scores are not, has `error`.
Answers write_answers(const DataSet& data, const Tensor* output, const std::vector<std::string>& classes,
                      const std::filesystem::path& path);

}  // namespace modelgate
