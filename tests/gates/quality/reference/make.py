#!/usr/bin/python3
"""Writes table.txt: metrics by scikit-learn and BCa bounds by scipy that gates/quality must agree with.

    /usr/bin/python3 tests/gates/quality/reference/make.py > tests/gates/quality/reference/table.txt

Needs python3-sklearn. A case is the labels and both models' predictions, a letter for each row, and the scores of
class "b" in thousandths; then a line for each metric: its name, baseline, candidate. Rows are random and seeded, with
classes that are rare, that are never predicted, and that are predicted but never a label.
"""
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics

random = np.random.default_rng(20261124)
warnings.simplefilter("ignore")
print(f"# scikit-learn {sklearn.__version__}, scipy {scipy.__version__}; written by make.py")


def predictions(labels, accuracy, letters):
    wrong = random.choice(list(letters), len(labels))
    return np.where(random.random(len(labels)) < accuracy, labels, wrong)


def values(labels, answers):
    known = sorted(set(labels))  # macro averages are over the classes that occur as labels
    found = {"accuracy": metrics.accuracy_score(labels, answers)}
    for name, function in [("recall", metrics.recall_score), ("precision", metrics.precision_score),
                           ("f1", metrics.f1_score)]:
        for average in ("macro", "micro"):
            chosen = known if average == "macro" else None  # micro: over all classes
            found[f"{name}({average})"] = function(labels, answers, labels=chosen, average=average, zero_division=0)
        found[f"{name}(b)"] = function(labels == "b", answers == "b", zero_division=0)
    return found


for rows, letters, skew, accuracies in [(60, "ab", 1, (0.8, 0.9)), (200, "abc", 1, (0.7, 0.75)),
                                        (400, "abcdefgh", 3, (0.85, 0.8)), (150, "abcdefghijklmnop", 5, (0.5, 0.6))]:
    weights = np.arange(len(letters), 0, -1.0) ** skew
    weights[1] = weights[0]
    labels = random.choice(list(letters), rows, p=weights / weights.sum())
    models = [predictions(labels, accuracy, letters + ("z" if skew > 1 else "")) for accuracy in accuracies]
    if skew == 5:
        models[1] = np.where(models[1] == "c", "a", models[1])  # never predicted by the candidate
    scores = [np.round(1000 * (0.35 * (labels == "b") + 0.65 * random.random(rows))).astype(int) for _ in models]
    print("case")
    print("labels", "".join(labels))
    for name, model, score in zip(("baseline", "candidate"), models, scores):
        print(name, "".join(model))
        print("scores", ",".join(map(str, score)))
    first, second = values(labels, models[0]), values(labels, models[1])
    for name in first:
        print("metric", name, repr(float(first[name])), repr(float(second[name])))
    print("metric", "roc_auc(b)", *(repr(float(metrics.roc_auc_score(labels == "b", s))) for s in scores))


# BCa bounds of the paired difference of F1, at 95 % on each side, of the rows and the two that the gate supposes: one
# of the class that is lost and one that is gained.
labels = np.array(list("b" * 120 + "a" * 380))
before = predictions(labels, 0.75, "ab")
after = np.where(random.random(500) < 0.3, predictions(labels, 0.85, "ab"), before)


def difference(t, p, q):
    return metrics.f1_score(t, q, pos_label="b") - metrics.f1_score(t, p, pos_label="b")


supposed = [np.append(labels, ["b", "b"]), np.append(before, ["b", "a"]), np.append(after, ["a", "b"])]
result = stats.bootstrap(supposed, difference, paired=True, vectorized=False, n_resamples=9999,
                         confidence_level=0.9, method="BCa", random_state=1)
print("case")
print("labels", "".join(labels))
print("baseline", "".join(before))
print("candidate", "".join(after))
print("bca", "f1(b)", repr(float(result.confidence_interval.low)), repr(float(result.confidence_interval.high)))
