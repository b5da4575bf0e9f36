#!/usr/bin/python3
"""Writes table.txt: results of scipy and statsmodels that gates/statistics must agree with.

    /usr/bin/python3 tests/gates/statistics/reference/make.py > tests/gates/statistics/reference/table.txt

A line is a case: the function, its inputs, then "=>" and what is expected; every field is name:numbers.
Needs python3-scipy and python3-statsmodels; random inputs are seeded.
"""
import itertools

import numpy as np
from scipy import stats
from scipy.optimize import brentq
from statsmodels.stats import contingency_tables, multitest, proportion, weightstats
import scipy
import statsmodels
import statsmodels.api as sm

random = np.random.default_rng(20261123)


def show(value):
    return ",".join(repr(float(v)) for v in np.atleast_1d(value))


def case(function, inputs, expected):
    fields = " ".join(f"{k}:{show(v)}" for k, v in inputs.items())
    wanted = " ".join(f"{k}:{show(v)}" for k, v in expected.items())
    print(f"{function} {fields} => {wanted}")


def t_quantile(tail, df):
    """Upper quantile of Student's t; scipy's own ppf is only good to 1e-9."""
    return brentq(lambda t: stats.t.sf(t, df) - tail, 0, 1e4, xtol=1e-14, rtol=1e-14)


print(f"# scipy {scipy.__version__}, statsmodels {statsmodels.__version__}; written by make.py")

# McNemar
for b, c in [(6, 16), (1, 7), (121, 59), (0, 5), (8, 8), (30, 31), (200, 150)]:
    table = [[10, b], [c, 10]]
    exact = contingency_tables.mcnemar(table, exact=True)
    plain = contingency_tables.mcnemar(table, exact=False, correction=False)
    least = min(b, c)
    mid = exact.pvalue - stats.binom.pmf(least, b + c, 0.5) if b != c else 1 - stats.binom.pmf(b, 2 * b, 0.5) / 2
    expected = dict(exact=exact.pvalue, mid_p=mid, statistic=plain.statistic, asymptotic=plain.pvalue)
    if abs(b - c) >= 1:
        corrected = contingency_tables.mcnemar(table, exact=False, correction=True)
        expected.update(corrected_statistic=corrected.statistic, corrected=corrected.pvalue)
    case("mcnemar", dict(b=b, c=c), expected)

# One proportion
for x, n in [(0, 10), (10, 10), (3, 17), (45, 50), (931, 1000), (99_990, 100_000)]:
    for tail in (0.025, 0.05):
        exact = proportion.proportion_confint(x, n, 2 * tail, "beta")
        score = proportion.proportion_confint(x, n, 2 * tail, "wilson")
        case("proportion", dict(x=x, n=n, tail=tail),
             dict(exact_lower=max(0, exact[0]) if x else 0, exact_upper=exact[1] if x < n else 1,
                  wilson_lower=score[0] if x else 0, wilson_upper=score[1] if x < n else 1))

# One sample t (of paired differences), with a margin
for n in (2, 3, 5, 12, 40, 300):
    x = random.normal(0.1, 1, n).round(6)
    for delta in (0, 0.25):
        case("mean", dict(x=x, delta=delta, tail=0.05), dict(
            estimate=x.mean(), error=stats.sem(x),
            p_greater=stats.ttest_1samp(x, delta, alternative="greater").pvalue,
            p_less=stats.ttest_1samp(x, delta, alternative="less").pvalue,
            bounds=x.mean() + np.array([-1, 1]) * t_quantile(0.05, n - 1) * stats.sem(x)))

# Welch, and equivalence
for m, n in [(2, 2), (5, 9), (20, 7), (50, 50)]:
    x, y = random.normal(0, 1, m).round(6), random.normal(0.2, 3, n).round(6)
    both = weightstats.CompareMeans(weightstats.DescrStatsW(x), weightstats.DescrStatsW(y))
    _, p, df = both.ttest_ind(usevar="unequal", alternative="larger")
    case("welch", dict(x=x, y=y, tail=0.025, epsilon=2), dict(
        estimate=x.mean() - y.mean(), df=df, p_greater=p,
        p_less=both.ttest_ind(usevar="unequal", alternative="smaller")[1],
        bounds=x.mean() - y.mean() + np.array([-1, 1]) * t_quantile(0.025, df) * both.std_meandiff_separatevar,
        equivalence=both.ttost_ind(-2, 2, usevar="unequal")[0]))

