#!/usr/bin/python3
"""Writes go_crc.txt: what the performance gate must find in Go's crc32 results, by scipy.

    /usr/bin/python3 tests/gates/performance/reference/make.py ../shared/data/perf-series > tests/gates/performance/reference/go_crc.txt

Of each benchmark's ns/op, at a margin of 5 %: Welch's t of the logarithms, widened by 1 % between processes (the
estimate in percent and both p-values), and the exact rank-sum test (all 184,756 ways to draw 10 of 20 midranks) with
the Hodges-Lehmann shift in percent. Needs python3-scipy.
"""
import itertools
import math
import pathlib
import sys

import numpy as np
import scipy
from scipy import stats

margin, noise = math.log1p(0.05), 0.01


def read(path):
    rows, package = {}, ""
    for line in path.read_text().splitlines():
        words = line.split()
        if line.startswith("pkg:"):
            package = words[1]
        elif line.startswith("Benchmark"):
            rows.setdefault(f"{package}.{words[0]}", []).append(float(words[words.index("ns/op") - 1]) * 1e-9)
    return {name: np.array([math.log(value) for value in values]) for name, values in rows.items()}


def widened_welch(candidate, baseline):
    variances = [sample.var(ddof=1) / len(sample) for sample in (candidate, baseline)]
    within, between = sum(variances), 2 * noise**2
    freedom = within**2 / sum(v**2 / (len(s) - 1) for v, s in zip(variances, (candidate, baseline)))
    freedom = min(freedom * ((within + between) / within) ** 2, 1e6)
    estimate = candidate.mean() - baseline.mean()
    t = (estimate - margin) / np.sqrt(within + between)
    return estimate, stats.t.sf(t, freedom), stats.t.cdf(t, freedom)


# Every way to draw 10 of 20.
draws = np.array(list(itertools.combinations(range(20), 10)))
checked_by_permutation_test = False


def without_rounding(logarithms):  # 46.2 is 1.05 times 44.0: a tie
    return np.rint(logarithms * 2**40)


def ranks_of_first(first, second, axis):
    ranks = stats.rankdata(np.concatenate([first, second], axis=axis), axis=axis)
    return np.take(ranks, range(first.shape[axis]), axis=axis).sum(axis=axis)


def rank_sum(candidate, baseline):
    """scipy's exact test knows no ties, and its test by permutation takes minutes: all rows are counted out here, those
    without ties held against the one, and the first with ties against the other."""
    global checked_by_permutation_test
    first, second = without_rounding(candidate - margin), without_rounding(baseline)
    sums = stats.rankdata(np.concatenate([first, second]))[draws].sum(axis=1)
    observed = ranks_of_first(first, second, 0)
    p = {"greater": (sums >= observed).mean(), "less": (sums <= observed).mean()}
    for alternative, ours in p.items():
        if len(set(first) | set(second)) == 20:
            theirs = stats.mannwhitneyu(first, second, alternative=alternative, method="exact").pvalue
        elif not checked_by_permutation_test:
            theirs = stats.permutation_test((first, second), ranks_of_first, permutation_type="independent",
                                            vectorized=True, n_resamples=np.inf, alternative=alternative).pvalue
            checked_by_permutation_test = alternative == "less"
        else:
            continue
        assert abs(ours - theirs) < 1e-12, (ours, theirs)
    return np.median(np.subtract.outer(candidate, baseline)), p["greater"], p["less"]


folder = pathlib.Path(sys.argv[1])
new, old = read(folder / "go-crc-new.txt"), read(folder / "go-crc-old.txt")
print(f"# scipy {scipy.__version__}, numpy {np.__version__}; written by make.py")
print("# direction, benchmark, Welch's estimate, p of regression, of non-inferiority; shift, p of regression, of non-inferiority")
for direction, baseline, candidate in (("new-to-old", new, old), ("old-to-new", old, new)):
    for name in sorted(baseline):
        estimate, *p_welch = widened_welch(candidate[name], baseline[name])
        shift, *p_ranks = rank_sum(candidate[name], baseline[name])
        numbers = [100 * np.expm1(estimate), *p_welch, 100 * np.expm1(shift), *p_ranks]
        print(direction, name, *(repr(float(number)) for number in numbers))
