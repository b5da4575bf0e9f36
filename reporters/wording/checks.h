#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// What a reader is to think of a check, the most urgent first: the order in which reports show checks.
enum class Standing { fail, error, inconclusive, waived, flaky, better, pass, not_compared };

inline constexpr std::array standings = {Standing::fail,   Standing::error,       Standing::inconclusive,
                                         Standing::waived, Standing::flaky,       Standing::better,
                                         Standing::pass,   Standing::not_compared};

Standing standing_of(const Check& check);

/// "FAIL", "ERROR", "cannot tell", "waived", "flaky", "better", "pass", "not compared".
std::string word_for(Standing standing);
std::string word_for(Status status);

/// How many checks stand how.
using Tally = std::map<Standing, std::size_t>;
Tally tally(const std::vector<Check>& checks);
/// "12 checks: 5 fail, 2 cannot tell, 5 pass"; "no checks".
std::string tally_text(const Tally& tally);

/// What the bounds of changes mean: "each bound holds with a confidence of 95 % by itself"; "" without any.
std::string confidence_text(const std::vector<Check>& checks);

/// The checks in the order of their standing; within one as they stand in the verdict.
std::vector<const Check*> in_order(const std::vector<Check>& checks);

/// What the verdict says, or, where its checks contradict it, the worse of the two: a document whose status
/// is pass without a check that passes is an error. `contradiction` says so, and is empty otherwise.
struct Outcome {
  Status status = Status::error;
  std::string contradiction;
};
Outcome outcome_of(const Verdict& verdict);

/// "accuracy [lang=zh]"
std::string name_with_slice(const Check& check);

/// The sentence without the name at its beginning, for a report in which the name stands beside it.
std::string sentence_beside_name(const Check& check);

/// The same without "(95 % bounds +34.9 % to +37.9 %, 12 process pairs)", for a report in which bounds stand
/// beside it.
std::string sentence_beside_numbers(const Check& check);

/// "support-intents v1.1.0", "v1.1.0", or "(no version)".
std::string subject_text(const Subject& subject);
/// "commit f27ab90c, sha256:ac2e64fc0684…": what identifies it exactly, shortened for people; "commit
/// f27ab90c and changes" where its files were not as the commit has them.
std::string identity_text(const Subject& subject);

/// True for a check that looks like a test: no number and no method behind it.
bool is_like_a_test(const Check& check);

/// The gates that judge tests: those that counted them (n of "judged"), or of which every check looks like a
/// test and is called like one ("Suite.Test").
std::set<std::string> gates_of_tests(const std::vector<Check>& checks);

/// Warnings of the verdict and its checks, each once, with the checks that they speak of; those that tell how
/// it was measured last.
std::vector<std::string> all_warnings(const Verdict& verdict);

/// True for "performance: baseline and candidate: 10 pairs of processes, …": what a runner noted of its own
/// work, which is many a line and seldom asked for.
bool is_of_measuring(const std::string& warning);

/// "does not block: branch feature/x is no release branch" of an inconclusive verdict that only warns, else
/// "".
std::string warning_text(const Verdict& verdict, const Outcome& outcome);

/// "3 looks, 40 process pairs in 12.5 s: until everything was decided": how the samples were taken.
std::string sampling_text(const Sampling& sampling);

inline constexpr char first_release_text[] =
    "FIRST RELEASE, NO BASELINE: judged by absolute limits alone, compared with nothing";

}  // namespace modelgate