# Clustered mean: OLS on a constant with cluster-robust covariance; statsmodels' factor is G/(G-1) * (n-1)/(n-1)
for n, g in [(20, 4), (60, 12), (200, 40)]:
    x, cluster = random.normal(0, 1, n).round(6), random.integers(0, g, n)
    fit = sm.OLS(x, np.ones(n)).fit(cov_type="cluster", cov_kwds=dict(groups=cluster, use_correction=True))
    case("clustered", dict(x=x, cluster=cluster), dict(estimate=fit.params[0], error=fit.bse[0],
                                                       df=len(set(cluster)) - 1))

# Signed rank: exact without ties from scipy; with ties by enumerating all signs here
for n in (3, 6, 12, 25, 50):
    x = random.normal(0.4, 1, n).round(9)
    case("signed_rank", dict(x=x), dict(
        p_greater=stats.wilcoxon(x, alternative="greater", mode="exact").pvalue,
        p_less=stats.wilcoxon(x, alternative="less", mode="exact").pvalue,
        p_two_sided=stats.wilcoxon(x, mode="exact").pvalue))
for n in (4, 8, 14):
    x = random.integers(-3, 6, n)
    nonzero = x[x != 0]
    ranks = stats.rankdata(abs(nonzero))
    v = ranks[nonzero > 0].sum()
    sums = np.array([np.dot(ranks, signs) for signs in itertools.product((0, 1), repeat=len(ranks))])
    case("signed_rank", dict(x=x), dict(statistic=v, p_greater=(sums >= v).mean(), p_less=(sums <= v).mean()))
for n in (30, 80, 400):
    x = random.integers(-8, 10, n)
    case("signed_rank_normal", dict(x=x), dict(
        p_greater=stats.wilcoxon(x, alternative="greater", mode="approx", correction=True).pvalue,
        p_less=stats.wilcoxon(x, alternative="less", mode="approx", correction=True).pvalue,
        p_two_sided=stats.wilcoxon(x, mode="approx", correction=True).pvalue))


# Rank sum: exact without ties from scipy; with ties by enumerating all subsets here
def rank_sum(x, y, method):
    return {f"p_{name}": stats.mannwhitneyu(x, y, alternative=alternative, method=method).pvalue
            for name, alternative in (("greater", "greater"), ("less", "less"), ("two_sided", "two-sided"))}


for m, n in [(1, 3), (3, 4), (8, 5), (12, 12), (25, 30)]:
    x, y = random.normal(0.5, 1, m).round(9), random.normal(0, 1, n).round(9)
    case("rank_sum", dict(x=x, y=y), dict(u=stats.mannwhitneyu(x, y).statistic, **rank_sum(x, y, "exact")))
for m, n in [(3, 4), (4, 5), (6, 7), (9, 4)]:
    x, y = random.integers(1, 6, m), random.integers(0, 5, n)
    ranks = stats.rankdata(np.concatenate([x, y]))
    w = ranks[:m].sum()
    sums = np.array([sum(c) for c in itertools.combinations(ranks, m)])
    center = m * (m + n + 1) / 2
    case("rank_sum", dict(x=x, y=y), dict(p_greater=(sums >= w).mean(), p_less=(sums <= w).mean(),
                                          p_two_sided=(abs(sums - center) >= abs(w - center)).mean()))
for m, n in [(5, 9), (40, 30), (150, 170)]:
    x, y = random.integers(1, 15, m), random.integers(0, 14, n)
    case("rank_sum_normal", dict(x=x, y=y), rank_sum(x, y, "asymptotic"))

# Estimates of Hodges and Lehmann by brute force
for n in (1, 2, 7, 30, 101):
    x = random.normal(0, 1, n).round(3)
    walsh = [(x[i] + x[j]) / 2 for i in range(n) for j in range(i, n)]
    case("walsh", dict(x=x), dict(estimate=np.median(walsh)))
for m, n in [(1, 1), (3, 8), (40, 33)]:
    x, y = random.normal(0, 1, m).round(3), random.normal(1, 1, n).round(3)
    case("shift", dict(x=x, y=y), dict(estimate=np.median(np.subtract.outer(x, y))))

