// Every line of reference/table.jsonl, which reference/make.py computes from the published definitions.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <map>

#include "gates/metrics/text/letters.h"
#include "gates/metrics/text/rouge.h"
#include "gates/metrics/text/token_f1.h"
#include "tests/gates/metrics/text/corpus.h"

namespace modelgate {
namespace {

using nlohmann::json;

constexpr double kTolerance = 1e-9;

std::vector<TextRow> rows_of(const json& item) {
  std::vector<TextRow> rows;
  for (const json& row : item.at("rows")) rows.push_back({row.at(0), row.at(1)});
  return rows;
}

void expect_equal(double value, const json& expected, const json& item) {
  if (expected.is_null()) {
    EXPECT_TRUE(std::isnan(value)) << value << " in " << item;
  } else {
    EXPECT_NEAR(value, expected.get<double>(), kTolerance) << item;
  }
}

/// Compares what `count` says of each row, and the score of the sum.
template <std::size_t N, typename Count, typename Score>
void expect_counts(const json& item, Count count, Score score) {
  RowCounts<N> sum{};
  const std::vector<TextRow> rows = rows_of(item);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const RowCounts<N> counts = count(rows[i]);
    EXPECT_EQ(counts, (item.at("counts").at(i).get<RowCounts<N>>())) << "row " << i << " of " << item;
    add(sum, counts);
  }
  expect_equal(score(sum), item.at("score"), item);
}

void check_bleu(const json& item) {
  const BleuOptions options{bleu_tokens_from(item.at("tokens").get<std::string>()).value(),
                            item.at("lower_case").get<bool>()};
  expect_counts<10>(
      item, [&](const TextRow& row) { return bleu_counts(row.hypothesis, row.views(), options); },
      bleu_score);
}

void check_chrf(const json& item) {
  const ChrfOptions options{item.at("word_order").get<int>(), item.at("lower_case").get<bool>()};
  expect_counts<24>(
      item, [&](const TextRow& row) { return chrf_counts(row.hypothesis, row.views(), options); },
      [](const ChrfCounts& sum) { return chrf_score(sum); });
}

void check_errors(const json& item) {
  const auto errors = item.at("metric") == "wer" ? word_errors : character_errors;
  const Normalisation normalisation = normalisation_from(item.at("normalisation").get<std::string>()).value();
  expect_counts<2>(
      item, [&](const TextRow& row) { return errors(row.hypothesis, row.references.front(), normalisation); },
      error_rate);
}

void expect_rouge(const RougeScore& score, const json& expected, const json& item) {
  expect_equal(score.precision, expected.at(0), item);
  expect_equal(score.recall, expected.at(1), item);
  expect_equal(score.f_measure, expected.at(2), item);
}

void check_rouge(const json& item) {
  const RougeTokens tokens = rouge_tokens_from(item.at("tokens").get<std::string>()).value();
  const std::vector<TextRow> rows = rows_of(item);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& hypothesis = rows[i].hypothesis;
    expect_rouge(rouge_l(hypothesis, rows[i].views(), tokens), item.at("rouge_l").at(i), item);
    expect_rouge(rouge_n(hypothesis, rows[i].views(), 1, tokens), item.at("rouge_1").at(i), item);
    expect_rouge(rouge_n(hypothesis, rows[i].views(), 2, tokens), item.at("rouge_2").at(i), item);
  }
}

void check_match(const json& item) {
  const Normalisation normalisation = normalisation_from(item.at("normalisation").get<std::string>()).value();
  const std::vector<TextRow> rows = rows_of(item);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& hypothesis = rows[i].hypothesis;
    EXPECT_EQ(normalised(hypothesis, normalisation), item.at("normalised").at(i)) << item;
    EXPECT_EQ(exact_match(hypothesis, rows[i].views(), normalisation), item.at("exact").at(i)) << item;
    expect_equal(token_f1(hypothesis, rows[i].views(), normalisation), item.at("f1").at(i), item);
  }
}

void check_letters(const json& item) {
  const std::vector<TextRow> rows = rows_of(item);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string& text = rows[i].hypothesis;
    EXPECT_EQ(lower_case(text), item.at("lower").at(i)) << text;
    EXPECT_EQ(normal_form(text, NormalForm::composed), item.at("composed").at(i)) << text;
    EXPECT_EQ(normal_form(text, NormalForm::compatible), item.at("compatible").at(i)) << text;
    EXPECT_EQ(normal_form(text, NormalForm::folded), item.at("folded").at(i)) << text;
  }
}

TEST(TextReferenceTest, agrees_with_the_published_definitions_to_nine_digits) {
  const std::map<std::string, void (*)(const json&)> checks = {
      {"bleu", check_bleu},   {"chrf", check_chrf},   {"wer", check_errors},     {"cer", check_errors},
      {"rouge", check_rouge}, {"match", check_match}, {"letters", check_letters}};
  std::ifstream file(MODELGATE_SOURCE_DIR "/tests/gates/metrics/text/reference/table.jsonl");
  std::map<std::string, int> cases;
  for (std::string line; std::getline(file, line);) {
    const json item = json::parse(line);
    checks.at(item.at("metric"))(item);
    ++cases[item.at("metric")];
    if (HasFailure()) break;
  }
  EXPECT_GE(cases["bleu"], 50);
  EXPECT_GE(cases["chrf"], 25);
  EXPECT_GE(cases["wer"] + cases["cer"], 80);
  EXPECT_GE(cases["rouge"], 40);
  EXPECT_GE(cases["match"], 80);
  EXPECT_GE(cases["letters"], 1);
}

}  // namespace
}  // namespace modelgate
