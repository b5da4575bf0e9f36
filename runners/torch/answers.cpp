#include "runners/torch/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "runners/recording/row_writer.h"
#include "runners/torch/output_values.h"
#include "schemas/tool/json_quoted.h"

namespace modelgate {
namespace {

// Beyond this many classes a row of scores is longer than anybody reads.
constexpr std::int64_t most_scores = 1000;

enum class Meaning { class_scores, positive_score, class_index, none };

Meaning meaning_of(const Tensor& tensor, const OutputValues& values) {
  const bool one_a_row = tensor.shape.size() == 1 || (tensor.shape.size() == 2 && tensor.shape[1] == 1);
  if (one_a_row) return values.is_floating() ? Meaning::positive_score : Meaning::class_index;
  if (tensor.shape.size() == 2 && tensor.shape[1] > 1 && values.is_floating()) return Meaning::class_scores;
  return Meaning::none;
}

/// Why a row gives no answer, or "". A logit of -inf is a class that cannot be; any other infinity would make
/// the scores NaN.
std::string trouble_of(const OutputValues& values, std::int64_t row) {
  bool infinite = false, possible = false;
  for (std::int64_t i = 0; i < values.columns(); ++i) {
    const double value = values.at(row, i);
    if (std::isnan(value)) return "output is not a number";
    infinite = infinite || value == INFINITY;
    possible = possible || value > -INFINITY;
  }
  return infinite || (!possible && values.columns() > 1) ? "output is infinite" : "";
}

/// True if no row that can be read says otherwise, and at least one can.
bool are_probabilities(const OutputValues& values, bool sum_to_one) {
  bool any = false;
  for (std::int64_t row = 0; row < values.rows(); ++row) {
    if (!trouble_of(values, row).empty()) continue;
    double sum = 0;
    for (std::int64_t i = 0; i < values.columns(); ++i) {
      const double value = values.at(row, i);
      if (!(value >= 0 && value <= 1 + values.sum_tolerance())) return false;
      sum += value;
    }
    if (sum_to_one && !(std::abs(sum - 1) <= values.sum_tolerance())) return false;
    any = true;
  }
  return any;
}

std::string label_json(const DataRow& row, const std::vector<std::string>& classes) {
  if (row.label_index) {
    if (classes.empty()) return json_quoted(std::to_string(*row.label_index));
    return json_quoted(classes.at(static_cast<std::size_t>(*row.label_index)));
  }
  if (!row.label) return "";
  return row.label_is_text ? json_quoted(*row.label) : *row.label;
}

/// Turns rows of the answering tensor into fields of records.
class AnswerFields {
 public:
  AnswerFields(const Tensor* tensor, const std::vector<std::string>& classes, Answers& answers)
      : classes_(classes) {
    if (tensor == nullptr) return;
    values_.emplace(*tensor);
    meaning_ = meaning_of(*tensor, *values_);
    explain(*tensor, answers);
  }

  /// `,"prediction":…` of a row, or `,"error":…`.
  std::string of(std::int64_t row) {
    if (meaning_ == Meaning::none) return "";
    if (const std::string trouble = trouble_of(*values_, row); !trouble.empty()) return failed(trouble);
    switch (meaning_) {
      case Meaning::class_scores:
        return class_scores(row);
      case Meaning::positive_score:
        return positive_score(row);
      default:
        return class_index(row);
    }
  }

  static std::string failed(const std::string& why) { return ",\"error\":" + json_quoted(why); }
  static bool is_failure(const std::string& fields) { return fields.starts_with(",\"error\":"); }

 private:
  void explain(const Tensor& tensor, Answers& answers) {
    const std::int64_t columns = values_->columns();
    const auto count = static_cast<std::int64_t>(classes_.size());
    switch (meaning_) {
      case Meaning::class_scores:
        if (count != 0 && count != columns) {
          answers.problems.push_back(
              {"bad_output", fmt::format("the model gives {} scores a row, and there are {} "
                                         "class names",
                                         columns, count)});
          return;
        }
        ready_ = are_probabilities(*values_, true);
        answers.notes.push_back(
            ready_ ? "scores: the outputs as they stand, because every row is in [0, 1] and sums to 1"
                   : "scores: the softmax of the outputs");
        with_scores_ = columns <= most_scores;
        if (!with_scores_)
          answers.notes.push_back(
              fmt::format("the scores of {} classes are left out of the records", columns));
        for (std::int64_t i = 0; i < columns; ++i) {
          names_.push_back(
              json_quoted(count == 0 ? std::to_string(i) : classes_[static_cast<std::size_t>(i)]));
        }
        return;
      case Meaning::positive_score:
        if (count != 0 && count != 2) {
          answers.problems.push_back(
              {"bad_output",
               fmt::format("the model gives one score a row, and there are {} class names, not 2", count)});
          return;
        }
        ready_ = are_probabilities(*values_, false);
        answers.notes.push_back(ready_ ? "score: the output as it stands, because every one is in [0, 1]"
                                       : "score: the logistic function of the output");
        names_ = count == 0 ? std::vector<std::string>{"\"0\"", "\"1\""}
                            : std::vector<std::string>{json_quoted(classes_[0]), json_quoted(classes_[1])};
        return;
      case Meaning::class_index:
        answers.notes.push_back("prediction: the class whose index the model gives");
        return;
      case Meaning::none:
        answers.notes.push_back(fmt::format("no predictions: an output of shape [{}] and dtype {} gives none",
                                            fmt::join(tensor.shape, ", "), tensor.dtype));
        return;
    }
  }

