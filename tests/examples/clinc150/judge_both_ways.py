#!/usr/bin/env python3
"""Judges two models of different strength, trained on 22,500 real customer queries (CLINC150), each against the
other, and holds what the verdict says against a computation of its own: accuracies, discordant counts and the Tango
interval. Shares no code with the gates. Then the same answers are judged in every form that is read.

    judge_both_ways.py --bin build/release/bin --project build/release/examples/clinc150
"""

import argparse
import json
import math
import os
import pathlib
import shutil
import subprocess
import tempfile

import every_form

SKIPPED = 77  # what CTest takes for "skipped"


def tango_statistic(b, c, n, delta):
    """T(δ) of Tango (1998) for the paired difference (b − c)/n."""
    big_b = -b - c + (2 * n - b + c) * delta
    big_c = -c * delta * (1 - delta)
    q = (math.sqrt(max(big_b * big_b - 8 * n * big_c, 0)) - big_b) / (4 * n)
    variance = n * (2 * q + delta * (1 - delta))
    return (b - c - n * delta) / math.sqrt(variance) if variance > 0 else math.inf * (b - c - n * delta)


def tango_interval(b, c, n, z):
    """Both ends by bisection: T falls as δ grows."""
    def root(target):
        low, high = -1 + 1e-12, 1 - 1e-12
        for _ in range(200):
            middle = (low + high) / 2
            if tango_statistic(b, c, n, middle) > target:
                low = middle
            else:
                high = middle
        return (low + high) / 2
    return root(z), root(-z)


def answers(path):
    rows = [json.loads(line) for line in path.read_text().splitlines() if line.strip()]
    found = {str(row["id"]): row["label"] == row["prediction"] for row in rows}
    assert len(found) == len(rows), "ids repeat"
    return found


def judge(project, environment, name, version_of_baseline):
    shutil.rmtree(project / ".modelgate", ignore_errors=True)

    def do(*words, codes=(0,)):
        done = subprocess.run(words, cwd=project, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode in codes, f"{words}: exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.returncode

    do("modelgate", "run", "--candidate", version_of_baseline, "--first-release", "--output", "first", "--quiet")
    do("modelgate-baseline", "save", f"candidates/{version_of_baseline}", "--version", "v1.0.0")
    do("modelgate-baseline", "promote", "v1.0.0", "--verdict", "first/verdict.json")
    code = do("modelgate", "run", "--candidate", name, "--quiet", codes=(0, 1, 3))
    verdict = json.loads((project / "gate-results" / "verdict.json").read_text())
    (check,) = [c for c in verdict["checks"] if c["name"] == "accuracy" and not c.get("slice")]

    measured = project / "gate-results" / "measurements" / "model"
    old, new = answers(measured / "baseline" / "records.jsonl"), answers(measured / "candidate" / "records.jsonl")
    assert old.keys() == new.keys()
    n = len(old)
    gained = sum(new[i] and not old[i] for i in old)
    lost = sum(old[i] and not new[i] for i in old)
    z95 = 1.6448536269514722
    lower, upper = tango_interval(gained, lost, n, z95)
    expected = {"baseline": sum(old.values()) / n, "candidate": sum(new.values()) / n}
    for key, value in expected.items():
        assert math.isclose(check[key], value, abs_tol=1e-12), f"{key}: {check[key]}, expected {value}"
    assert check["n"]["rows"] == n, check["n"]
    assert check["n"]["discordant"] == gained + lost, check["n"]
    effect = check["effect"]
    assert math.isclose(effect["estimate"], 100 * (gained - lost) / n, abs_tol=1e-9), effect
    assert math.isclose(effect["lower"], 100 * lower, abs_tol=1e-6), (effect, 100 * lower)
    assert math.isclose(effect["upper"], 100 * upper, abs_tol=1e-6), (effect, 100 * upper)
    print(f"{name} against {version_of_baseline}: {100 * expected['baseline']:.2f} % -> {100 * expected['candidate']:.2f} %, "
          f"gained {gained}, lost {lost} of {n}, Tango {100 * lower:.3f} to {100 * upper:.3f} points: "
          f"exit {code}, {check['sentence']}")
    return code, check


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("--project", required=True, type=pathlib.Path)
    options = parser.parse_args()
    if not (options.project / "candidates" / "strong").exists():
        print(f"skipped: {options.project} is not there, because the real data were not when it was built")
        return SKIPPED
    # The rule itself first, on the published table {59, 6; 16, 80}: −0.0621 (−0.1240, −0.0054).
    low, high = tango_interval(6, 16, 161, 1.959963984540054)
    assert abs(low + 0.1240) < 5e-5 and abs(high + 0.0054) < 5e-5, (low, high)
    environment = dict(os.environ, PATH=f"{options.bin.resolve()}:{os.environ['PATH']}")
    with tempfile.TemporaryDirectory(prefix="modelgate clinc ") as scratch:
        project = pathlib.Path(scratch) / "project"
        shutil.copytree(options.project, project, ignore=shutil.ignore_patterns(".modelgate", "gate-results"))
        code, check = judge(project, environment, "strong", "weak")
        assert code == 0 and check["status"] == "pass" and check.get("improved"), check
        code, check = judge(project, environment, "weak", "strong")
        assert code == 1 and check["status"] == "fail", check
        forms = pathlib.Path(scratch) / "forms"
        forms.mkdir()
        # Three checks of all rows, and each by domain.
        assert every_form.compare(project / "gate-results" / "measurements" / "model", forms, environment) > 20
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
