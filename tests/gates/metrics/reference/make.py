#!/usr/bin/python3
"""Writes table.txt: metrics by scikit-learn, scipy and numpy that gates/metrics must agree with.

    /usr/bin/python3 tests/gates/metrics/reference/make.py > tests/gates/metrics/reference/table.txt

A line is a case: the function, its inputs, then "=>" and what is expected; every field is name:numbers. `times` says
how often each row counts. Needs python3-sklearn. Rows are random and seeded, with ties, classes that are rare, that are
never predicted, and that are predicted but never a label.
"""
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics

random = np.random.default_rng(20261125)
warnings.simplefilter("ignore")


def show(value):
    return ",".join(repr(float(v)) if float(v) % 1 else str(int(v)) for v in np.atleast_1d(value))


def case(function, inputs, expected):
    fields = " ".join(f"{k}:{show(v)}" for k, v in inputs.items())
    wanted = " ".join(f"{k}:{show(v)}" for k, v in expected.items() if np.all(np.isfinite(v)))
    print(f"{function} {fields} => {wanted}")


print(f"# scikit-learn {sklearn.__version__}, scipy {scipy.__version__}, numpy {np.__version__}; written by make.py")

# Classes
for number in range(48):
    classes = (2, 2, 3, 5, 9, 20)[number % 6]
    rows = (6, 30, 120, 300)[number % 4]
    share = np.arange(classes, 0, -1.0) ** (number % 4)
    labels = random.choice(classes, rows, p=share / share.sum())
    wrong = random.integers(0, classes, rows)
    answers = np.where(random.random(rows) < random.choice([0.1, 0.5, 0.8, 0.97]), labels, wrong)
    if number % 3 == 0:
        answers = np.where(answers == classes - 1, 0, answers)  # never predicted
    if number % 5 == 0:
        labels = np.where(labels == 0, 1, labels)  # predicted, never a label
    if number == 20:
        answers = np.zeros(rows, int)
    times = random.integers(0, 4, rows) if number % 2 else np.ones(rows, int)
    times[0] = 1
    counted = times > 0
    true, got, weight = labels[counted], answers[counted], times[counted]
    known, seen = sorted(set(true)), sorted(set(true) | set(got))
    expected = dict(accuracy=metrics.accuracy_score(true, got, sample_weight=weight),
                    balanced_accuracy=metrics.balanced_accuracy_score(true, got, sample_weight=weight),
                    mcc=metrics.matthews_corrcoef(true, got, sample_weight=weight),
                    kappa=metrics.cohen_kappa_score(true, got, sample_weight=weight))
    for name, function in [("precision", metrics.precision_score), ("recall", metrics.recall_score),
                           ("f1", metrics.f1_score)]:
        how = dict(zero_division=0, sample_weight=weight)
        expected[f"{name}_macro"] = function(true, got, labels=known, average="macro", **how)
        expected[f"{name}_macro_seen"] = function(true, got, labels=seen, average="macro", **how)
        expected[f"{name}_micro"] = function(true, got, average="micro", **how)
        expected[f"{name}_weighted"] = function(true, got, average="weighted", **how)
        expected[f"{name}_each"] = function(true, got, labels=range(classes), average=None, **how)
    case("classes", dict(classes=classes, labels=labels, predictions=answers, times=times), expected)

# Probabilities
for number in range(20):
    rows, classes = (5, 40, 200)[number % 3], (2, 3, 6)[number % 3]
    labels = np.append(np.arange(classes), random.integers(0, classes, rows))
    p = random.dirichlet(np.full(classes, random.choice([0.05, 0.4, 3])), len(labels))
    if number % 4 == 0:
        p[0] = np.eye(classes)[-1]  # the label was called impossible
        p[1] = np.eye(classes)[1]
    hot = np.eye(classes)[labels]
    case("probabilities", dict(classes=classes, labels=labels, p=p.ravel()), dict(
        log_loss=metrics.log_loss(labels, p, eps=1e-15, labels=range(classes)),
        binary_log_loss=metrics.log_loss(labels == 1, np.c_[1 - p[:, 1], p[:, 1]], eps=1e-15),
        brier=metrics.brier_score_loss(labels == 1, p[:, 1]),
        brier_of_all=((p - hot) ** 2).sum(1).mean()))

# Calibration
for number in range(24):
    rows, bins = (3, 60, 400)[number % 3], (15, 10, 1, 40)[number % 4]
    confidence = random.random(rows) ** 0.5
    if number % 2:
        confidence = np.round(confidence * 20) / 20  # ties, and edges of bins
    right = (random.random(rows) < confidence * 0.9).astype(int)
    edges = np.arange(bins + 1) / bins
    width = np.clip(np.searchsorted(edges, confidence, side="left") - 1, 0, bins - 1)
    ordered = np.sort(confidence)
    mass = np.searchsorted(ordered, confidence, side="left") * bins // rows
    expected = {}
    for name, bin_of in [("width", width), ("mass", mass)]:
        count = np.bincount(bin_of, minlength=bins)
        gap = np.abs(np.bincount(bin_of, confidence, bins) - np.bincount(bin_of, right, bins)) / np.maximum(count, 1)
        expected.update({f"{name}_rows": count, f"{name}_ece": (gap * count).sum() / rows, f"{name}_mce": gap.max()})
    case("calibration", dict(bins=bins, confidence=confidence, right=right), expected)

