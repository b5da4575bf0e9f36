// Metrics of ranked lists. `ranked` of a row is the relevances of what the model found, in its order: [3, 0,
// 1]. `judged` is the relevances of all documents that were judged, found or not; without it what was found
// is taken to be all.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <optional>

#include "gates/metrics/ranking.h"
#include "gates/quality/terms/model_rows.h"
#include "gates/quality/terms/terms_by_kind.h"

namespace modelgate {
namespace {

constexpr std::size_t most_documents = 100'000;
constexpr double most_relevance = 60;  // what an exponential gain can bear

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// "[3, 0, 1]", also with blanks instead of commas and brackets. None where it is no list of relevances.
std::optional<std::vector<double>> relevances(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  if (text.starts_with('[') != text.ends_with(']')) return std::nullopt;
  if (text.starts_with('[')) text = text.substr(1, text.size() - 2);
  std::vector<double> values;
  bool separated = true;
  for (const char *at = text.data(), *const end = at + text.size(); at != end;) {
    if (is_blank(*at) || *at == ',') {
      separated = true;
      ++at;
      continue;
    }
    double value = 0;
    const auto [behind, failure] = std::from_chars(at, end, value);
    if (failure != std::errc() || !separated || !(value >= 0 && value <= most_relevance) ||
        values.size() == most_documents)
      return std::nullopt;
    values.push_back(value);
    separated = false;
    at = behind;
  }
  return values;
}

std::int64_t count_relevant(const std::vector<double>& values) {
  return std::count_if(values.begin(), values.end(), [](double value) { return value > 0; });
}

}  // namespace

RowTerms ranking_terms(const CheckText& check, const Answers& answers, int threads,
                       std::vector<DataProblem>& problems) {
  RowTerms terms;
  terms.lowest = 0;
  terms.highest = 1;
  const std::size_t k = check.places > 0 ? static_cast<std::size_t>(check.places) : most_documents;
  const Gain gain = check.settings.exponential_gain ? Gain::exponential : Gain::linear;
  const auto take = [&](const ModelRow& row, std::span<double> out) {
    const auto ranked = relevances(row.file.texts("ranked").at(row.in_file));
    if (!ranked) return false;
    if (check.metric == Metric::reciprocal_rank) {
      out[0] = reciprocal_rank(*ranked, k);
      return true;
    }
    const TextColumn& column = row.file.texts("judged");
    const auto judged = column.has(row.in_file) ? relevances(column.at(row.in_file)) : ranked;
    if (!judged || judged->size() < ranked->size()) return false;
    if (check.metric == Metric::ndcg) {
      out[0] = ndcg(*ranked, *judged, k, gain);
      return true;
    }
    const std::int64_t relevant = count_relevant(*judged);
    if (relevant == 0 || count_relevant(*ranked) > relevant) return false;
    out[0] = recall_at(*ranked, k, relevant);
    return true;
  };
  fill_terms(
      answers, threads, take,
      check.metric == Metric::recall_of_ranking
          ? "no list of relevances with a relevant document in 'ranked' and 'judged'"
          : "no list of relevances from 0 to 60 in 'ranked', or fewer in 'judged'",
      "the relevances of what was found, in order, such as [3, 0, 1]; and in 'judged' those of all that "
      "there is to find",
      terms, problems);
  return terms;
}

}  // namespace modelgate
