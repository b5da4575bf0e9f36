#!/usr/bin/env python3
"""The first of the README's two commands: the example's good candidate is judged by four gates, and the table is shown.

Exit code 77: not tried, because the machine was too busy to measure speed on.
"""

import argparse
import json
import pathlib
import subprocess
import sys

EXIT_CODES = {"pass": 0, "fail": 1, "inconclusive": 3, "error": 4}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=pathlib.Path, required=True)
    root = parser.parse_args().root
    done = subprocess.run([root / "ci-templates/local/try"], capture_output=True, text=True, check=False)
    print(done.stdout + done.stderr)
    verdict = json.loads((root / "build/release/examples/support-intents/gate-results/verdict.json").read_text(encoding="utf-8"))
    expected = EXIT_CODES[verdict["status"]]
    if verdict["status"] == "inconclusive" and verdict["inconclusive"]["action"] == "warn":
        expected = 0
    if done.returncode != expected:
        sys.exit(f"exit code {done.returncode}, and the verdict says {verdict['status']}")
    for words in ("Candidate", "unit", "regression", "performance", "quality"):
        if words.lower() not in done.stdout.lower():
            sys.exit(f"the table does not speak of {words}")
    open_checks = [check for check in verdict["checks"] if check["status"] not in ("pass", "not_compared")]
    for check in open_checks:
        noise = check["status"] == "inconclusive" or check["reason"] == "machine_unfit"
        if check["gate"] != "performance" or not noise:
            sys.exit(f"{check['gate']}: {check['name']} is {check['status']}: {check['sentence']}")
    if any(check["status"] == "error" for check in open_checks):
        print("skipped: speed cannot be measured here now, because other programs take the processors")
        sys.exit(77)


if __name__ == "__main__":
    main()