# Top k, without ties: scikit-learn breaks them by the number of the class
for number in range(12):
    rows, classes, k = (4, 50)[number % 2], (3, 5, 12)[number % 3], (1, 2, 3, 11)[number % 4]
    labels, scores = random.integers(0, classes, rows), random.normal(0, 1, (rows, classes)).round(6)
    case("top_k", dict(classes=classes, k=k, labels=labels, scores=scores.ravel()),
         dict(share=metrics.top_k_accuracy_score(labels, scores, k=k, labels=range(classes))))

# Scores of two classes
for number in range(72):
    rows = (4, 12, 60, 300)[number % 4]
    labels = (random.random(rows) < (0.5, 0.1, 0.9)[number % 3]).astype(int)
    labels[:2] = 0, 1
    scores = random.normal(0, 1, rows) + random.choice([0, 1, 3]) * labels
    scores = scores.round((1, 0, 7)[number % 3]) if number % 8 else np.zeros(rows)
    times = random.integers(0, 4, rows) if number % 2 else np.ones(rows, int)
    times[:2] = 1
    level = (0.5, 0.8, 0.9, 1)[number // 4 % 4]
    kept = times > 0
    label, score, weight = labels[kept], scores[kept], times[kept]
    fpr, tpr, _ = metrics.roc_curve(label, score, sample_weight=weight, drop_intermediate=False)
    precision, recall, _ = metrics.precision_recall_curve(label, score, sample_weight=weight)
    case("scores", dict(scores=scores, labels=labels, times=times, level=level), dict(
        roc_auc=metrics.roc_auc_score(label, score, sample_weight=weight),
        average_precision=metrics.average_precision_score(label, score, sample_weight=weight),
        recall_at_precision=recall[precision >= level].max(),
        fpr_at_tpr=fpr[tpr >= level].min()))

# Curves: the corners of the ROC curve, and precision and recall at scores of positives
for number in range(10):
    rows = (6, 20, 90)[number % 3]
    labels = (random.random(rows) < 0.4).astype(int)
    labels[:2] = 0, 1
    scores = (random.normal(0, 1, rows) + labels).round(number % 2 + (number % 5 > 2))
    fpr, tpr, _ = metrics.roc_curve(labels, scores, drop_intermediate=False)
    fp, tp = np.rint(fpr * (labels == 0).sum()).astype(int), np.rint(tpr * labels.sum()).astype(int)
    corners = []
    for point in zip(fp, tp):
        if len(corners) > 1:
            a, b = corners[-2:]
            if (b[0] - a[0]) * (point[1] - b[1]) == (point[0] - b[0]) * (b[1] - a[1]):
                corners.pop()
        corners.append(point)
    precision, recall, thresholds = metrics.precision_recall_curve(labels, scores)
    of_positives = [t in set(scores[labels == 1]) for t in thresholds]
    case("curves", dict(scores=scores, labels=labels), dict(
        fpr=[c[0] / (labels == 0).sum() for c in corners], tpr=[c[1] / labels.sum() for c in corners],
        precision=precision[:-1][of_positives][::-1], recall=recall[:-1][of_positives][::-1]))

# Regression: means of terms
for number in range(20):
    rows = (2, 10, 200)[number % 3]
    target = random.normal((0, 1e6, -3)[number % 3], (1, 0.01, 50)[number // 3 % 3], rows)
    if number % 4 == 0:
        target = target.round()
        target[:2] = 0, 1
    predicted = target + random.normal(0, 0.5, rows)
    case("regression", dict(target=target, predicted=predicted), dict(
        mae=metrics.mean_absolute_error(target, predicted), mse=metrics.mean_squared_error(target, predicted),
        mape=metrics.mean_absolute_percentage_error(target, predicted)))
for number in range(16):
    rows = (3, 10, 200)[number % 3]
    x = random.normal(0, 1, rows).round((0, 1, 9)[number // 3 % 3])
    y = (x + random.normal(0, 1, rows)).round((9, 0, 1)[number // 4 % 3])
    x[0], x[1], y[0], y[1] = 0, 1, 1, 0
    case("spearman", dict(x=x, y=y), dict(rho=stats.spearmanr(x, y).statistic))

# Ranking: distinct scores, since scikit-learn averages over ties
for number in range(24):
    length, k = (2, 7, 40)[number % 3], (1, 3, 10, 60)[number % 4]
    ranked = random.integers(0, (2, 5)[number % 2], length) * (random.random(length) < (0.2, 0.7)[number // 2 % 2])
    order, relevant = np.arange(length, 0, -1.0)[None], ranked > 0
    first = np.flatnonzero(relevant[:k])
    case("ranking", dict(ranked=ranked, k=k), dict(
        linear=metrics.ndcg_score(ranked[None], order, k=k),
        exponential=metrics.ndcg_score(2.0 ** ranked[None] - 1, order, k=k),
        dcg=metrics.dcg_score(ranked[None], order, k=k),
        reciprocal=1 / (first[0] + 1) if len(first) else 0,
        recall=relevant[:k].sum() / relevant.sum() if relevant.any() else np.nan))
