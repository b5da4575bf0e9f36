#!/usr/bin/python3
"""Writes table.txt: results of scipy and statsmodels that gates/statistics must agree with.

    /usr/bin/python3 tests/gates/statistics/reference/make.py > tests/gates/statistics/reference/table.txt

A line is a case: the function, its inputs, then "=>" and what is expected; every field is name:numbers.
Needs python3-scipy and python3-statsmodels; random inputs are seeded.
"""
import itertools

import numpy as np
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import brentq
from statsmodels.stats import contingency_tables, multitest, power, proportion, weightstats
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

# What describes a sample
for n in (2, 5, 8, 31, 200):
    x = random.normal(3, 2, n).round(2)
    case("descriptive", dict(x=x), dict(mean=x.mean(), variance=x.var(ddof=1), median=np.median(x),
                                        deviation=stats.median_abs_deviation(x), ranks=2 * stats.rankdata(x)))

# Equivalence of a mean, and more of the families, tables and clusters above
for n, epsilon in [(4, 1), (9, 0.5), (25, 0.3), (25, 2), (120, 0.4)]:
    x = random.normal(0.15, 1, n).round(6)
    case("equivalence", dict(x=x, epsilon=epsilon), dict(p=weightstats.DescrStatsW(x).ttost_mean(-epsilon, epsilon)[0]))
for n in (2, 9, 60):
    p = (random.uniform(0, 1, n) ** 4).round(3)
    case("families", dict(p=p), dict(holm=multitest.multipletests(p, method="holm")[1],
                                     bh=multitest.multipletests(p, method="fdr_bh")[1]))
for b, c in [(1, 0), (2, 9), (25, 12), (51, 50), (7, 900)]:
    exact = contingency_tables.mcnemar([[10, b], [c, 10]], exact=True)
    plain = contingency_tables.mcnemar([[10, b], [c, 10]], exact=False, correction=False)
    corrected = contingency_tables.mcnemar([[10, b], [c, 10]], exact=False, correction=True)
    case("mcnemar", dict(b=b, c=c), dict(
        exact=exact.pvalue, mid_p=exact.pvalue - stats.binom.pmf(min(b, c), b + c, 0.5),
        statistic=plain.statistic, asymptotic=plain.pvalue,
        corrected_statistic=corrected.statistic, corrected=corrected.pvalue))
for n, g in [(15, 3), (40, 40), (500, 25)]:
    cluster = np.arange(n) % g
    x = (random.normal(0, 1, n) + random.normal(0, 1, g)[cluster]).round(6)
    fit = sm.OLS(x, np.ones(n)).fit(cov_type="cluster", cov_kwds=dict(groups=cluster, use_correction=True))
    case("clustered", dict(x=x, cluster=cluster), dict(estimate=fit.params[0], error=fit.bse[0], df=g - 1))

# Orders of values that bound a quantile, and how many values a tail latency needs
for n, q, tail in [(12, 0.5, 0.025), (58, 0.95, 0.05), (59, 0.95, 0.05), (100, 0.9, 0.05), (299, 0.99, 0.05),
                   (1000, 0.99, 0.01), (5000, 0.999, 0.05), (20_000, 0.99, 0.001), (7, 0.1, 0.1), (40, 0.25, 0.2)]:
    orders = np.arange(1, n + 1)
    lower = orders[stats.binom.cdf(orders - 1, n, q) <= tail]
    upper = orders[stats.binom.sf(orders - 1, n, q) <= tail]
    case("quantile_orders", dict(n=n, q=q, tail=tail), dict(lower=lower[-1] if len(lower) else 0,
                                                            upper=upper[0] if len(upper) else 0))
for q, over, tail in [(0.9, 0, 0.05), (0.99, 3, 0.05), (0.999, 2, 0.01), (0.95, 40, 0.05), (0.5, 10, 0.001)]:
    n = np.arange(over + 1, 20_000)
    case("values_needed", dict(q=q, over=over, tail=tail),
         dict(n=n[stats.binom.cdf(over, n, 1 - q) <= tail][0]))

