#include "gates/quality/checks/check_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>

#include "schemas/tool/error.h"

namespace modelgate {
namespace {

using ::testing::HasSubstr;

TEST(CheckTextTest, reads_what_people_write) {
  const CheckText accuracy = parse_check("accuracy margin=1pp min=0.85");
  EXPECT_EQ(accuracy.name, "accuracy");
  EXPECT_EQ(accuracy.metric, Metric::accuracy);
  EXPECT_EQ(accuracy.average, Average::whole);
  EXPECT_DOUBLE_EQ(accuracy.margin.value().size, 0.01);
  EXPECT_DOUBLE_EQ(accuracy.minimum.value(), 0.85);

  const CheckText recall = parse_check("  recall(refund)   by=lang margin=2.5pp ");
  EXPECT_EQ(recall.name, "recall(refund)");
  EXPECT_EQ(recall.average, Average::one_class);
  EXPECT_EQ(recall.class_name, "refund");
  EXPECT_EQ(recall.by, "lang");
  EXPECT_FALSE(recall.minimum);

  EXPECT_EQ(parse_check("f1(macro) margin=1pp").average, Average::macro);
  EXPECT_EQ(parse_check("f1(micro) margin=1pp").average, Average::whole);
  EXPECT_EQ(parse_check("roc_auc margin=0.5pp").average, Average::one_class);
  EXPECT_EQ(parse_check("roc_auc margin=0pp").margin, (Change{0, false}));
  EXPECT_EQ(parse_check("f1:macro margin=1pp").average, Average::macro);
  EXPECT_EQ(parse_check("f1:macro margin=1pp").name, "f1:macro");
  EXPECT_EQ(parse_check("recall:refund margin=1pp").class_name, "refund");
  EXPECT_EQ(parse_check("f1(weighted) margin=1pp").average, Average::weighted);
  EXPECT_EQ(parse_check("recall(weighted) margin=1pp").average, Average::whole);
  EXPECT_EQ(parse_check("balanced_accuracy margin=1pp").average, Average::macro);
  EXPECT_EQ(parse_check("log_loss margin=5%").average, Average::whole);
  EXPECT_EQ(parse_check("log_loss(refund) margin=5%").average, Average::one_class);
}

TEST(CheckTextTest, reads_margins_and_limits_as_the_metric_has_them) {
  EXPECT_EQ(parse_check("mae margin=0.25").margin, (Change{0.25, false}));
  EXPECT_EQ(parse_check("mae margin=5%").margin, (Change{0.05, true}));
  EXPECT_EQ(parse_check("perplexity margin=2%").margin, (Change{0.02, true}));
  EXPECT_EQ(parse_check("accuracy gain=1pp").gain, (Change{0.01, false}));
  EXPECT_EQ(parse_check("rmse gain=3%").gain, (Change{0.03, true}));
  EXPECT_EQ(parse_check("rmse max=12.5").maximum, 12.5);
  EXPECT_EQ(parse_check("r2 min=-0.5").minimum, -0.5);
  EXPECT_EQ(parse_check("wer max=130%").maximum, 1.3);
  EXPECT_EQ(parse_check("fpr_at_tpr(x) at=0.95 max=5%").maximum, 0.05);
}

TEST(CheckTextTest, reads_what_a_metric_leaves_open) {
  EXPECT_EQ(parse_check("ndcg@10 margin=1pp").places, 10);
  EXPECT_EQ(parse_check("recall@5 margin=1pp").metric, Metric::recall_of_ranking);
  EXPECT_EQ(parse_check("top@5 margin=1pp").metric, Metric::top);
  EXPECT_EQ(parse_check("mrr margin=1pp").places, 0);
  EXPECT_EQ(parse_check("mean(metrics.helpfulness) prefer=higher margin=0.1").field, "metrics.helpfulness");
  EXPECT_TRUE(parse_check("mean(metrics.toxicity) margin=0.1 prefer=lower").lower_is_better());
  const CheckText exact = parse_check("exact_match margin=1pp normalise=trim+casefold");
  EXPECT_EQ(exact.name, "exact_match normalise=trim+casefold") << "two such checks are told apart";
  EXPECT_EQ(exact.settings.normalise, "trim+casefold");
  EXPECT_EQ(parse_check("recall_at_precision(x) at=90% min=0.5").settings.at, 0.9);
  EXPECT_EQ(parse_check("calibration_error bins=20 max=5%").settings.bins, 20);
  EXPECT_EQ(parse_check("chrf words=2 margin=1").settings.words, 2);
  EXPECT_EQ(parse_check("win_rate flips=30% margin=2pp").settings.most_flips, 0.3);
}

TEST(CheckTextTest, every_metric_of_the_catalogue_can_be_asked_for) {
  for (const MetricEntry& entry : catalogue()) {
    const std::string name = entry.name;
    std::string text = name;
    if (entry.argument == Argument::places) text += name.back() == '@' ? "5" : "@5";
    if (entry.argument == Argument::field) text += "(metrics.x) prefer=higher";
    if (std::string(entry.settings).find("at ") == 0) text += "(x) at=0.9";
    text += entry.family == Family::flips    ? " max=2%"
            : entry.scale == Scale::fraction ? " margin=1pp"
                                             : " margin=1%";
    EXPECT_EQ(parse_check(text).metric, entry.metric) << text;
  }
}

TEST(CheckTextTest, a_class_may_be_called_anything) {
  EXPECT_EQ(parse_check("recall(lost card) margin=1pp").class_name, "lost card");
  EXPECT_EQ(parse_check("recall(lost card) margin=1pp").name, "recall(lost card)");
  EXPECT_EQ(parse_check("recall(退款) margin=1pp").class_name, "退款");
  const CheckText quoted = parse_check("recall(\"macro\") margin=1pp");
  EXPECT_EQ(quoted.class_name, "macro");
  EXPECT_EQ(quoted.average, Average::one_class);
  EXPECT_EQ(parse_check(R"(recall("a)\"b") margin=1pp)").class_name, "a)\"b");
  EXPECT_EQ(parse_check("recall(a) margin=1pp by=\"customer type\"").by, "customer type");
}

