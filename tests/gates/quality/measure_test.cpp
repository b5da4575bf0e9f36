#include "gates/quality/rules/measure.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "gates/quality/rules/tally.h"

namespace modelgate {
namespace {

Measure measure(Metric metric, Average average) { return {metric, average, 1, "", false}; }

/// counts[label][prediction]
ClassCounts counted(const std::vector<std::vector<int>>& table) {
  ClassCounts counts(table.size());
  for (std::size_t l = 0; l < table.size(); ++l)
    for (std::size_t p = 0; p < table.size(); ++p)
      counts.add(static_cast<std::int32_t>(l), static_cast<std::int32_t>(p), table[l][p]);
  return counts;
}

TEST(ValueTest, is_what_the_definitions_say) {
  const ClassCounts counts = counted({{50, 10}, {5, 35}});
  EXPECT_DOUBLE_EQ(value_of(measure(Metric::recall, Average::one_class), counts), 35.0 / 40);
  EXPECT_DOUBLE_EQ(value_of(measure(Metric::precision, Average::one_class), counts), 35.0 / 45);
  EXPECT_DOUBLE_EQ(value_of(measure(Metric::f1, Average::one_class), counts), 70.0 / 85);
  EXPECT_DOUBLE_EQ(value_of(measure(Metric::recall, Average::macro), counts), (50.0 / 60 + 35.0 / 40) / 2);
}

TEST(ValueTest, macro_is_over_the_classes_that_occur_as_labels) {
  const ClassCounts counts = counted({{8, 0, 2}, {1, 0, 3}, {0, 0, 0}});
  EXPECT_DOUBLE_EQ(value_of(measure(Metric::precision, Average::macro), counts), (8.0 / 9 + 0) / 2);
  EXPECT_DOUBLE_EQ(value_of(measure(Metric::recall, Average::macro), counts), (0.8 + 0) / 2);
}

TEST(ValueTest, without_a_denominator_is_not_defined) {
  const ClassCounts counts = counted({{10, 0}, {5, 0}});
  EXPECT_TRUE(std::isnan(value_of(measure(Metric::precision, Average::one_class), counts)));
  EXPECT_TRUE(std::isnan(value_of(measure(Metric::recall, Average::one_class), counted({{10, 5}, {0, 0}}))));
  EXPECT_TRUE(std::isnan(value_of(measure(Metric::f1, Average::macro), ClassCounts(3))));
}

/// The lowest value that any change of `rows` answers can reach, by trying all of them.
double lowest(const Measure& what, std::vector<std::vector<int>> table, int rows) {
  double least = value_of(what, counted(table));
  if (std::isnan(least)) least = 0;
  if (rows == 0) return least;
  for (std::size_t l = 0; l < table.size(); ++l)
    for (std::size_t from = 0; from < table.size(); ++from)
      for (std::size_t to = 0; to < table.size(); ++to) {
        if (from == to || table[l][from] == 0) continue;
        --table[l][from], ++table[l][to];
        least = std::min(least, lowest(what, table, rows - 1));
        ++table[l][from], --table[l][to];
      }
  return least;
}

TEST(LargestDropTest, is_never_exceeded_by_any_change_of_so_many_rows) {
  const std::vector<std::vector<std::vector<int>>> tables = {{{6, 1, 0}, {2, 5, 1}, {0, 1, 3}},
                                                             {{20, 0, 0}, {0, 3, 0}, {0, 0, 1}},
                                                             {{2, 2, 2}, {2, 2, 2}, {1, 0, 0}},
                                                             {{1, 1, 0}, {0, 9, 0}, {3, 0, 0}}};
  for (const auto& table : tables)
    for (const Metric metric : {Metric::recall, Metric::precision, Metric::f1})
      for (const int rows : {1, 2, 3}) {
        const Measure macro = measure(metric, Average::macro);
        const double drop = value_of(macro, counted(table)) - lowest(macro, table, rows);
        EXPECT_GE(largest_drop(macro, counted(table), rows) + 1e-12, drop);
        EXPECT_LE(largest_drop(macro, counted(table), rows), 4 * drop + 1e-12) << "the bound is useless";
      }
}

TEST(LargestDropTest, of_one_class_is_exact) {
  const std::vector<std::vector<std::vector<int>>> tables = {
      {{20, 4}, {3, 12}}, {{30, 0}, {0, 10}}, {{5, 8}, {9, 7}}};
  for (const auto& table : tables)
    for (const Metric metric : {Metric::recall, Metric::precision, Metric::f1})
      for (const int rows : {1, 2, 3, 4}) {
        const Measure one = measure(metric, Average::one_class);
        const double drop = value_of(one, counted(table)) - lowest(one, table, rows);
        EXPECT_NEAR(largest_drop(one, counted(table), rows), drop, 1e-12);
      }
}

Row row(std::int32_t label, std::int32_t before, std::int32_t now, std::int32_t cluster = 0) {
  Row result;
  result.label = label;
  result.baseline = before;
  result.candidate = now;
  result.cluster = cluster;
  return result;
}

Answers answers_of(const std::vector<Row>& rows, std::size_t classes, bool clustered) {
  Answers answers;
  answers.classes.resize(classes);
  answers.compared = true;
  answers.clustered = clustered;
  for (const Row& row : rows) answers.add(row);
  return answers;
}

Tally tally(const Measure& measure, const std::vector<Row>& rows, std::size_t classes, bool clustered) {
  const Answers answers = answers_of(rows, classes, clustered);
  return tally_of(measure, RowSample(answers));
}

TEST(TallyTest, counts_equal_rows_once_whatever_their_order) {
  const std::vector<Row> rows = {row(0, 0, 1), row(1, 1, 1), row(0, 0, 1), row(2, 2, 2)};
  const std::vector<Row> turned(rows.rbegin(), rows.rend());
  const Tally counted = tally(measure(Metric::f1, Average::macro), rows, 3, false);
  EXPECT_EQ(counted.multiplicity, (std::vector<std::int64_t>{2, 1, 1}));
  EXPECT_EQ(counted.units(), 4);
  EXPECT_EQ(tally(measure(Metric::f1, Average::macro), turned, 3, false).multiplicity, counted.multiplicity);
  EXPECT_EQ(changes_in(counted).differing, 2);
  EXPECT_EQ(changes_in(counted).harmful, 2);
  EXPECT_EQ(changes_in(counted).helpful, 0);
}

TEST(TallyTest, clusters_are_units) {
  const std::vector<Row> rows = {row(0, 0, 1, 5), row(0, 0, 1, 5), row(1, 1, 1, 5), row(1, 0, 1, 2)};
  const Tally counted = tally(measure(Metric::f1, Average::macro), rows, 2, true);
  EXPECT_EQ(counted.multiplicity, (std::vector<std::int64_t>{1, 1}));
  EXPECT_EQ(counted.rows_of_largest_unit(), 3);
  EXPECT_EQ(changes_in(counted).differing, 2);
  EXPECT_EQ(changes_in(counted).harmful, 1);
  EXPECT_EQ(changes_in(counted).helpful, 1);
}

TEST(TallyTest, of_a_share_takes_the_rows_that_it_is_over) {
  const std::vector<Row> rows = {row(1, 1, 2), row(2, 1, 2), row(1, 0, 1)};
  const Tally all = tally(measure(Metric::accuracy, Average::whole), rows, 3, false);
  EXPECT_EQ(all.units(), 3);
  const Tally of_one = tally(measure(Metric::recall, Average::one_class), rows, 3, false);
  EXPECT_EQ(of_one.units(), 2);
  EXPECT_EQ(changes_in(of_one).harmful, 1);
}

TEST(RowSampleTest, counts_the_same_kinds_with_a_table_and_without) {
  std::vector<Row> rows;
  for (int i = 0; i < 1000; ++i) rows.push_back(row(i % 3, i * i % 5, i * 7 % 4 - 1));
  const Answers few = answers_of(rows, 5, false), many = answers_of(rows, 100, false);
  const std::vector<RowKind> dense = RowSample(few).kinds(), sparse = RowSample(many).kinds();
  EXPECT_EQ(dense, sparse);
  std::int64_t count = 0;
  for (const RowKind& kind : dense) count += kind.count;
  EXPECT_EQ(count, 1000);
}

}  // namespace
}  // namespace modelgate
