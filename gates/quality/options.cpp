#include <set>

#include "gates/quality/examples/curves.h"
#include "gates/quality/percentage.h"
#include "gates/quality/quality.h"
#include "schemas/rows/redaction.h"
#include "schemas/tool/error.h"
#include "schemas/tool/suggestion.h"

namespace modelgate {
namespace {

/// What is not to be shown: labels, predictions and scores by class tell each other. A field that the checks
/// are by cannot be hidden, for its values are the names of the slices.
std::vector<std::string> redacted_fields(std::vector<std::string> fields, const QualityDemands& demands) {
  for (const std::string& field : fields)
    if (field.empty()) throw usage_error("--redact", "names no field");
  const auto request = [&] {
    RowRequest request;
    request.names = demands.fields;
    request.redacted = fields;
    return request;
  };
  for (const Slicing& slicing : slicings_of(demands.checks))
    for (const SliceField& field : slicing)
      if (is_redacted(request(), field.name) || is_redacted(request(), "slices." + field.shown()))
        throw usage_error("--redact", "hides '" + field.shown() + "', by which checks are parted",
                          "The values of that field are the names of the slices.");
  if (is_redacted(request(), "label") || is_redacted(request(), "prediction"))
    for (const char* field : {"label", "prediction", "scores"})
      if (!is_redacted(request(), field)) fields.emplace_back(field);
  return fields;
}

}  // namespace

void QualityOptions::declare(OptionSet& options) {
  options.list(
      "check", checks, "TEXT",
      "What must hold, such as 'accuracy margin=1pp min=0.9', 'recall(refund) margin=2pp by=lang', 'f1:macro "
      "gain=1pp' or 'perplexity margin=2%'. Metrics: " +
          listing(metric_names()),
      Need::required);
  options.list("slice", slices, "FIELD",
               "Hold every check of all rows in each slice, too: lang, lang*channel, or length[0,10,100]");
  options.list("expect-slice", expected_slices, "SLICE", "A slice that must be there, such as lang=zh");
  options.text("positive", positive, "CLASS", "The class that 'score' is of, and that recall alone means");
  options.integer("minimum-rows", minimum_rows, 1, 1'000'000'000, "N",
                  "Fewer rows decide nothing (default: 30)");
  options.integer("minimum-slice", minimum_slice, 1, 1'000'000'000, "N",
                  "Fewer rows of a slice decide nothing about it (default: 30)");
  options.choice("small-slices", small_slices, {"inconclusive", "pool"},
                 "Leave each undecided, or judge all of a field together");
  options.text("maximum-errors", maximum_errors, "PERCENT",
               "Rows that carry an error instead of an answer are let through up to this share");
  options.integer("seed", seed, 0, INT64_MAX, "N", "Of the bootstrap (default: 20140919)");
  options.text("examples", examples, "FILE",
               "Write the rows here that were lost, gained or answered otherwise, as JSONL");
  options.text("curves", curves, "FILE",
               "Write the ROC or precision-recall curves of checks of scores there, of both models, as CSV");
  options.integer("examples-most", examples_most, 1, 10'000, "N", "Rows of each kind (default: 50)");
  options.list("redact", redacted, "FIELD", "Mask the values of this field in all that is written");
  options.list("field", fields, "NAME=FIELD",
               "What a field is called in the files, such as prediction=answer");
}

QualityDemands QualityOptions::demands() const {
  QualityDemands demands;
  std::set<std::tuple<std::string, std::vector<std::string>, const char*>> seen;
  for (const std::string& text : checks) {
    const CheckText check = parse_check(text);
    const auto see = [&](bool asked, const char* kind) {
      if (asked && !seen.insert({check.name, shown_names(slicing_of(check)), kind}).second)
        throw usage_error("--check '" + text + "'", "asks for what another check asks for already",
                          "One check of a metric and slice can have one margin, one gain and one limit.");
    };
    see(check.margin.has_value(), "margin");
    see(check.gain.has_value(), "gain");
    see(check.minimum || check.maximum, "limit");
    demands.checks.push_back(check);
  }
  demands.checks = with_slices(demands.checks, slices);
  demands.expected_slices = modelgate::expected_slices(expected_slices, demands.checks);
  demands.small_slices = {minimum_slice, small_slices == "pool"};
  for (const std::string& text : fields) {
    const std::size_t at = text.find('=');
    if (at == std::string::npos || at == 0 || at + 1 == text.size())
      throw usage_error("--field", "'" + text + "' is not NAME=FIELD", "Such as prediction=answer.");
    if (!demands.fields.emplace(text.substr(0, at), text.substr(at + 1)).second)
      throw usage_error("--field", "'" + text.substr(0, at) + "' is given twice");
  }
  demands.positive = positive;
  demands.minimum_rows = minimum_rows;
  demands.maximum_errors = share_of("--maximum-errors", maximum_errors);
  demands.seed = static_cast<std::uint64_t>(seed);
  demands.redacted = redacted_fields(redacted, demands);
  demands.curves = !curves.empty();
  if (demands.curves && std::none_of(demands.checks.begin(), demands.checks.end(), has_curve))
    throw usage_error("--curves", "no check depends on the order of scores",
                      "Add a check such as 'roc_auc margin=1pp' or 'average_precision margin=1pp'.");
  if (!examples.empty()) {
    if (!need_predictions(demands))
      throw usage_error("--examples", "no check is of predicted classes, and only their rows can be shown",
                        "Add a check such as 'accuracy margin=1pp'.");
    demands.examples_most = examples_most;
  }
  return demands;
}

}  // namespace modelgate