# Families of tests
for n in (1, 5, 20):
    p = (random.uniform(0, 1, n) ** 3).round(6)
    case("families", dict(p=p), dict(holm=multitest.multipletests(p, method="holm")[1],
                                     bh=multitest.multipletests(p, method="fdr_bh")[1]))


# Tango's and Newcombe's intervals, and DeLong's variance, from their definitions
def tango_t(b, c, n, d):
    big_b, big_c = -b - c + (2 * n - b + c) * d, -c * d * (1 - d)
    q = (np.sqrt(big_b**2 - 8 * n * big_c) - big_b) / (4 * n)
    return (b - c - n * d) / np.sqrt(n * (2 * q + d * (1 - d)))


for a, b, c, d in [(59, 6, 16, 80), (1, 1, 7, 12), (900, 30, 41, 29), (5, 3, 2, 0), (95, 4, 1, 0)]:
    n = a + b + c + d
    for tail in (0.025, 0.05):
        z = stats.norm.isf(tail)
        estimate = (b - c) / n
        lower = brentq(lambda v: tango_t(b, c, n, v) - z, -0.999, estimate - 1e-9, xtol=1e-14)
        upper = brentq(lambda v: tango_t(b, c, n, v) + z, estimate + 1e-9, 0.999, xtol=1e-14)
        w1 = proportion.proportion_confint(a + b, n, 2 * tail, "wilson")
        w2 = proportion.proportion_confint(a + c, n, 2 * tail, "wilson")
        p1, p2 = (a + b) / n, (a + c) / n
        product = (a + b) * (c + d) * (a + c) * (b + d)
        cross = a * d - b * c
        phi = 0 if product == 0 else (max(0, cross - n / 2) if cross > 0 else cross) / np.sqrt(product)
        width = lambda x, y: np.sqrt(x * x - 2 * phi * x * y + y * y)
        case("paired_proportions", dict(table=[a, b, c, d], tail=tail), dict(
            tango=[lower, upper], p_greater=stats.norm.sf(tango_t(b, c, n, -0.01)),
            newcombe=[estimate - width(p1 - w1[0], w2[1] - p2), estimate + width(w1[1] - p1, p2 - w2[0])]))

for m, n in [(5, 6), (20, 30), (100, 60)]:
    label = np.array([1] * m + [0] * n)
    base = random.normal(label, 1)
    x, y = (base + random.normal(0, 0.4, m + n)).round(1), (base + random.normal(0, 0.5, m + n)).round(1)
    order = random.permutation(m + n)
    label, x, y = label[order], x[order], y[order]

    def parts(score):
        above = np.subtract.outer(score[label == 1], score[label == 0])
        psi = (above > 0) + 0.5 * (above == 0)
        return psi.mean(1), psi.mean(0), psi.mean()

    (p1, n1, auc1), (p2, n2, auc2) = parts(x), parts(y)
    var = lambda p, q: np.var(p, ddof=1) / m + np.var(q, ddof=1) / n
    case("delong", dict(x=x, y=y, label=label), dict(first=auc1, second=auc2, first_variance=var(p1, n1),
                                                     second_variance=var(p2, n2), variance=var(p1 - p2, n1 - n2)))

# Distributions far out
for z in (-38.0, -8.5, -1.3, 0.0, 2.2):
    case("normal", dict(z=z), dict(lower=stats.norm.cdf(z), upper=stats.norm.sf(z)))
for p in (1e-300, 1e-12, 0.025, 0.5, 0.9999):
    case("normal_quantile", dict(p=p), dict(z=stats.norm.ppf(p)))
for t, df in [(-12.0, 3), (0.4, 1), (2.5, 7.35), (6.0, 200)]:
    case("student", dict(t=t, df=df), dict(lower=stats.t.cdf(t, df), upper=stats.t.sf(t, df)))
for k, n, p in [(0, 5, 0.5), (3, 12, 0.2), (40, 1000, 0.03), (1, 100_000, 1e-5)]:
    case("binomial", dict(k=k, n=n, p=p), dict(at_most=stats.binom.cdf(k, n, p), at_least=stats.binom.sf(k - 1, n, p),
                                               equal=stats.binom.pmf(k, n, p)))
