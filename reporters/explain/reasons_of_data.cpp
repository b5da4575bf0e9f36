#include "reporters/explain/reasons.h"

// Of what was measured and cannot be compared.

namespace modelgate {
namespace {

constexpr ReasonText texts[] = {
    {"benchmark_missing", "What the baseline was measured by is missing among the candidate's results.",
     "Bring the benchmark or quantity back; if it was removed on purpose, leave it out of the plan, too.",
     NextStep::run_again},
    {"nothing_measured", "There is nothing among the results that could be judged.",
     "Look whether what was to be measured ran at all, and whether a filter leaves everything out.",
     NextStep::read_logs},
    {"unusable_values", "Values are zero, negative, NaN or infinite where a size or a time must be positive.",
     "Look at what the benchmark reports; a time of 0 often means that the compiler removed the work.",
     NextStep::read_logs},
    {"units_differ", "Baseline and candidate measure in different units.", "Measure both in the same unit.",
     NextStep::run_again},
    {"pairs_incomplete", "Some process pairs lack one of their two sides.",
     "Look for processes that crashed or were cut off, and measure again.", NextStep::read_logs},
    {"direction_unknown", "Nothing tells whether more or less of this quantity is better.",
     "Say so in the plan: better: {NAME: higher} or {NAME: lower}.", NextStep::run_again},
    {"direction_contradicted",
     "Baseline and candidate, or the plan and the results, disagree on whether more or less is better.",
     "Say the same everywhere.", NextStep::run_again},
    {"margin_unusable", "The margin makes no sense for this quantity: a rate cannot fall by 100 % or more.",
     "Ask for a smaller margin in the plan.", NextStep::run_again},
    {"environment_differs",
     "Baseline and candidate were measured on machines, or in settings, that are not the same, so that a "
     "difference would say nothing about the candidate.",
     "Measure both here, which modelgate run does, or allow the field to differ (may_differ) if it "
     "cannot matter.",
     NextStep::run_again},
    {"looks_exceeded",
     "There are more pairs or rows than were declared before the first look. Adding data after having "
     "looked would make a wrong verdict more likely than is promised.",
     "Start anew, with as many looks as you want declared beforehand.", NextStep::run_again},
    {"looks_unusable",
     "The declared looks do not fit: they do not rise, or the two sides were looked at differently.",
     "Start anew, with the same rising looks for both sides.", NextStep::run_again},
    {"nothing_compared",
     "There was nothing to compare: no tensor, no element, or no check that compared anything.",
     "Look whether the baseline's and the candidate's files are the right ones, and not empty.",
     NextStep::read_logs},

    {"ids_missing", "Baseline and candidate do not answer the same rows: some ids are in one file alone.",
     "Let both answer every row of the same test set.", NextStep::run_again},
    {"ids_repeated", "An id stands in several rows, and it cannot be told which belong together.",
     "Give every row an id of its own; repeated answers to one row are told apart by `sample`.",
     NextStep::run_again},
    {"labels_differ",
     "The same rows have other labels in the two files, so that right and wrong mean something else.",
     "Use one test set with one set of labels for both.", NextStep::run_again},
    {"references_differ", "The same rows have other reference texts in the two files.",
     "Use one test set with one set of references for both.", NextStep::run_again},
    {"clusters_differ", "The same rows are grouped in another way in the two files.",
     "Use one test set with one grouping for both.", NextStep::run_again},
    {"slices_differ", "The same rows belong to other slices in the two files.",
     "Use one test set with the same slices for both.", NextStep::run_again},
    {"test_set_differs", "Under the same ids the two files hold other examples: another test set.",
     "Let both answer the same test set.", NextStep::run_again},
    {"slice_missing", "A slice that is expected, or that one of the files has, has no row with an answer.",
     "Restore its rows, or let the plan no longer expect it.", NextStep::run_again},
    {"value_out_of_range",
     "A row holds what cannot be, such as a probability above 1 or a text without a reference.",
     "Mend what writes the rows; the sentence names the line.", NextStep::run_again},
    {"field_missing", "The rows lack a field that this check needs.",
     "Let the rows carry it, or map another field's name to it.", NextStep::run_again},
    {"class_missing", "A class that this check is about never occurs in the rows.",
     "Look for a slip in the class's name, or add rows of it.", NextStep::run_again},
    {"classes_differ", "Predictions or scores are of other classes than the labels.",
     "Use the same names of classes for labels, predictions and scores.", NextStep::run_again},
    {"too_many_errors",
     "More rows have no answer (`error`) than are allowed, and a missing answer is never a right one.",
     "Mend what keeps the model from answering, or allow more (maximum_errors).", NextStep::read_logs},
    {"too_many_slices", "The field has so many values that slices by it would say nothing.",
     "Slice by a field with few values, or put numbers into bins (by=length[0,10,100]).",
     NextStep::run_again},
};

}  // namespace

std::span<const ReasonText> reasons_of_data() { return texts; }

}  // namespace modelgate