# Quantiles, the noncentral t, and two correlated normal variables by integration
for p, df in [(0.05, 1), (0.01, 2), (0.025, 7.35), (1e-6, 9), (0.4, 30), (0.001, 5000)]:
    case("student_quantile", dict(p=p, df=df), dict(t=-t_quantile(p, df)))
for t, df, shift in [(2.13, 4, 1.8), (1.8, 11, 4.2), (1.66, 99, 3), (-0.5, 6, 0.3), (3, 2, 0), (12, 3, 9.5),
                     (1.645, 5000, 2.5), (4, 19, -1)]:
    case("noncentral_student", dict(t=t, df=df, shift=shift), dict(upper=stats.nct._sf(t, df, shift)))
for h, r in [(0.7, 0.5), (-1.2, 0.5), (1.96, 0.9), (0.3, -0.4), (-3, 0.2)]:
    both = quad(lambda x: stats.norm.pdf(x) * stats.norm.cdf((h - r * x) / np.sqrt(1 - r * r)), -12, h,
                epsabs=1e-14, epsrel=1e-13, limit=500)[0]
    case("normal_lower_both", dict(h=h, r=r), dict(p=both))

# Power of Student's t: statsmodels' formula (TTestPower, TTestIndPower), with the digits of t_quantile
for n, effect, margin, spread, tail in [
        (2, 0.3, 0, 0.1, 0.05), (5, 0.10, 0.05, 0.03, 0.05), (5, 0, 0.05, 0.03, 0.05), (10, 0.1, 0.05, 0.028, 0.05),
        (10, 0.06, 0.05, 0.028, 0.05), (10, 0.1, 0.05, 0.028, 0.001), (12, 1.2, 0, 1, 0.025), (30, -0.2, 0, 0.5, 0.05),
        (100, 0.3, 0, 1, 0.025), (1000, 0.08, 0, 1, 0.05), (40, 0.02, 0.03, 0.02, 0.0001), (20_000, 0.03, 0, 1, 0.05)]:
    d = abs(effect - margin) / spread
    case("paired_t_power", dict(n=n, effect=effect, margin=margin, spread=spread, tail=tail),
         dict(power=stats.nct._sf(t_quantile(tail, n - 1), n - 1, d * np.sqrt(n)),
              normal=stats.norm.sf(stats.norm.isf(tail) - d * np.sqrt(n))))
for n, effect, s1, s2, tail in [(3, 2, 1, 1, 0.05), (10, 0.9, 1, 1, 0.025), (64, 0.5, 1, 1, 0.025), (8, 1.4, 0.5, 1.5, 0.05),
                                (25, 0.6, 1, 0.2, 0.01), (500, 0.2, 1, 2, 0.05)]:
    v1, v2 = s1**2 / n, s2**2 / n
    df = (v1 + v2) ** 2 * (n - 1) / (v1**2 + v2**2)
    case("welch_power", dict(n=n, effect=effect, s1=s1, s2=s2, tail=tail),
         dict(power=stats.nct._sf(t_quantile(tail, df), df, effect / np.sqrt(v1 + v2))))
for g, effect, spread, size, rho, tail in [(10, 0.2, 0.4, 5, 0.3, 0.05), (40, 0.05, 0.3, 12, 0.1, 0.05), (200, 0.02, 0.3, 3, 0.9, 0.025)]:
    error = spread * np.sqrt((1 + (size - 1) * rho) / size / g)
    case("clustered_power", dict(g=g, effect=effect, spread=spread, size=size, rho=rho, tail=tail),
         dict(power=stats.nct._sf(t_quantile(tail, g - 1), g - 1, effect / error)))
