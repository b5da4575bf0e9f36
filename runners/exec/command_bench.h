#pragma once

#include "runners/exec/exec.h"

namespace modelgate {

/// Measures the speed of the command in processes of baseline and candidate that take turns (measure_pairs).
/// Cold: a process from start to end, with the first rows of the input on its stdin, if there is an input:
/// the benchmark "command" with real_time, cpu_time, first_result (until its first line) and
/// peak_memory (unless it is too little to be seen).
/// Warm: a process that is given a row when it has answered the one before; once its times have become
/// steady, the benchmark "answer" with the latency of each row and the throughput; "command" with
/// first_result and peak_memory. A process that does not answer each row is a problem: speed without answers
/// is none. Returns pass, or error if a document carries a problem. Errors: kind usage.
ExitCode bench_command(const ExecOptions& options);

}  // namespace modelgate