  std::string class_scores(std::int64_t row) {
    const std::int64_t columns = values_->columns();
    std::int64_t best = 0;
    for (std::int64_t i = 1; i < columns; ++i)
      if (values_->at(row, i) > values_->at(row, best)) best = i;
    std::string fields = ",\"prediction\":" + names_[static_cast<std::size_t>(best)];
    if (!with_scores_) return fields;
    const double largest = values_->at(row, best);
    double sum = 0;
    scores_.resize(static_cast<std::size_t>(columns));
    for (std::int64_t i = 0; i < columns; ++i) {
      const double value = values_->at(row, i);
      sum += scores_[static_cast<std::size_t>(i)] = ready_ ? value : std::exp(value - largest);
    }
    const bool by_name = !classes_.empty();
    fields += by_name ? ",\"scores\":{" : ",\"scores\":[";
    for (std::size_t i = 0; i < scores_.size(); ++i) {
      if (i > 0) fields += ',';
      if (by_name) fields += names_[i] + ":";
      fields += values_->json(ready_ ? scores_[i] : scores_[i] / sum);
    }
    return fields += by_name ? '}' : ']';
  }

  std::string positive_score(std::int64_t row) {
    const double value = values_->at(row, 0);
    const double score = ready_ ? value : 1 / (1 + std::exp(-value));
    return ",\"prediction\":" + names_[score >= 0.5 ? 1 : 0] + ",\"score\":" + values_->json(score);
  }

  std::string class_index(std::int64_t row) {
    const double index = values_->at(row, 0);
    const std::string digits = fmt::format("{:.0f}", index);
    if (classes_.empty()) return ",\"prediction\":" + json_quoted(digits);
    if (!(index >= 0 && index < static_cast<double>(classes_.size())))
      return failed("output " + digits + " is no class");
    return ",\"prediction\":" + json_quoted(classes_[static_cast<std::size_t>(index)]);
  }

  const std::vector<std::string>& classes_;
  std::optional<OutputValues> values_;
  Meaning meaning_ = Meaning::none;
  bool ready_ = false;  // the values are probabilities as they stand
  bool with_scores_ = true;
  std::vector<std::string> names_;  // of the classes, as JSON
  std::vector<double> scores_;
};

/// Labels that are no names of classes would silently count as wrong answers, all of them.
void note_foreign_labels(const DataSet& data, const std::vector<std::string>& classes, Answers& answers) {
  if (classes.empty()) return;
  const std::unordered_set<std::string> names(classes.begin(), classes.end());
  bool any = false;
  for (const DataRow& row : data.rows) {
    if (!row.label) continue;
    if (names.contains(*row.label)) return;
    any = true;
  }
  if (any) answers.notes.push_back("no label of the data is the name of a class");
}

}  // namespace

const Tensor* answering_tensor(const std::vector<Tensor>& outputs) {
  for (const Tensor& tensor : outputs)
    if (tensor.name == "output.logits") return &tensor;
  return outputs.empty() ? nullptr : &outputs.front();
}

Answers write_answers(const DataSet& data, const Tensor* output, const std::vector<std::string>& classes,
                      const std::filesystem::path& path) {
  Answers answers;
  if (output != nullptr && (output->shape.empty() || output->shape[0] != data.runnable)) {
    const std::int64_t rows = output->shape.empty() ? 0 : output->shape[0];
    answers.problems.push_back(
        {"bad_output", fmt::format("there are outputs of {} rows for {} rows of data", rows, data.runnable)});
    return answers;
  }
  AnswerFields fields(output, classes, answers);
  if (!answers.problems.empty()) return answers;
  note_foreign_labels(data, classes, answers);
  RowWriter file(path);
  std::int64_t shown = 0;
  for (const DataRow& row : data.rows) {
    const std::string answer =
        row.error.empty() ? fields.of(shown++) : AnswerFields::failed("no input: " + row.error);
    const std::string label = label_json(row, classes);
    file.add_line("{\"id\":" + row.id_json + (label.empty() ? "" : ",\"label\":" + label) + answer +
                  row.carried_json + "}");
    ++answers.rows;
    if (AnswerFields::is_failure(answer)) ++answers.errors;
  }
  file.finish();
  return answers;
}

}  // namespace modelgate
