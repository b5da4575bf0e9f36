// Metrics of the probabilities that a model gives to classes.
//
// Of two classes whose positive one is known, the probability of the other is what remains, and a single
// `score` will do. Otherwise `scores` has one of every class, also of those that no row is labelled with.

#include <algorithm>
#include <cmath>

#include "gates/metrics/probabilities.h"
#include "gates/quality/rules/scored_rows.h"
#include "gates/quality/terms/model_rows.h"
#include "gates/quality/terms/terms_by_kind.h"

namespace modelgate {
namespace {

constexpr double tolerated_sum_error = 0.01;

bool is_probability(double p) { return p >= 0 && p <= 1; }

/// The scores that a row gives to all classes that were read, labels or not.
class ClassScores {
 public:
  explicit ClassScores(const Answers& answers) {
    for (const std::string& field : answers.candidate_file->request.numbers)
      if (field.starts_with(prefix)) fields_.push_back(field);
    for (const std::string& name : answers.classes) {
      // Numbers are asked for in the order of their names.
      const auto found = std::lower_bound(fields_.begin(), fields_.end(), prefix + name);
      place_.push_back(found == fields_.end() || *found != prefix + name
                           ? -1
                           : static_cast<std::int32_t>(found - fields_.begin()));
    }
    columns_of_candidate_ = columns_in(*answers.candidate_file);
    if (answers.compared) columns_of_baseline_ = columns_in(*answers.baseline_file);
  }

  /// Of a class; −1: of none.
  std::int32_t place(std::int32_t c) const { return c < 0 ? -1 : place_[static_cast<std::size_t>(c)]; }

  /// Whether any row of the model has a score of the class that stands there.
  bool has(const ModelRow& row, std::int32_t place) const {
    return place >= 0 && !columns(row)[static_cast<std::size_t>(place)]->values.empty();
  }
  /// In the order of places; NaN where the row has none. Valid until the thread's next call.
  std::span<const double> of(const ModelRow& row) const {
    thread_local std::vector<double> scores;
    scores.clear();
    for (const NumberColumn* column : columns(row))
      scores.push_back(column->has(row.in_file) ? column->values[row.in_file] : NumberColumn::none);
    return scores;
  }

 private:
  static constexpr const char* prefix = "scores.";

  const std::vector<const NumberColumn*>& columns(const ModelRow& row) const {
    return row.is_baseline ? columns_of_baseline_ : columns_of_candidate_;
  }
  std::vector<const NumberColumn*> columns_in(const AnswerFile& file) const {
    std::vector<const NumberColumn*> found;
    for (const std::string& field : fields_) found.push_back(&file.numbers(field));
    return found;
  }

  std::vector<std::int32_t> place_;
  std::vector<std::string> fields_;
  std::vector<const NumberColumn*> columns_of_baseline_, columns_of_candidate_;
};

/// The probabilities that a row gives to all classes; none where they are no distribution.
std::span<const double> distribution(const ClassScores& scores, const ModelRow& row) {
  thread_local std::vector<double> probabilities;
  probabilities.clear();
  double sum = 0;
  for (const double score : scores.of(row)) {
    // A class that a row does not name has none of its probability.
    probabilities.push_back(std::isnan(score) ? 0 : score);
    sum += probabilities.back();
    if (!is_probability(probabilities.back())) return {};
  }
  return std::abs(sum - 1) <= tolerated_sum_error ? probabilities : std::span<const double>();
}

class ProbabilityTerms {
 public:
  ProbabilityTerms(const CheckText& check, const Measure& measure, const Answers& answers, int threads,
                   std::vector<DataProblem>& problems)
      : check_(check), measure_(measure), answers_(answers), threads_(threads), problems_(problems) {}

  RowTerms binary() const {
    const ScoreReader now(measure_, *answers_.candidate_file);
    const ScoreReader before(measure_,
                             answers_.compared ? *answers_.baseline_file : *answers_.candidate_file);
    RowTerms terms;
    shape(terms);
    fill(terms, [&](const ModelRow& row, std::span<double> out) {
      const double p = (row.is_baseline ? before : now)(row.in_file);
      if (!is_probability(p)) return false;
      const bool positive = row.label == measure_.target;
      if (check_.metric == Metric::log_loss)
        out[0] = log_loss_term(positive ? p : 1 - p);
      else if (check_.metric == Metric::brier)
        out[0] = brier_term(p, positive);
      else
        put_confidence(out, std::max(p, 1 - p), positive == (p >= 0.5));
      return true;
    });
    return finished(std::move(terms));
  }

