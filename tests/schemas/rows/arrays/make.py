#!/usr/bin/env python3
"""Writes the files of this folder anew. Needs numpy."""

import pathlib

import numpy as np

here = pathlib.Path(__file__).parent
ids = np.array(["r1", "r2", "退款-3", "4"])
columns = {
    "id": ids,
    "label": np.array([3, 0, 2, 2], dtype="<i8"),
    "prediction": np.array([3, 1, 2, 0], dtype=">u2"),
    "score": np.array([0.5, 0.25, 1, 0], dtype="<f2"),
    "scores": np.array([[0.5, 0.25, 1e-3], [1, 2, 3], [4, 5, 6], [7, 8, 9]], dtype="<f4"),
    "nll": np.array([1.5, 2.5, 1e300, -0.0], dtype=">f8"),
    "tokens": np.array([1, 255, 7, 0], dtype="u1"),
    "metrics.acc": np.array([True, False, True, True]),
    "slices.lang": np.array([b"zh", b"en", b"", b"longest"]),
    "ranked": np.asfortranarray(np.array([[3, 0], [1, 2], [0, 1], [2, 3]], dtype="<i4")),
    "error": np.array(["", "", "timed out", ""]),
    "sample": np.array([0, 1, 0, -1], dtype="<i2"),
    "cluster": np.array(["a", "a", "b", ""]),
    "vocabulary": np.array(["some", "words"]),  # no column
    "note": np.array([{}], dtype=object),  # pickled; nobody asks for it
}
np.savez(here / "stored.npz", **columns)
np.savez_compressed(here / "compressed.npz", **columns)

structured = np.zeros(4, dtype=[("id", "<U4"), ("label", "<i8"), ("prediction", "<i8"), ("score", "<f4"),
                                ("scores", "<f4", (3,)), ("slices", [("lang", "S7"), ("age", "<i2")]),
                                ("when", "<M8[s]")])
for name in ("id", "label", "prediction", "score", "scores"):
    structured[name] = columns[name]
structured["slices"]["lang"] = columns["slices.lang"]
structured["slices"]["age"] = [5, -6, 7, 8]
np.save(here / "structured.npy", structured)
np.save(here / "plain.npy", columns["score"])
np.savez(here / "without_ids.npz", label=columns["label"], prediction=np.array([3, 1, 2, 0]))
