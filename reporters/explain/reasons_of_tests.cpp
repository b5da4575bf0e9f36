#include "reporters/explain/reasons.h"

// Of tests.

namespace modelgate {
namespace {

constexpr ReasonText texts[] = {
    {"still_passes", "The test passes, as it did in the baseline.", ""},
    {"passes", "The test passes.", ""},
    {"new_test", "The test is new, and passes.", ""},
    {"fixed", "The test failed in the baseline and passes now.", ""},
    {"flaky",
     "The test did not pass at first, and passed when it was run again. Whether that counts as a pass or "
     "a failure is the plan's choice (fail_on_flaky).",
     "Find out on what it depends: time, order, a random seed, another test's files. Every attempt is "
     "recorded here.",
     NextStep::run_again},
    {"enough_tests", "As many tests were judged as the plan demands.", ""},

    {"new_failure", "The test fails, and no failure of it is known from the baseline.",
     "Read its message, run it alone, and mend what it shows.", NextStep::run_again},
    {"new_crash", "The test's process died, and that is not known from the baseline.",
     "Run the test alone in a debugger, or build with a sanitizer.", NextStep::run_again},
    {"new_timeout",
     "The test did not end in the time that it is given, and that is not known from the baseline.",
     "Look for a deadlock or an endless loop. If it is only slow, allow it more time in the plan.",
     NextStep::run_again},
    {"test_vanished", "A test that passed in the baseline is gone, so nobody knows whether it still holds.",
     "Bring it back. If it was removed on purpose, waive it until the release that becomes the next "
     "baseline.",
     NextStep::run_again},
    {"newly_skipped",
     "A test that passed in the baseline is skipped now, so nobody knows whether it still holds.",
     "Let it run again: look for the condition by which it is skipped.", NextStep::run_again},
    {"too_few_tests", "Fewer tests were judged than the plan demands.",
     "Look for tests that are no longer built, found or run. If they were removed on purpose, lower "
     "minimum_tests.",
     NextStep::run_again},

    {"no_tests", "The candidate's results hold no test at all, and nothing is never a pass.",
     "Look whether the test program was built with its tests, and whether a filter leaves them all out.",
     NextStep::read_logs},
    {"baseline_without_tests",
     "The baseline's results hold no test at all, so there is nothing to compare with.",
     "Look whether the baseline's test program still runs here.", NextStep::read_logs},
    {"nothing_judged", "There were tests, but none that says anything: skipped ones and known failures.",
     "Let at least one test run that passed in the baseline.", NextStep::run_again},
    {"new_not_run", "The test passed in the baseline, and was started or listed and has no outcome now.",
     "Look for what ended the test program early.", NextStep::read_logs},
    {"not_run", "The test was listed and has no outcome.", "Look for what ended the test program early.",
     NextStep::read_logs},
    {"baseline_not_run", "In the baseline the test has no outcome, so there is nothing to compare with.",
     "Look for what ended the baseline's test program early, and measure it again.", NextStep::read_logs},
    {"test_repeated", "Two tests have the same name, and it cannot be told which is which.",
     "Give them different names, or give one results file for each program.", NextStep::run_again},

    {"known_failure", "The test fails, and failed in the baseline too. It proves nothing and does not block.",
     "Mend it when you can: it guards nothing until then."},
    {"known_failure_gone", "A test that failed in the baseline is gone. It proved nothing before.", ""},
    {"skipped", "The test is skipped, and proved nothing in the baseline either.", ""},
    {"skipped_gone", "A test that the baseline skipped is gone. It proved nothing before.", ""},
};

}  // namespace

std::span<const ReasonText> reasons_of_tests() { return texts; }

}  // namespace modelgate