for d, tail, wanted in [(0.2, 0.05, 0.8), (0.5, 0.025, 0.9), (1, 0.05, 0.95), (2.5, 0.05, 0.8), (0.03, 0.025, 0.8), (1, 1e-4, 0.8)]:
    one = power.TTestPower().solve_power(d, None, tail, wanted, alternative="larger")
    two = power.TTestIndPower().solve_power(d, None, tail, wanted, alternative="larger")
    normal = (stats.norm.isf(tail) + stats.norm.ppf(wanted)) ** 2 / d**2
    case("needed", dict(d=d, tail=tail, power=wanted), dict(paired_t=np.ceil(one), welch=np.ceil(two), normal=np.ceil(normal)))
for n, tail, wanted in [(5, 0.05, 0.8), (10, 0.05, 0.95), (12, 0.025, 0.8), (200, 0.05, 0.9), (1000, 0.001, 0.8)]:
    critical = t_quantile(tail, n - 1)
    d = brentq(lambda d: stats.nct._sf(critical, n - 1, d * np.sqrt(n)) - wanted, 1e-6, 50, xtol=1e-13)
    case("detectable", dict(n=n, tail=tail, power=wanted), dict(paired_t=d))

# Power of the exact bound of one proportion
for n, share, limit, tail in [(59, 1, 0.95, 0.05), (58, 1, 0.95, 0.05), (200, 0.99, 0.95, 0.05), (200, 0.9, 0.95, 0.05),
                              (1000, 0.86, 0.85, 0.05), (1000, 0.8, 0.85, 0.025), (50, 0.4, 0.2, 0.01), (5000, 0.999, 0.998, 0.05)]:
    x = np.arange(n + 1)
    proves = x[stats.binom.sf(x - 1, n, limit) <= tail] if share >= limit else x[stats.binom.cdf(x, n, limit) <= tail]
    case("proportion_power", dict(n=n, share=share, limit=limit, tail=tail),
         dict(power=stats.binom.pmf(proves, n, share).sum()))
for share, limit, tail, wanted in [(0.99, 0.95, 0.05, 0.8), (0.97, 0.95, 0.05, 0.8), (0.9, 0.85, 0.05, 0.9), (0.4, 0.5, 0.01, 0.8), (0.06, 0.1, 0.05, 0.8)]:
    def reaches(n):
        x = np.arange(n + 1)
        proves = x[stats.binom.sf(x - 1, n, limit) <= tail] if share >= limit else x[stats.binom.cdf(x, n, limit) <= tail]
        return stats.binom.pmf(proves, n, share).sum() >= wanted
    case("proportion_needed", dict(share=share, limit=limit, tail=tail, power=wanted),
         dict(n=next(n for n in itertools.count(1) if reaches(n))))
for n, first, drop, margin, tail in [(1000, 0.8, 0.03, 0, 0.025), (300, 0.6, 0.1, 0.02, 0.05), (5000, 0.9, -0.01, 0, 0.05)]:
    error = np.sqrt((first * (1 - first) + (first - drop) * (1 - first + drop)) / n)
    case("unpaired_power", dict(n=n, first=first, drop=drop, margin=margin, tail=tail),
         dict(power=stats.norm.sf(stats.norm.isf(tail) - abs(drop - margin) / error)))

# Power of paired proportions: the sum over all tables
for n, share, drop, margin, tail in [(10, 0.5, 0.3, 0, 0.05), (40, 0.3, 0.2, 0.05, 0.05), (60, 0.1, 0, 0.1, 0.05), (80, 0.2, -0.1, 0, 0.025),
                                     (60, 0.1, 0.1, 0, 0.05)]:
    b, c = np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij")
    b, c = b[b + c <= n], c[b + c <= n]
    p = stats.multinomial.pmf(np.column_stack([b, c, n - b - c]), n, [(share + drop) / 2, (share - drop) / 2, 1 - share])
    sign = 1 if drop >= margin else -1
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.array([tango_t(x, y, n, sign * margin) for x, y in (zip(b, c) if sign > 0 else zip(c, b))])
    least = np.minimum(b, c)
    mid = 2 * stats.binom.cdf(least, b + c, 0.5) - stats.binom.pmf(least, b + c, 0.5)
    expected = dict(tango=p[t >= stats.norm.isf(tail)].sum())
    if margin == 0:
        expected["mcnemar"] = p[(mid <= 2 * tail) & ((b > c) if drop > 0 else (c > b))].sum()
    case("paired_power", dict(n=n, share=share, drop=drop, margin=margin, tail=tail), expected)


