#include "reporters/explain/methods.h"

#include <map>
#include <string_view>

namespace modelgate {
namespace {

/// How a method's name begins, and what it does.
struct Method {
  std::string_view begins;
  bool is_whole;  // nothing but a comma may follow: the words are too short to be taken for a beginning
  std::string_view words;
};

// The first that fits counts.
constexpr Method methods[] = {
    {"exact signed-rank test and Hodges–Lehmann bounds of process pairs", false,
     "A process of the baseline and one of the candidate ran in turn, in pairs, so that both met the "
     "same conditions. What counts of each pair is which side was slower, and whether by more or less "
     "than in other pairs: no single outlier can decide, and no shape of the noise is assumed."},
    {"Student's t of process pairs", false,
     "A process of the baseline and one of the candidate ran in turn, in pairs, so that both met the "
     "same conditions. The mean difference of the pairs is held against how much the pairs scatter."},
    {"Welch's t of process values", false,
     "Each process gives one value. The two means are held against how much the processes of each side "
     "scatter. The sides did not take turns, so that a drift of the machine counts as a change."},
    {"Welch's t of repetitions within one process", false,
     "There was one process of each side, so that its luck cannot be told from a change. The repetitions "
     "are held against their scatter, made wider by an assumed spread between processes."},
    {"exact: the same in every process", true,
     "Every process gave exactly the same value, so nothing is estimated: the values are compared as "
     "they are."},
    {"Student's t of the logarithms of process values", true,
     "Each process gives one value. Their mean, on a scale of ratios, is held against how much they "
     "scatter."},
    {"exact bounds of the order statistics of all calls", false,
     "All calls are put in order. Where the quantile lies among them is known but for chance, which is "
     "counted out exactly, without assuming a shape. The processes' own quantiles must not contradict."},
    {"changes of successive releases added up", false,
     "Every release was compared with the one before it when it was made. These changes are added up, "
     "and their uncertainties, too."},
    {"|a − b| ≤ ", false,
     "Every element of the candidate's output is compared with the golden one, and may differ from it by "
     "the tolerance and no more. Nothing is estimated."},
    {"counted", true, "What is in the test set was counted. Nothing is estimated."},
    {"few rows differ: worst case by Clopper–Pearson", false,
     "Hardly any row differs, which by itself proves little about rows that were not seen. The worst is "
     "supposed that fits the data: as many harmful rows as chance could have hidden, each where it does "
     "the most harm."},
    {"few ranks differ: worst case by Clopper–Pearson", false,
     "Hardly any pair of rows changed its order, which by itself proves little about rows that were not "
     "seen. The worst is supposed that fits the data."},
    {"few wrong answers: worst case by Clopper–Pearson", false,
     "Hardly any answer is wrong, which by itself proves little about rows that were not seen. The worst "
     "is supposed that fits the data: as many wrong ones as chance could have hidden."},
    {"Student's t over rows", false,
     "Both models answered the same rows. The mean difference of the rows is held against how much the "
     "rows scatter."},
    {"Student's t over clusters", false,
     "Both models answered the same rows, which come in groups that are not independent. So the groups "
     "are what counts: the mean difference is held against how much the groups scatter."},
    {"Student's t with the standard error of clusters", false,
     "The rows come in groups that are not independent. So the groups are what counts: the mean is held "
     "against how much the groups scatter."},
    {"paired BCa bootstrap of clusters", false,
     "The rows come in groups that are not independent. Test sets are drawn from these groups many times "
     "over, both models are scored on each, and how much the difference varies says what it is known to."},
    {"paired BCa bootstrap", false,
     "Test sets are drawn from these rows many times over, both models are scored on each, and how much "
     "the difference varies says what it is known to."},
    {"BCa bootstrap of clusters", false,
     "The rows come in groups that are not independent. Test sets are drawn from these groups many times "
     "over, the candidate is scored on each, and how much its score varies says what it is known to."},
    {"BCa bootstrap", false,
     "Test sets are drawn from these rows many times over, the candidate is scored on each, and how much "
     "its score varies says what it is known to."},
    {"jackknife of rows", true,
     "Every row is left out once. How much the metric moves by that says what it is known to."},
    {"delta method over rows", true,
     "How much each row moves the metric is worked out, and the whole is held against how much the rows "
     "scatter."},
    {"delta method over clusters", true,
     "The rows come in groups that are not independent. How much each group moves the metric is worked "
     "out, and the whole is held against how much the groups scatter."},
    {"Tango score interval", false,
     "Both models answered the same rows. Rows that both answer right, or both wrong, say nothing about "
     "the difference; those that only one of the two answers right decide."},
    {"Clopper–Pearson", true,
     "Every row is one way or the other, such as right or wrong. Which shares could have given the count "
     "that was seen is worked out exactly."},
    {"DeLong", true,
     "The metric is how often a positive row is scored above a negative one. How much each row moves it "
     "is worked out, and the whole is held against how much the rows scatter."},
    {"Hoeffding's bound from ", false,
     "There is too little spread to go by, so that a bound is taken that holds whatever the data are "
     "like. It is cautious."},
    {"looks at ", false,
     "The data were looked at several times while they grew. Each look may use a share of the error "
     "rates alone, so that looking often makes no wrong verdict more likely."},
};

constexpr std::string_view supposed_text =
    "Rows or groups that were not seen are supposed besides, at the worst places, so that few data do "
    "not look surer than they are.";

bool fits(const Method& method, std::string_view name) {
  if (!name.starts_with(method.begins)) return false;
  const std::string_view rest = name.substr(method.begins.size());
  if (method.is_whole) return rest.empty() || rest.front() == ',';
  return rest.empty() || method.begins.back() == ' ' || rest.front() == ',' || rest.front() == ' ';
}

const Method* find(std::string_view name) {
  for (const Method& method : methods)
    if (fits(method, name)) return &method;
  return nullptr;
}

}  // namespace

std::vector<std::string> method_in_words(const std::string& method) {
  std::vector<std::string> sentences;
  std::string_view rest = method;
  while (!rest.empty()) {
    const std::size_t end = rest.find("; ");
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
    if (part.empty()) continue;
    if (const Method* known = find(part)) {
      sentences.emplace_back(known->words);
      if (part.ends_with(" supposed")) sentences.emplace_back(supposed_text);
    } else {
      sentences.push_back("There are no plainer words here for '" + std::string(part) + "'.");
    }
  }
  return sentences;
}

bool is_estimated(const std::string& method) {
  for (const char* exact : {"exact: the same in every process", "|a − b| ≤ ", "counted"})
    if (method.starts_with(exact)) return false;
  return true;
}

std::string count_in_words(const std::string& name) {
  static const std::map<std::string, std::string> words = {
      {"pairs", "process pairs, one process of each side"},
      {"processes", "processes, each of which gave one value"},
      {"repetitions", "repetitions within one process"},
      {"discarded", "pairs that something else on the machine disturbed, measured again"},
      {"calls", "single calls"},
      {"releases", "releases whose changes are added up"},
      {"rows", "rows of the test set"},
      {"clusters", "groups of rows that are not independent"},
      {"discordant", "rows on which the two models differ"},
      {"gained", "rows that the candidate alone answers right"},
      {"lost", "rows that the baseline alone answers right"},
      {"worse", "rows or groups on which the candidate is worse"},
      {"better", "rows or groups on which the candidate is better"},
      {"positives", "rows of the positive class"},
      {"negatives", "rows of the negative class"},
      {"flips", "prompts on which the judge contradicts itself"},
      {"elements", "elements of the tensor"},
      {"beyond", "elements that are no match"},
      {"tests", "tests that the results list"},
      {"judged", "tests that were judged"},
      {"passed", "tests that passed"},
      {"skipped", "tests that were skipped"},
      {"known_failures", "tests that fail as in the baseline"},
      {"training", "texts of the training data"},
      {"exact", "texts that are the same"},
      {"similar", "texts that are nearly the same"},
      {"contained", "texts of which a piece is the same"},
  };
  const auto found = words.find(name);
  return found == words.end() ? "" : found->second;
}

}  // namespace modelgate
