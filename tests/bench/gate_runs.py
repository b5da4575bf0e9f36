#!/usr/bin/env python3
"""How often does the performance gate block what did not change, and let through what did? Whole runs of
`modelgate run` on the example project, on this machine.

    tests/bench/gate_runs.py [--bin build/release/bin] [--example build/release/examples/support-intents]
                             [--rounds 200] [--margin 5%] [--only bench] [--load]

Judged against the release v1.1.0: the same files again (A/A), and `tenth-slower`, whose benchmark does 1.10 times the work.
The plan is the example's but for the margin. `--only bench` leaves the model out, `--load` keeps every core busy meanwhile.
Rounds of A/A and planted runs take turns. Prints a Markdown table, and writes a line for each run to --log.
"""

import argparse
import collections
import json
import math
import multiprocessing
import os
import pathlib
import re
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "examples" / "judged"))
from project import Project  # noqa: E402


def binomial_tail(k, n, p):
    """P(X >= k), of 0 < p < 1."""
    def log_of(i):
        return (math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1) + i * math.log(p)
                + (n - i) * math.log1p(-p))
    return math.fsum(math.exp(log_of(i)) for i in range(k, n + 1))


def clopper_pearson(k, n, level=0.95):
    """Two-sided bounds of a share, by bisection."""
    def root(function):
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if function(middle) else (low, middle)
        return low
    tail = (1 - level) / 2
    lower = 0.0 if k == 0 else root(lambda p: binomial_tail(k, n, p) < tail)
    upper = 1.0 if k == n else root(lambda p: 1 - binomial_tail(k + 1, n, p) > tail)
    return lower, upper


def spin():
    while True:
        pass


def inside(verdict):
    """Seconds inside the programs under test, and of measuring, as the notes tell."""
    within = whole = 0.0
    for warning in set(verdict.get("warnings", [])):
        found = re.search(r"; (\d+) % of ([0-9.]+) s were spent in the processes", warning)
        if found:
            within += float(found[1]) / 100 * float(found[2])
            whole += float(found[2])
    return within, whole


def run_once(project, candidate, log):
    began = time.perf_counter()
    code, _out, err = project.do("modelgate", "run", "--only", ",".join(project.gates), "--candidate", candidate, "--quiet")
    seconds = time.perf_counter() - began
    verdict = project.verdict()
    within, measured = inside(verdict)
    log.write(json.dumps({"candidate": candidate, "code": code, "seconds": round(seconds, 2), "inside": round(within, 2),
                          "measured": round(measured, 2),
                          "checks": {c["gate"] + "/" + c["name"]: [c["status"], c.get("reason", ""), c.get("effect", {}).get("estimate"),
                                                                   c.get("n", {})] for c in verdict["checks"]}}) + "\n")
    log.flush()
    if err.strip() and code not in (0, 1, 3):
        print(err.strip()[:300], file=sys.stderr)
    return code, verdict, seconds, within


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "build/release/bin"))
    parser.add_argument("--example", default=str(ROOT / "build/release/examples/support-intents"))
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--margin", default="5%")
    parser.add_argument("--only", choices=["bench"])
    parser.add_argument("--load", action="store_true")
    parser.add_argument("--candidates", nargs="+", default=["v1.1.0", "tenth-slower"])
    parser.add_argument("--log", default="gate_runs.jsonl")
    arguments = parser.parse_args()

    with Project(arguments.bin, arguments.example) as project, open(arguments.log, "w") as log:
        project.gates = ["performance"] if arguments.only == "bench" else ["performance", "latency"]
        project.do("modelgate", "run", "--candidate", "v1.1.0", "--first-release", "--output", "first-release", expect=0)
        project.do("modelgate-baseline", "save", "candidates/v1.1.0", "--version", "v1.1.0", expect=0)
        project.do("modelgate-baseline", "promote", "v1.1.0", "--verdict", "first-release/verdict.json", expect=0)
        plan = project.folder / "modelgate.yaml"
        text = plan.read_text().replace("margin: 10%", "margin: " + arguments.margin).replace("margin: 75%", "margin: " + arguments.margin)
        plan.write_text(re.sub(r"(?m)^    limits:.*\n", "", text))  # of the machine, not of the change
        busy = [multiprocessing.Process(target=spin, daemon=True) for _ in range(os.cpu_count() if arguments.load else 0)]
        for one in busy:
            one.start()
        codes = collections.defaultdict(collections.Counter)
        reasons = collections.defaultdict(collections.Counter)
        times, within = collections.defaultdict(list), collections.defaultdict(list)
        for turn in range(arguments.rounds):
            for candidate in arguments.candidates:
                code, verdict, seconds, spent = run_once(project, candidate, log)
                codes[candidate][code] += 1
                for check in verdict["checks"]:
                    if check["status"] != "pass":
                        reasons[candidate][check["reason"]] += 1
                times[candidate].append(seconds)
                within[candidate].append(spent / seconds)
            if sys.stderr.isatty():
                print(f"\r{turn + 1} of {arguments.rounds}", end="", file=sys.stderr)
        for one in busy:
            one.kill()

    print("| candidate | runs | blocked | 95 % interval | passed | cannot tell | error | seconds a run (median) | inside the programs | reasons |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for candidate in arguments.candidates:
        count, runs = codes[candidate], arguments.rounds
        low, high = clopper_pearson(count[1], runs)
        middle = lambda values: sorted(values)[len(values) // 2]
        print(f"| {candidate} | {runs} | {count[1]} | {100 * low:.1f} to {100 * high:.1f} % | {count[0]} | {count[3]} | {count[4] + count[2]} | "
              f"{middle(times[candidate]):.1f} | {100 * middle(within[candidate]):.0f} % | {dict(reasons[candidate])} |")


if __name__ == "__main__":
    main()
