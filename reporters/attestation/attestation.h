#pragma once

#include <string>

#include "schemas/documents/verdict.h"

namespace modelgate {

/// The predicate of an in-toto statement of type https://in-toto.io/attestation/test-result/v0.1: result,
/// configuration (plan and baseline, where their digests are known) and the names of the checks that passed,
/// warned and failed. What is inconclusive or erred counts as failed; a pass with waived or flaky checks, or
/// with undecided ones that do not block, is WARNED. It holds no digest of the candidate: that is the
/// statement's subject, by whoever signs. Errors: kind usage if the verdict is not that of a whole plan
/// (a gate's alone, or one that leaves gates out), or the candidate has no digest.
std::string test_result_predicate(const Verdict& verdict, const std::string& url);

}  // namespace modelgate