  RowTerms of_all_classes() const {
    const ClassScores scores(answers_);
    RowTerms terms;
    shape(terms);
    fill(terms, [&](const ModelRow& row, std::span<double> out) {
      const std::int32_t label = scores.place(row.label);
      // A class of which no row has a score is called otherwise there, and not impossible.
      if (!scores.has(row, label)) return false;
      if (check_.metric == Metric::top) return put_top(scores, row, label, out);
      const std::span<const double> probabilities = distribution(scores, row);
      if (probabilities.empty()) return false;
      const auto at = static_cast<std::size_t>(label);
      if (check_.metric == Metric::log_loss) {
        out[0] = log_loss_term(probabilities[at]);
      } else if (check_.metric == Metric::brier) {
        out[0] = brier_term(probabilities, at);
      } else {
        const std::int32_t predicted = scores.place(row.prediction);
        const double confidence = predicted < 0 ? 0 : probabilities[static_cast<std::size_t>(predicted)];
        put_confidence(out, confidence, row.prediction == row.label);
      }
      return true;
    });
    return finished(std::move(terms));
  }

 private:
  void shape(RowTerms& terms) const {
    if (check_.metric == Metric::calibration_error) {
      terms.kind = RowTerms::Kind::sums;
      terms.width = 2;  // until finished(): the bin, and the confidence less 1 where it was right
      return;
    }
    terms.lowest = 0;
    if (check_.metric == Metric::log_loss) {
      terms.highest = -std::log(log_loss_clip);
    } else if (check_.metric == Metric::brier) {
      terms.highest = 2;
    } else {
      terms.kind = RowTerms::Kind::yes_no;
      terms.highest = 1;
    }
  }

  template <typename Take>
  void fill(RowTerms& terms, const Take& take) const {
    const bool top = check_.metric == Metric::top;
    fill_terms(answers_, threads_, take,
               top ? "no scores of the classes" : "no probabilities of the classes that add up to 1",
               top ? "'scores' by class in every row, higher where the class is likelier"
                   : "probabilities from 0 to 1: 'scores' by class, or 'score' of the positive class",
               terms, problems_);
  }

  bool put_top(const ClassScores& scores, const ModelRow& row, std::int32_t label,
               std::span<double> out) const {
    thread_local std::vector<double> known;
    known.clear();
    bool any = false;
    for (const double score : scores.of(row)) {
      any = any || !std::isnan(score);
      // A class that a row does not name stands behind those that it names.
      known.push_back(std::isnan(score) ? std::numeric_limits<double>::lowest() : score);
    }
    if (!any) return false;
    out[0] = is_among_top(known, static_cast<std::size_t>(label), static_cast<std::size_t>(check_.places));
    return true;
  }

  void put_confidence(std::span<double> out, double confidence, bool right) const {
    out[0] = static_cast<double>(calibration_bin(confidence, static_cast<std::size_t>(check_.settings.bins)));
    out[1] = confidence - (right ? 1 : 0);
  }

  /// Calibration: each row's number belongs to one of the bins.
  RowTerms finished(RowTerms terms) const {
    if (check_.metric != Metric::calibration_error) return terms;
    const auto split = [](std::vector<double>& both, std::vector<std::uint16_t>& place) {
      for (std::size_t i = 0; i < both.size(); i += 2) {
        place.push_back(static_cast<std::uint16_t>(both[i]));
        both[i / 2] = both[i + 1];
      }
      both.resize(both.size() / 2);
      both.shrink_to_fit();
    };
    split(terms.baseline, terms.baseline_place);
    split(terms.candidate, terms.candidate_place);
    terms.width = 1;
    terms.sparse_sums = static_cast<std::size_t>(check_.settings.bins);
    terms.value = [](std::span<const double> sums, double rows) {
      double error = 0;
      for (const double sum : sums) error += std::abs(sum);
      return error / rows;
    };
    return terms;
  }

  const CheckText& check_;
  const Measure& measure_;
  const Answers& answers_;
  int threads_;
  std::vector<DataProblem>& problems_;
};

}  // namespace

RowTerms probability_terms(const CheckText& check, const Measure& measure, const Answers& answers,
                           int threads, std::vector<DataProblem>& problems) {
  const ProbabilityTerms terms(check, measure, answers, threads, problems);
  // measure_of() set a class where one is meant, or two have a positive one.
  return measure.target >= 0 && check.metric != Metric::top ? terms.binary() : terms.of_all_classes();
}

}  // namespace modelgate
