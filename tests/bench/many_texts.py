#!/usr/bin/env python3
"""Writes test and training texts, always the same:  many_texts.py FOLDER

FOLDER/train.jsonl, a million texts of 8 words on average, and FOLDER/test.jsonl, 10,000 answered rows of which some
have a text that is in the training data, or nearly. Words are drawn as in a language: few often, most rarely.
"""

import pathlib
import random
import sys


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    source = random.Random(20261128)
    words = [f"word{i}" for i in range(20_000)]
    weights = [1 / (i + 3) for i in range(len(words))]
    # Queries are made of phrases, which recur.
    phrases = [" ".join(source.choices(words, weights, k=source.randint(2, 4))) for _ in range(5_000)]

    def text():
        return " ".join(source.choices(phrases, k=source.randint(1, 4)))

    with open(folder / "train.jsonl", "w", encoding="utf-8") as file:
        for row in range(1_000_000):
            file.write(f'{{"id": {row}, "input": "{text()}", "label": "x"}}\n')
    with open(folder / "test.jsonl", "w", encoding="utf-8") as file:
        for row in range(10_000):
            file.write(f'{{"id": {row}, "input": "{text()}", "label": "x", "prediction": "x"}}\n')


if __name__ == "__main__":
    main()
