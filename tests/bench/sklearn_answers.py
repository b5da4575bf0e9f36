#!/usr/bin/python3
"""What a team's own script does to compare two models: pandas reads both files, scikit-learn computes the metrics.

    tests/bench/sklearn_answers.py BASELINE CANDIDATE        (CSV or JSONL; Debian: python3-pandas python3-sklearn)
"""

import sys

import pandas
from sklearn import metrics

sides = []
for path in sys.argv[1:3]:
    rows = pandas.read_json(path, lines=True) if path.endswith(".jsonl") else pandas.read_csv(path)
    sides.append(rows)
both = sides[0].merge(sides[1], on="id", validate="one_to_one")
assert (both.label_x == both.label_y).all()
for side in "xy":
    label, prediction, score = both.label_x, both[f"prediction_{side}"], both[f"score_{side}"]
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(label, prediction, average="macro")
    print(metrics.accuracy_score(label, prediction), precision, recall, f1, metrics.roc_auc_score(label, score),
          metrics.average_precision_score(label, score), metrics.log_loss(label, score),
          metrics.confusion_matrix(label, prediction).tolist())
