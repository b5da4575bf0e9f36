// Metrics of numbers that rows carry: regression, language models, a judge's preferences, any field.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "gates/metrics/regression.h"
#include "gates/quality/checks/metric_fields.h"
#include "gates/quality/terms/model_rows.h"
#include "gates/quality/terms/terms_by_kind.h"
#include "gates/statistics/exact_sum.h"

namespace modelgate {
namespace {

/// A number of the row; every row has it.
double number(const ModelRow& row, const std::string& field) {
  return row.file.numbers(field).values[row.in_file];
}

/// The mean of the targets, which are the same for both models: what is added up is the distance from it, so
/// that a large mean takes no digits from the variance.
double mean_target(const Answers& answers) {
  const NumberColumn& targets = answers.candidate_file->numbers("label");
  ExactSum sum;
  for (std::size_t i = 0; i < answers.size(); ++i) sum.add(targets.values[answers.in_candidate(i)]);
  return sum.total() / static_cast<double>(answers.size());
}

RowTerms r_squared_terms(const Answers& answers, int threads, std::vector<DataProblem>& problems) {
  RowTerms terms;
  terms.kind = RowTerms::Kind::sums;
  terms.width = 3;
  const double center = mean_target(answers);
  fill_terms(
      answers, threads,
      [&](const ModelRow& row, std::span<double> out) {
        const double target = number(row, "label");
        out[0] = squared_error(target, number(row, "prediction"));
        out[1] = target - center;
        out[2] = out[1] * out[1];
        return std::isfinite(out[0]) && std::isfinite(out[2]);
      },
      "an error whose square is beyond all numbers", "numbers of the usual size", terms, problems);
  terms.value = [](std::span<const double> sums, double rows) {
    const double around_mean = sums[2] - sums[1] * sums[1] / rows;
    // Equal targets leave rounding errors.
    return around_mean > 1e-12 * sums[2] ? 1 - sums[0] / around_mean
                                         : std::numeric_limits<double>::quiet_NaN();
  };
  return terms;
}

RowTerms regression_terms(const CheckText& check, const Answers& answers, int threads,
                          std::vector<DataProblem>& problems) {
  if (check.metric == Metric::r_squared) return r_squared_terms(answers, threads, problems);
  double (*const term)(double, double) = check.metric == Metric::absolute_error ? absolute_error
                                         : check.metric == Metric::percentage_error
                                             ? absolute_percentage_error
                                             : squared_error;
  RowTerms terms;
  terms.lowest = 0;
  fill_terms(
      answers, threads,
      [&](const ModelRow& row, std::span<double> out) {
        out[0] = term(number(row, "label"), number(row, "prediction"));
        return std::isfinite(out[0]);
      },
      "an error beyond all numbers", "numbers of the usual size", terms, problems);
  if (check.metric == Metric::root_squared_error) {
    terms.kind = RowTerms::Kind::sums;
    terms.value = [](std::span<const double> sums, double rows) { return std::sqrt(sums[0] / rows); };
  }
  return terms;
}

/// Sums of the negative log-likelihoods over those of sizes.
RowTerms language_terms(const CheckText& check, const Answers& answers, int threads,
                        std::vector<DataProblem>& problems) {
  const bool bytes = check.metric == Metric::bits_per_byte;
  const std::string size = bytes ? "bytes" : "tokens";
  RowTerms terms;
  terms.kind = RowTerms::Kind::ratio;
  fill_terms(
      answers, threads,
      [&](const ModelRow& row, std::span<double> out) {
        const double tokens = number(row, size);
        out[0] = number(row, "nll") / (bytes ? std::numbers::ln2 : 1);
        return tokens >= 0 && tokens == std::floor(tokens) && out[0] >= 0;
      },
      "a negative log-likelihood below 0, or a number of " + size + " that is none",
      "'nll' in nats, summed over the row's " + size, terms, problems);
  const NumberColumn& sizes = answers.candidate_file->numbers(size);
  for (std::size_t i = 0; i < answers.size(); ++i)
    terms.sizes.push_back(sizes.values[answers.in_candidate(i)]);
  if (!(std::accumulate(terms.sizes.begin(), terms.sizes.end(), 0.0) > 0))
    problems.push_back(
        {size + " of the rows", "nothing_measured", "no row has any " + size, "rows that have"});
  return terms;
}

/// What the candidate earned of each prompt, in both orders; the baseline earns the same if neither is
/// preferred: one half.
RowTerms preference_terms(const CheckText& check, const Answers& answers, int threads,
                          std::vector<DataProblem>& problems) {
  RowTerms terms;
  terms.lowest = 0;
  terms.highest = 1;
  fill_terms(
      answers, threads,
      [](const ModelRow& row, std::span<double> out) {
        out[0] = 0.5;
        if (row.is_baseline) return true;
        const double first = number(row, won_first), second = number(row, won_second);
        out[0] = (first + second) / 2;
        const auto is_known = [](double won) { return won == 0 || won == 0.5 || won == 1; };
        return is_known(first) && is_known(second);
      },
      "a preference that is none of 1 (won), 0.5 (tie) and 0 (lost)", "one of these in both orders", terms,
      problems);
  const NumberColumn &first = answers.candidate_file->numbers(won_first),
                     &second = answers.candidate_file->numbers(won_second);
  std::int64_t flips = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::size_t row = answers.in_candidate(i);
    flips += std::abs(first.values[row] - second.values[row]) == 1;
  }
  terms.n["flips"] = flips;
  const double rate = static_cast<double>(flips) / static_cast<double>(answers.size());
  const std::string told = fmt::format(
      "the judge prefers the answer in one place, whichever it is, on {:.3g} % of the prompts", 100 * rate);
  if (const auto& most = check.settings.most_flips; most && !(rate <= *most)) {
    terms.reason = "judge_unstable";
    terms.needs = "a judge that contradicts itself less, or a larger share of flips";
    terms.doubt = told + fmt::format(", more than {:.3g} %", 100 * *most);
  } else if (rate > 0.2) {
    terms.warnings.push_back(told);
  }
  return terms;
}

RowTerms field_terms(const CheckText& check, const Answers& answers, int threads,
                     std::vector<DataProblem>& problems) {
  RowTerms terms;
  fill_terms(
      answers, threads,
      [&](const ModelRow& row, std::span<double> out) {
        out[0] = number(row, check.field);
        return true;
      },
      "a value that is no number", "a number in every row", terms, problems);
  // Zeros and ones alone are a share of rows, for which exact rules hold.
  const auto is_yes_no = [](const std::vector<double>& all) {
    return std::all_of(all.begin(), all.end(), [](double x) { return x == 0 || x == 1; });
  };
  if (is_yes_no(terms.baseline) && is_yes_no(terms.candidate)) terms.kind = RowTerms::Kind::yes_no;
  return terms;
}

}  // namespace

RowTerms number_terms(const CheckText& check, const Answers& answers, int threads,
                      std::vector<DataProblem>& problems) {
  switch (check.metric) {
    case Metric::perplexity:
    case Metric::bits_per_byte:
      return language_terms(check, answers, threads, problems);
    case Metric::win_rate:
      return preference_terms(check, answers, threads, problems);
    case Metric::mean:
      return field_terms(check, answers, threads, problems);
    default:
      return regression_terms(check, answers, threads, problems);
  }
}

}  // namespace modelgate
