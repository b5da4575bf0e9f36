#!/usr/bin/env python3
"""Writes the answers of two models to the same rows of two classes, always the same.

    tests/bench/many_answers.py FOLDER [--rows 1000000]

FOLDER/baseline.csv and FOLDER/candidate.csv, and the same rows as baseline.jsonl and candidate.jsonl: a label, a
prediction and the score of class 1. The candidate is a little worse.
"""

import argparse
import pathlib
import random


def write(folder, rows):
    source = random.Random(20261125)
    sides = ["baseline", "candidate"]
    tables = [open(folder / f"{side}.csv", "w", encoding="utf-8") for side in sides]
    lines = [open(folder / f"{side}.jsonl", "w", encoding="utf-8") for side in sides]
    for table in tables:
        table.write("id,label,prediction,score\n")
    for row in range(rows):
        label = source.getrandbits(1)
        for side, spread in enumerate((0.72, 0.74)):
            score = (0.62 if label else 0.38) + (source.random() - 0.5) * spread
            score = min(max(score, 0.000001), 0.999999)
            prediction = int(score > 0.5)
            tables[side].write(f"{row},{label},{prediction},{score:.6f}\n")
            lines[side].write(f'{{"id": {row}, "label": "{label}", "prediction": "{prediction}", "score": {score:.6f}}}\n')
    for file in tables + lines:
        file.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    write(options.folder, options.rows)


if __name__ == "__main__":
    main()
