#include "reporters/explain/reasons.h"

// Of what was measured and could be judged: by statistics, or element by element.

namespace modelgate {
namespace {

constexpr ReasonText texts[] = {
    {"non_inferiority_proven", "It is proven that the candidate is not worse than the margin allows.", ""},
    {"improvement_proven", "It is proven that the candidate is better than the baseline.", ""},
    {"target_reached", "The improvement that the plan asks for is proven.", ""},
    {"limit_held", "It is shown that the candidate's own value keeps the limit.", ""},
    {"within_tolerance", "Every element of the candidate's output is as near to the golden one as is asked.",
     ""},

    {"regression_proven",
     "It is proven that the candidate is worse than the margin allows. The data leave no room for chance "
     "as the cause, within the error rate of the verdict.",
     "Find out what changed and mend it; a second run of the same candidate says the same. If this is "
     "the price of something better, widen the margin in the plan, where everybody sees it, or waive "
     "this one check until a day.",
     NextStep::run_again},
    {"limit_exceeded", "The candidate's own value is above the limit, whatever the baseline has.",
     "Bring the value down, or raise the limit in the plan if it was set too low.", NextStep::run_again},
    {"limit_missed", "The candidate's own value is proven to be below the limit, whatever the baseline has.",
     "Raise the value, or lower the limit in the plan if it was set too high.", NextStep::run_again},
    {"target_missed",
     "An improvement was asked for, and it is proven that the candidate does not bring it. It need not "
     "be worse than the baseline.",
     "Improve the candidate further, or ask for a smaller gain in the plan.", NextStep::run_again},
    {"beyond_tolerance",
     "Elements of the candidate's output differ from the golden ones by more than the tolerance.",
     "If the outputs were to stay the same, look for what changed the arithmetic: weights, "
     "preprocessing, dtype, library. If they were to change, make new golden outputs, or give up this "
     "check for this release by a waiver.",
     NextStep::run_again},
    {"not_finite", "The candidate's output holds NaN or infinite elements where the golden one has numbers.",
     "Look for an overflow, a division by zero or a logarithm of zero; half precision overflows above "
     "65,504.",
     NextStep::run_again},
    {"not_finite_misplaced", "NaN or infinite elements stand in other places than in the golden output.",
     "Look for an overflow, a division by zero or a changed mask, such as that of the padding.",
     NextStep::run_again},
    {"tensor_missing", "The golden output has a tensor that the candidate does not put out.",
     "Restore the output or its name; if it was removed on purpose, make new golden outputs.",
     NextStep::run_again},
    {"dtype_differs", "A tensor has another type of number than the golden one.",
     "Convert it back; if the new type is meant, make new golden outputs.", NextStep::run_again},
    {"shape_differs", "A tensor has another shape than the golden one.",
     "Restore the shape; if the new one is meant, make new golden outputs.", NextStep::run_again},

    {"cannot_tell",
     "The data neither prove that the candidate is worse than is allowed, nor that it is not: what may "
     "be the truth reaches over the line on both sides. This is no pass and no failure.",
     "More data decide it, or a wider margin. Running the same again until it is green is no proof.",
     NextStep::more_data},
    {"not_proven_among_many",
     "By itself this check would fail. But among so many checks one looks bad by chance every so often, "
     "and with the correction for their number the failure is not proven.",
     "Measure more: a real regression becomes clear, chance goes away.", NextStep::more_data},
    {"rules_disagree",
     "Two methods that rest on different assumptions prove opposite things from the same data, so "
     "neither is believed.",
     "Measure more, on a quieter machine or with more rows. If it stays, look at the data for outliers.",
     NextStep::more_data},
    {"too_few_pairs",
     "There are too few repeated runs to decide anything. The processes are what counts: many iterations "
     "inside one process share its luck.",
     "Measure more pairs of processes.", NextStep::more_data},
    {"too_few_rows", "There are too few rows for this metric to decide anything.", "Answer more rows.",
     NextStep::run_again},
    {"slice_too_small", "The slice has too few rows to decide anything about it.",
     "Add rows of this slice to the test set, or judge small slices together (small_slices: pool).",
     NextStep::run_again},
    {"too_few_positives", "There are too few rows of the positive class to decide anything.",
     "Add positive rows to the test set.", NextStep::run_again},
    {"too_few_negatives", "There are too few rows of the negative class to decide anything.",
     "Add negative rows to the test set.", NextStep::run_again},
    {"too_few_clusters",
     "The rows come in groups that are not independent (one document, one person), and there are too few "
     "groups.",
     "Add rows of other groups; more rows of the same ones tell little.", NextStep::run_again},
    {"too_few_discordant",
     "Baseline and candidate differ in hardly any row, and there are too few rows to exclude that the "
     "candidate loses more than is allowed on rows that were not seen.",
     "Add rows to the test set, or allow a wider margin.", NextStep::run_again},
    {"judge_unstable",
     "The judge contradicts itself: it prefers another answer when the two change places, on more "
     "prompts than is declared as bearable.",
     "Take a better judge or clearer instructions for it, and ask it again.", NextStep::run_again},
    {"undefined", "On these rows the metric has no value.",
     "Look at the sentence for what is missing, such as a class that is never predicted; add such rows "
     "or take another metric.",
     NextStep::run_again},
    {"degenerate",
     "The rows do not show how much the metric could change by chance, so nothing can be proven with them.",
     "Add rows that differ, or take another metric.", NextStep::run_again},
    {"not_a_number", "The comparison gave no number, and what is no number never passes.",
     "Look for NaN or infinite values among what was measured.", NextStep::read_logs},

    {"first_release", "There is no baseline yet to compare with. This check counts for nothing.",
     "It is judged from the next release on. Limits of its own can be demanded today."},
    {"new_benchmark", "The baseline has no such benchmark, so there is nothing to compare with.",
     "It is judged once a release has it. A limit of its own can be demanded today."},
    {"new_tensor", "The golden outputs have no such tensor, so there is nothing to compare with.",
     "Make new golden outputs if it is to be judged."},
    {"no_limit", "This share is told, and nothing was demanded of it.", "Demand a limit if it matters."},
};

}  // namespace

std::span<const ReasonText> reasons_of_decisions() { return texts; }

}  // namespace modelgate
