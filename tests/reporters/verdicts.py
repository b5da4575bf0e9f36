"""Verdicts for tests of the reporters as programs: the examples', large ones, and ones full of hostile texts."""

import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]

HOSTILE = [
    "]]> </testcase><testcase name=\"forged\"/> & <!-- \"'",
    "control \x01\x02\x1b[2J\x7f\x9b inside",
    "two\nlines\r\nand\rmore\ttabs",
    "right to left \u202e and separators \u2028\u2029",
    "| a | table | `code` **bold** [link](https://evil.example) <script>alert(1)</script>",
    "![image](https://evil.example/x.png) <img src=x onerror=alert(1)> </details></pre></td></table>",
    "@everyone #1 !2 &3 GH-4 www.evil.example https://evil.example :tada: ~label %m $x$ [issue:5] owner/repo#6",
    "/close",
    "fine\n/merge\n/assign @root\n   /label ~x",
    "::include{file=README.md}",
    "[[_TOC_]] {+ added +} [- gone -] [^1] - [x] done",
    "# heading\n> quote\n```\nfence\n```\n---\n1. list",
    "准确率 [语言=中文] é 👩\u200d💻",
    "\\ \\n %s ${HOME} $(reboot) ::error::x",
    "",
    "   ",
]


def examples():
    return sorted((ROOT / "schemas/examples").glob("verdict-*.json"))


def verdict(checks, **more):
    order = ["fail", "error", "inconclusive", "pass"]
    statuses = {check["status"] for check in checks}
    status = next((one for one in order if one in statuses), "error")
    document = {"schema": "modelgate/verdict", "version": 1, "gate": "suite", "gate_version": "0.1.0",
                "created": "2026-11-23T20:15:00Z", "status": status, "sentence": f"{len(checks)} checks were judged",
                "candidate": {"role": "candidate", "name": "support-intents", "version": "v1.1.0",
                              "commit": "f27ab90c4417de53816c2b0e9a5f7d61308bc4e9", "digest": "sha256:" + "c" * 64},
                "baseline": {"role": "baseline", "name": "support-intents", "version": "v1.0.0",
                             "commit": "8d3c1f0a7be24655c9e0d4f2b1a6837e5d90c214", "digest": "sha256:" + "b" * 64},
                "alpha_fail": 0.05, "alpha_pass": 0.05, "checks": checks}
    document.update(more)
    return document


def benchmark(number, status="pass"):
    slower = 36.4 if status == "fail" else 1.2
    name = f"BM_featurize/{number} real_time"
    return {"gate": "performance", "name": name, "status": status,
            "reason": "regression_proven" if status == "fail" else "non_inferiority_proven",
            "sentence": f"{name} is {slower} % slower (95 % bounds +{slower - 1:.1f} % to +{slower + 1:.1f} %), " +
                        ("more than" if status == "fail" else "within") + " the margin of 10 %",
            "baseline": 1.618e-05, "candidate": 1.618e-05 * (1 + slower / 100), "unit": "s",
            "direction": "lower_is_better",
            "effect": {"estimate": slower, "lower": slower - 1, "upper": slower + 1, "confidence": 0.95, "unit": "percent"},
            "margin": 10.0, "p_regression": 1e-9 if status == "fail" else 1.0, "n": {"pairs": 12},
            "method": "exact signed-rank test and Hodges–Lehmann bounds of process pairs, cross-checked by Student's t"}


def test(number, status="pass"):
    name = f"Featurizer{number % 40}.Case{number}"
    check = {"gate": "unit", "name": name, "status": status,
             "reason": "new_failure" if status == "fail" else "still_passes",
             "sentence": f"{name}: " + ("passed in the baseline and now fails" if status == "fail" else "passes, as in the baseline")}
    if status == "fail":
        check.update(details=f"tests/featurizer_test.cpp:{number}: Failure\nExpected equality of these values:\n  a\n  b",
                     file="tests/featurizer_test.cpp", line=number + 1)
    return check


def accuracy(language, status="pass"):
    fell = 10.2 if status == "fail" else 0.4
    return {"gate": "quality", "name": "accuracy", "slice": {"lang": language}, "status": status,
            "reason": "regression_proven" if status == "fail" else "non_inferiority_proven",
            "sentence": f"accuracy of lang={language} fell by {fell} points, " + ("more than" if status == "fail" else "within") +
                        " the margin of 4 points",
            "baseline": 0.894, "candidate": 0.894 - fell / 100, "unit": "fraction", "direction": "higher_is_better",
            "effect": {"estimate": -fell, "lower": -fell - 1.5, "upper": -fell + 1.5, "confidence": 0.95, "unit": "points"},
            "margin": 4.0, "n": {"rows": 600, "discordant": 83}, "method": "Tango score interval"}


def many(checks=10_000, failures=500):
    """Of three gates; nearly all failures are of two of them, and the one of the third must still be seen."""
    of_tests, of_times = (failures - 1) // 2, failures - 1 - (failures - 1) // 2
    tests, slices = checks // 2, 40
    times = checks - tests - slices
    return verdict([test(i, "fail" if i < of_tests else "pass") for i in range(tests)] +
                   [benchmark(i, "fail" if i < of_times else "pass") for i in range(times)] +
                   [accuracy(f"l{i}", "fail" if i == 7 else "pass") for i in range(slices)])


def hostile():
    checks = []
    for number, text in enumerate(HOSTILE):
        for status in ("pass", "fail", "inconclusive", "error", "not_compared"):
            checks.append({"gate": text, "name": f"{number} {text}", "slice": {text: text}, "status": status, "reason": text,
                           "sentence": text, "needs": text, "details": text, "method": text, "unit": text, "file": text,
                           "line": 7, "candidate": 1, "n": {text: 3}, "warnings": [text],
                           "attempts": [{"status": "failed", "message": text}, {"status": "passed"}]})
            if status == "pass":
                checks[-1]["waiver"] = text
    return verdict(checks, sentence=HOSTILE[7], left_out=HOSTILE, warnings=HOSTILE,
                   candidate={"role": "candidate", "name": HOSTILE[6], "version": HOSTILE[7]})


def write(document, path):
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path
