#!/usr/bin/env python3
"""Writes a run of many benchmarks as Google Benchmark 1.7.1 writes it, without aggregates, always the same.

    tests/bench/many_benchmarks.py FOLDER [--benchmarks 10000] [--repetitions 10]

FOLDER/baseline.json and FOLDER/candidate.json are two runs of one suite: nothing changed but the noise, except
that every hundredth benchmark takes 30 % longer in the candidate. FOLDER/baseline.txt and FOLDER/candidate.txt
hold the same numbers in the form that benchstat reads.
"""

import argparse
import pathlib
import random

CONTEXT = """  "context": {
    "date": "2026-11-24T20:00:00+00:00",
    "host_name": "bench",
    "executable": "./suite",
    "num_cpus": 2,
    "mhz_per_cpu": 2600,
    "cpu_scaling_enabled": false,
    "caches": [
      {
        "type": "Data",
        "level": 1,
        "size": 49152,
        "num_sharing": 1
      }
    ],
    "load_avg": [0.52,0.58,0.59],
    "library_build_type": "release"
  },
"""

ENTRY = """    {
      "name": "%(name)s",
      "family_index": %(family)d,
      "per_family_instance_index": %(instance)d,
      "run_name": "%(name)s",
      "run_type": "iteration",
      "repetitions": %(repetitions)d,
      "repetition_index": %(repetition)d,
      "threads": 1,
      "iterations": %(iterations)d,
      "real_time": %(real).16e,
      "cpu_time": %(cpu).16e,
      "time_unit": "ns"
    }"""


def times_of(side, benchmarks, repetitions):
    """(benchmark, repetition, real and CPU time in ns), in the order in which they ran."""
    base = random.Random(20261125)
    noise = random.Random(side)
    for benchmark in range(benchmarks):
        time = 10 ** base.uniform(1, 7)
        if side == "candidate" and benchmark % 100 == 99:
            time *= 1.3
        for repetition in range(repetitions):
            real = time * noise.lognormvariate(0, 0.01)
            yield benchmark, repetition, real, real * noise.uniform(0.99, 1)


def name_of(benchmark):
    return f"BM_Operation{benchmark // 10}/{8 << benchmark % 10}"


def write(folder, benchmarks, repetitions):
    for side in ("baseline", "candidate"):
        entries, lines = [], []
        for benchmark, repetition, real, cpu in times_of(side, benchmarks, repetitions):
            iterations = int(1e9 / real)
            entries.append(ENTRY % {
                "name": name_of(benchmark), "family": benchmark // 10, "instance": benchmark % 10,
                "repetitions": repetitions, "repetition": repetition, "iterations": iterations, "real": real,
                "cpu": cpu})
            lines.append(f"Benchmark{name_of(benchmark)[3:]} {iterations} {real:.4f} ns/op")
        text = "{\n" + CONTEXT + '  "benchmarks": [\n' + ",\n".join(entries) + "\n  ]\n}\n"
        (folder / f"{side}.json").write_text(text, encoding="utf-8")
        (folder / f"{side}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--benchmarks", type=int, default=10_000)
    parser.add_argument("--repetitions", type=int, default=10)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    write(options.folder, options.benchmarks, options.repetitions)


if __name__ == "__main__":
    main()
