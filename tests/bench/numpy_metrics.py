#!/usr/bin/python3
"""Writes data into FOLDER for bench_metrics, and times the same work by numpy and scikit-learn.

    tests/bench/numpy_metrics.py FOLDER            (Debian: python3-numpy python3-sklearn)

Prints a name, the seconds and the result a line. What takes minutes is done for fewer resamples, and the time multiplied.
"""

import math
import pathlib
import sys
import time
from collections import Counter

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score

folder = pathlib.Path(sys.argv[1])
random = np.random.default_rng(20261128)
RESAMPLES = 10_000


def timed(name, work, times=1):
    begin = time.perf_counter()
    result = work()
    print(name, f"{(time.perf_counter() - begin) * times:.6f}", f"{result:.9g}", flush=True)


def scores(rows, name):
    positive = (random.random(rows) < 0.3).astype(np.uint8)
    models = [np.round(positive * shift + random.normal(size=rows), 6) for shift in (1.0, 0.97)]
    for which, values in zip(("first", "second"), models):
        values.tofile(folder / f"scores_{name}_{which}.f64")
    positive.tofile(folder / f"positive_{name}.u8")
    return positive, models


def area(positive, models):
    def loop(resamples):
        differences = []
        for _ in range(resamples):
            drawn = random.integers(0, len(positive), len(positive))
            differences.append(roc_auc_score(positive[drawn], models[0][drawn]) - roc_auc_score(positive[drawn], models[1][drawn]))
        return np.quantile(differences, 0.05)

    timed("area_sklearn", lambda: loop(RESAMPLES // 100), 100)

    def presorted(resamples):
        orders = [np.argsort(m, kind="stable") for m in models]
        differences = np.empty(resamples)
        for r in range(resamples):
            weight = np.bincount(random.integers(0, len(positive), len(positive)), minlength=len(positive))
            areas = []
            for order in orders:
                w, p = weight[order], positive[order]
                below = np.cumsum(w * (1 - p))
                areas.append((w * p * below).sum() / ((w * p).sum() * below[-1]))
            differences[r] = areas[0] - areas[1]
        return np.quantile(differences, 0.05)

    timed("area_presorted", lambda: presorted(RESAMPLES // 10), 10)


def midranks(values):
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    ends = np.r_[starts[1:], len(values)]
    ranks = np.empty(len(values))
    ranks[order] = np.repeat((starts + ends + 1) / 2, ends - starts)
    return ranks


def delong(positive, models):
    mask = positive.astype(bool)
    m, n = int(mask.sum()), int((~mask).sum())
    v10, v01 = [], []
    for scored in models:
        together, own, others = midranks(scored), midranks(scored[mask]), midranks(scored[~mask])
        v10.append((together[mask] - own) / n)
        v01.append(1 - (together[~mask] - others) / m)
    s10, s01 = np.cov(v10), np.cov(v01)
    s = s10 / m + s01 / n
    return math.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])


def f1():
    rows, classes = 100_000, 10
    labels = random.integers(0, classes, rows).astype(np.int32)
    models = [np.where(random.random(rows) < right, labels, random.integers(0, classes, rows)).astype(np.int32)
              for right in (0.85, 0.84)]
    for name, values in (("labels", labels), ("first", models[0]), ("second", models[1])):
        values.tofile(folder / f"{name}_100k.i32")

    def macro(label, said):
        right = np.bincount(label[label == said], minlength=classes)
        return (2 * right / (np.bincount(label, minlength=classes) + np.bincount(said, minlength=classes))).mean()

    assert abs(macro(labels, models[0]) - f1_score(labels, models[0], average="macro")) < 1e-12

    def loop(resamples):
        differences = []
        for _ in range(resamples):
            drawn = random.integers(0, rows, rows)
            differences.append(macro(labels[drawn], models[1][drawn]) - macro(labels[drawn], models[0][drawn]))
        return np.quantile(differences, 0.05)

    timed("f1_numpy", lambda: loop(RESAMPLES // 100), 100)


def bleu():
    words = [f"w{k}" for k in range(3000)]
    rows = 10_000
    sentences = [[words[k] for k in random.zipf(1.3, random.integers(8, 30)) % 3000] for _ in range(rows)]
    models = [[[w if random.random() < kept else words[random.integers(3000)] for w in s] for s in sentences] for kept in (0.8, 0.79)]
    for name, texts in (("references", sentences), ("first", models[0]), ("second", models[1])):
        (folder / f"{name}.txt").write_text("".join(" ".join(t) + "\n" for t in texts))

    def counts(said, reference):
        found = [len(said), len(reference)]
        for n in range(1, 5):
            a, b = (Counter(tuple(t[i:i + n]) for i in range(len(t) - n + 1)) for t in (said, reference))
            found += [sum((a & b).values()), max(len(said) - n + 1, 0)]
        return found

    def score(sums):
        precisions = sums[..., 2::2] / np.maximum(sums[..., 3::2], 1)
        brevity = np.minimum(0, 1 - sums[..., 1] / sums[..., 0])
        return 100 * np.exp(brevity + np.log(np.maximum(precisions, 1e-9)).mean(axis=-1))

    def resampled(resamples):
        rows_of = [np.array([counts(s, r) for s, r in zip(m, sentences)], float) for m in models]
        differences = np.empty(resamples)
        for k in range(resamples):
            weight = np.bincount(random.integers(0, rows, rows), minlength=rows).astype(float)
            differences[k] = score(weight @ rows_of[1]) - score(weight @ rows_of[0])
        return np.quantile(differences, 0.05)

    timed("bleu_numpy", lambda: resampled(RESAMPLES))


area(*scores(10_000, "10k"))
many = scores(1_000_000, "1m")
timed("delong_numpy", lambda: delong(*many))
f1()
bleu()