/// A text, the column that is named, and words of what is said.
struct Refusal {
  std::string text;
  int column;
  std::string words;
};

void PrintTo(const Refusal& refusal, std::ostream* stream) { *stream << refusal.text; }

class RefusalTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusalTest, names_the_column_and_what_was_meant) {
  try {
    parse_check(GetParam().text);
    FAIL() << "taken: " << GetParam().text;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_THAT(error.where(), HasSubstr("column " + std::to_string(GetParam().column))) << error.what();
    EXPECT_THAT(error.what(), HasSubstr(GetParam().words));
  }
}

INSTANTIATE_TEST_SUITE_P(
    CheckText, RefusalTest,
    ::testing::Values(
        Refusal{"", 1, "a metric is expected"}, Refusal{"   ", 4, "a metric is expected"},
        Refusal{"margin=1pp", 1, "a metric is expected"},
        Refusal{"acuracy margin=1pp", 1, "Did you mean 'accuracy'?"},
        Refusal{"auc margin=1pp", 1, "Did you mean 'roc_auc'?"},
        Refusal{"macro_f1 margin=1pp", 1, "Did you mean 'f1(macro)'?"},
        Refusal{"blau margin=1pp", 1, "Did you mean 'bleu'?"},
        Refusal{"speed margin=1pp", 1, "The metrics are"},
        Refusal{"bleu margin=1pp", 13, "has no percentage points"},
        Refusal{"perplexity margin=1", 19, "percent of the baseline"},
        Refusal{"mae margin=100%", 12, "less than 100 %"}, Refusal{"mae margin=-1", 12, "is not negative"},
        Refusal{"mae min=1", 10, "needs no minimum"}, Refusal{"perplexity max=0.5", 16, "lies above 1"},
        Refusal{"r2 max=1", 9, "needs no maximum"}, Refusal{"accuracy gain=0pp", 15, "a gain of 0 is none"},
        Refusal{"ndcg margin=1pp", 1, "Write ndcg@5"}, Refusal{"ndcg@0 margin=1pp", 6, "no number of places"},
        Refusal{"ndcg@x margin=1pp", 6, "no number of places"}, Refusal{"ndcg(5) margin=1pp", 5, "ndcg@5"},
        Refusal{"accuracy@5 margin=1pp", 9, "has no number of places"},
        Refusal{"mean margin=1", 1, "mean(FIELD)"},
        Refusal{"mean() prefer=lower margin=1", 6, "field is empty"},
        Refusal{"mean(x) margin=1", 17, "prefer=higher or prefer=lower"},
        Refusal{"mean(x) prefer=more margin=1", 16, "neither lower nor higher"},
        Refusal{"recall_at_precision(x) margin=1pp", 34, "at which precision is open"},
        Refusal{"fpr_at_tpr(x) at=0 max=1%", 18, "lies above 0 %"},
        Refusal{"calibration_error bins=1 max=5%", 24, "from 2 to 1000"},
        Refusal{"exact_match normalise=upper margin=1pp", 23, "no normalisation"},
        Refusal{"bleu tokens=words margin=1", 13, "13a, char, zh or none"},
        Refusal{"rouge_l tokens=13a margin=1pp", 16, "ascii, words or characters"},
        Refusal{"accuracy bins=5 margin=1pp", 10, "not understood here"},
        Refusal{"ece max=5%", 1, "Did you mean 'calibration_error'?"},
        Refusal{"accuracy", 9, "nothing that must hold"},
        Refusal{"accuracy by=lang", 17, "nothing that must hold"},
        Refusal{"accuracy(x) margin=1pp", 9, "recall(x) is the accuracy"},
        Refusal{"roc_auc(macro) margin=1pp", 8, "no macro average"},
        Refusal{"recall(x margin=1pp", 7, "bracket is not closed"},
        Refusal{"recall(\"x) margin=1pp", 8, "quote is not closed"},
        Refusal{"recall() margin=1pp", 8, "class is empty"},
        Refusal{"recall(x)margin=1pp", 10, "blank is expected"},
        Refusal{"accuracy=1pp", 9, "blank is expected"},
        Refusal{"accuracy margn=1pp", 10, "Did you mean 'margin'?"},
        Refusal{"accuracy 1pp", 10, "What may follow the metric"},
        Refusal{"accuracy margin", 16, "'=' is expected"},
        Refusal{"accuracy margin =1pp", 16, "'=' is expected"},
        Refusal{"accuracy margin= 1pp", 17, "has no value"},
        Refusal{"accuracy margin=1pp margin=2pp", 21, "given twice"},
        Refusal{"accuracy min=0.5 min=0.6", 18, "given twice"},
        Refusal{"accuracy margin=1%", 17, "Write 1pp"},
        Refusal{"accuracy margin=0.01", 17, "Write 1pp if it is a fraction"},
        Refusal{"accuracy margin=1", 17, "has no unit"},
        Refusal{"accuracy margin=1points", 17, "is no margin"},
        Refusal{"accuracy margin=-1pp", 17, "between 0pp and 100pp"},
        Refusal{"accuracy margin=100pp", 17, "between 0pp"},
        Refusal{"accuracy margin=nanpp", 17, "is no margin"},
        Refusal{"accuracy margin=1e999pp", 17, "is no margin"},
        Refusal{"accuracy margin=1,5pp", 17, "is no margin"},
        Refusal{"accuracy min=85%", 14, "Write min=0.85"}, Refusal{"accuracy min=85", 14, "Write min=0.85"},
        Refusal{"accuracy min=1", 14, "no sample can prove"},
        Refusal{"accuracy min=0", 14, "between 0 and 1"}, Refusal{"accuracy min=-0.5", 14, "between 0 and 1"},
        Refusal{"accuracy min=inf", 14, "not a fraction"}, Refusal{"accuracy min=x", 14, "not a fraction"},
        Refusal{"negative_flip_rate", 19, "takes a maximum and nothing else"},
        Refusal{"negative_flip_rate margin=1pp", 30, "Write max=2%"},
        Refusal{"negative_flip_rate max=2% min=0.5", 34, "takes a maximum and nothing else"},
        Refusal{"negative_flip_rate(x) max=2%", 19, "over all classes"},
        Refusal{"negative_flip_rate max=2", 24, "Write max=2%"},
        Refusal{"negative_flip_rate max=2pp", 24, "is no share"},
        Refusal{"negative_flip_rate max=0%", 24, "between 0 % and 100 %"},
        Refusal{"negative_flip_rate max=100%", 24, "between 0 % and 100 %"},
        Refusal{"negative_flip_rate max=nan%", 24, "is no share"},
        Refusal{"negative_flip_rate max=1% max=2%", 27, "given twice"},
        Refusal{"nfr max=1%", 1, "Did you mean 'negative_flip_rate'?"},
        Refusal{"accuracy max=2%", 16, "needs no maximum"},
        Refusal{"recall(退款) margin=1%", 19, "Write 1pp"},
        Refusal{"accuracy\nmargin=1pp", 1, "cannot be printed"},
        Refusal{std::string("accuracy\0margin=1pp", 19), 1, "cannot be printed"},
        Refusal{"accuracy by=", 13, "has no value"}));

}  // namespace
}  // namespace modelgate
