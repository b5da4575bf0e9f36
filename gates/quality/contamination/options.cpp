#include "gates/quality/contamination/options.h"

#include "gates/quality/percentage.h"
#include "schemas/tool/error.h"

namespace modelgate {
namespace {

/// Of what two texts must share: a share of nothing would make all texts alike.
double positive_share(const std::string& option, const std::string& text) {
  const double share = share_of(option, text);
  if (!(share >= 0.1)) throw usage_error(option, "'" + text + "' is below 10%: unlike texts would be alike");
  return share;
}

}  // namespace

void ContaminationOptions::declare(OptionSet& options) {
  options.list("train", training.paths, "FILE",
               "Training data, in which test texts are looked for: JSONL, CSV, lines (.txt), or a folder of "
               "part files");
  options.text("train-field", training.field, "FIELD", "The text of a training row");
  options.flag("train-lines", training.are_lines, "Every line of the training data is a text");
  options.text("test", test, "FILE",
               "Rows with the test texts ('input') by id (default: the candidate's answers hold them)");
  options.text("contaminated", contaminated, "PERCENT",
               "The share of test texts that may be in the training data (default: it is only told)");
  options.text("repeated", repeated, "PERCENT",
               "The share of test texts that may repeat others (default: it is only told)");
  options.text("similar", similar, "PERCENT",
               "Texts that share as much of their shingles are nearly the same");
  options.integer("shingle", shingle, 1, 100, "WORDS", "Of a shingle (default: 2)");
  options.text("contained", contained, "PERCENT",
               "A test text of whose n-grams the training data hold as much is contained in them");
  options.integer("ngram", ngram, 2, 100, "WORDS", "Of an n-gram (default: 8)");
}

std::optional<ContaminationDemands> ContaminationOptions::demands() const {
  ContaminationDemands demands;
  demands.training = training;
  demands.test = test;
  demands.rule = {positive_share("--similar", similar), shingle, positive_share("--contained", contained),
                  ngram};
  if (!contaminated.empty()) demands.contaminated = share_of("--contaminated", contaminated);
  if (!repeated.empty()) demands.repeated = share_of("--repeated", repeated);
  if (!training.paths.empty()) return demands;
  if (demands.contaminated)
    throw usage_error("--contaminated", "needs the training data", "Name them: --train FILE.");
  if (training.are_lines) throw usage_error("--train-lines", "is given without --train");
  if (demands.repeated) return demands;
  if (!test.empty()) throw usage_error("--test", "is given without --train or --repeated");
  return std::nullopt;
}

}  // namespace modelgate