# Orders that bound the Hodges-Lehmann estimates, from the coefficients of the generating functions
def order(weights, tail):
    below = np.cumsum(weights) / np.sum(weights)
    k = int((below <= tail).sum())
    return dict(k=k, achieved=below[k - 1] if k else 0)


for n, tail in [(4, 0.05), (5, 0.05), (9, 0.025), (10, 0.05), (10, 0.001), (25, 0.025), (40, 1e-5)]:
    ways = np.ones(1)
    for rank in range(1, n + 1):
        ways = np.convolve(ways, np.bincount([0, rank]))
    case("signed_rank_order", dict(n=n, tail=tail), order(ways, tail))
for m, n, tail in [(2, 3, 0.05), (5, 5, 0.05), (10, 7, 0.025), (12, 20, 0.001)]:
    ranks = np.zeros((m + 1, (m + n) * (m + n)))  # [drawn][sum of ranks], element by element
    ranks[0, 0] = 1
    for rank in range(1, m + n + 1):
        for k in range(m, 0, -1):
            ranks[k, rank:] += ranks[k - 1, :-rank]
    least = m * (m + 1) // 2
    case("rank_sum_order", dict(m=m, n=n, tail=tail), order(ranks[m, least:least + m * n + 1], tail))

# Two looks: one integral
for t1, b1, b2, drift in [(0.5, 1.645, 1.645, 0), (0.5, 2.797, 1.977, 0), (0.2, 2.178, 2.178, 3.2), (0.9, 1.96, 1.96, 1)]:
    def rest(s):
        return stats.norm.pdf(s, drift * t1, np.sqrt(t1)) * stats.norm.sf(b2, s + drift * (1 - t1), np.sqrt(1 - t1))
    second = quad(rest, drift * t1 - 12 * np.sqrt(t1), b1 * np.sqrt(t1), epsabs=1e-14, epsrel=1e-13, limit=500)[0]
    case("two_looks", dict(t1=t1, b1=b1, b2=b2, drift=drift), dict(upper=[stats.norm.sf(b1 - drift * np.sqrt(t1)), second]))

# The confidence sequence from its definition
for n, planned in [(1, 0), (40, 0), (300, 0), (300, 300)]:
    x = random.choice([-1.0, 0.0, 1.0], n, p=[0.1, 0.6, 0.3])
    y, t = (x + 1) / 2, np.arange(1, n + 1)
    center = (0.5 + np.cumsum(y)) / (t + 1)
    before = np.concatenate([[0.5], center[:-1]])
    variance = np.concatenate([[0.25], ((0.25 + np.cumsum((y - center) ** 2)) / (t + 1))[:-1]])
    weight = np.minimum(0.5, np.sqrt(2 * np.log(20) / (variance * (planned or t * np.log(1 + t)))))
    cost = np.cumsum((y - before) ** 2 * (-np.log(1 - weight) - weight))
    middle, half = np.cumsum(weight * y) / np.cumsum(weight), (np.log(20) + cost) / np.cumsum(weight)
    case("confidence_sequence", dict(x=x, planned=planned, tail=0.05), dict(
        bounds=[max(-1, 2 * (middle - half).max() - 1), min(1, 2 * (middle + half).min() - 1)],
        p_greater=np.exp(-max(0, (np.cumsum(weight * y) - 0.5 * np.cumsum(weight) - cost).max()))))
