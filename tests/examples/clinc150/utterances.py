#!/usr/bin/env python3
"""The queries of CLINC150 (Larson et al. 2019) as rows of utterances:  utterances.py CLINC150 OUTPUT

Writes OUTPUT/train.jsonl (the training and validation queries: 18,000) and OUTPUT/test.jsonl (4,500), with the domain
of the intent as a slice. In turn one query of each intent, so that the first rows are of all of them.
"""

import collections
import json
import pathlib
import sys


def in_turn(queries):
    """The first query of each intent, then the second of each, and so on."""
    seen = collections.Counter()
    turns = []
    for text, intent in queries:
        turns.append((seen[intent], intent, text))
        seen[intent] += 1
    return sorted(turns)


def main():
    source, output = map(pathlib.Path, sys.argv[1:])
    queries = json.loads((source / "data_full.json").read_text(encoding="utf-8"))
    domains = json.loads((source / "domains.json").read_text(encoding="utf-8"))
    domain_of = {intent: domain for domain, intents in domains.items() for intent in intents}
    output.mkdir(parents=True, exist_ok=True)
    for name, parts in {"train": ["train", "val"], "test": ["test"]}.items():
        rows = in_turn([query for part in parts for query in queries[part]])
        with open(output / f"{name}.jsonl", "w", encoding="utf-8") as file:
            for number, (_, intent, text) in enumerate(rows, 1):
                row = {"id": f"{name}-{number}", "text": text, "label": intent,
                       "slices": {"domain": domain_of[intent]}}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
