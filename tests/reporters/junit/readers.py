#!/usr/bin/env python3
"""Lets others read our JUnit files, and compares what they see with the verdict, check by check.

    readers.py --reporter build/release/bin/modelgate-report-junit junitparser
    readers.py --reporter build/release/bin/modelgate-report-junit --modules build/release/…/node_modules actions
    readers.py --reporter build/release/bin/modelgate-report-junit gitlab

Exit code 77 where the reader is not installed.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
sys.path.append("/usr/lib/python3/dist-packages")  # Debian's packages, for a Python that is not Debian's
import verdicts  # noqa: E402

KINDS = {"pass": "passed", "fail": "failure", "not_compared": "skipped", "inconclusive": "error", "error": "error"}
MOST_CASES, MOST_BYTES = 10_000, 30_000_000  # GitLab's, of a file


def flaky():
    """A test that passed at its third attempt, one that never did, and a gate of other checks."""
    attempts = [{"status": "failed", "seconds": 0.5, "message": "expected 3, got 2"},
                {"status": "crashed", "message": "killed by SIGSEGV"}]
    flaky, broken = verdicts.test(1), verdicts.test(2, "fail")
    flaky.update(attempts=attempts + [{"status": "passed"}], reason="flaky")
    broken.update(attempts=attempts + [{"status": "failed", "message": "expected 3, got 4"}])
    return verdicts.verdict([flaky, broken, verdicts.benchmark(3), verdicts.accuracy("zh", "fail")])


def documents():
    cases = {path.name: json.loads(path.read_text()) for path in verdicts.examples()}
    cases.update(flaky=flaky(), hostile=verdicts.hostile(), many=verdicts.many(9_990, 500))
    return cases


def counts_of(document):
    counts = dict.fromkeys(("passed", "failure", "error", "skipped"), 0)
    for check in document["checks"]:
        counts[KINDS[check["status"]]] += 1
    return counts


def expect(wrong, what, seen, expected):
    if seen != expected:
        wrong.append(f"{what}: {str(seen)[:200]} instead of {str(expected)[:200]}")


def plain_name(check):
    """classname and name of a check of the examples: no two of them are alike, and nothing in them is escaped."""
    slice_words = ", ".join(f"{field}={value}" for field, value in check.get("slice", {}).items())
    whole = check["name"] + (f" [{slice_words}]" if slice_words else "")
    is_test = check["gate"] == "unit" and "." in check["name"]
    return tuple(whole.rsplit(".", 1)) if is_test else ("modelgate." + check["gate"], whole)


def by_junitparser(name, path, document, _options):
    import junitparser
    wrong, counts = [], counts_of(document)
    report = junitparser.JUnitXml.fromfile(str(path))
    expect(wrong, f"{name}: name", report.name, "modelgate")
    expect(wrong, f"{name}: tests", report.tests, len(document["checks"]))
    expect(wrong, f"{name}: failures", report.failures, counts["failure"])
    expect(wrong, f"{name}: errors", report.errors, counts["error"])
    elements = {"failure": junitparser.Failure, "error": junitparser.Error, "skipped": junitparser.Skipped}
    seen = dict.fromkeys(counts, 0)
    cases = {}
    for suite in report:
        of_suite = list(suite)
        expect(wrong, f"{name}/{suite.name}: tests", suite.tests, len(of_suite))
        expect(wrong, f"{name}/{suite.name}: skipped", suite.skipped, sum(case.is_skipped for case in of_suite))
        if suite.properties() is None or not suite.timestamp:
            wrong.append(f"{name}/{suite.name}: has no properties or no timestamp")
        for case in of_suite:
            kind = next((kind for kind, type in elements.items() if any(isinstance(one, type) for one in case.result)), "passed")
            seen[kind] += 1
            cases[(suite.name, case.classname, case.name)] = (kind, case)
    expect(wrong, f"{name}: outcomes", seen, counts)
    expect(wrong, f"{name}: different cases", len(cases), len(document["checks"]))
    if name != "hostile":
        for check in document["checks"]:
            key = (check["gate"], *plain_name(check))
            if key not in cases:
                wrong.append(f"{name}: there is no case {key}")
                continue
            kind, case = cases[key]
            expect(wrong, f"{name}: {key}", kind, KINDS[check["status"]])
            if kind in elements:
                (result,) = [one for one in case.result if isinstance(one, elements[kind])]
                expect(wrong, f"{name}: message of {key}", result.message, check["sentence"])
                if not (result.text or "").startswith(check["sentence"]):
                    wrong.append(f"{name}: the body of {key} begins with {(result.text or '')[:80]!r}")
    return wrong


def by_actions(name, path, document, options):
    done = subprocess.run(["node", str(pathlib.Path(__file__).with_name("readers.mjs")), options.modules, str(path)],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return [f"{name}: {done.stderr[-800:]}"]
    seen, counts, wrong = json.loads(done.stdout), counts_of(document), []
    mikepenz, dorny = seen["mikepenz"], seen["dorny"]
    red = counts["failure"] + counts["error"]
    for reader in (mikepenz, dorny):
        expect(wrong, f"{name}: failed, skipped and passed", [reader["failed"], reader["skipped"], reader["passed"]],
               [red, counts["skipped"], counts["passed"]])
    expect(wrong, f"{name}: mikepenz' total", mikepenz["total"], len(document["checks"]))
    expect(wrong, f"{name}: dorny's seconds", dorny["seconds"], 0)
    gates = {check["gate"] for check in document["checks"]}
    if name != "hostile":
        expect(wrong, f"{name}: dorny's suites", {suite["name"] for suite in dorny["suites"]}, gates)
        cases = {(case["class"], case["name"]): case for case in mikepenz["cases"]}
        grouped = {(group, case["name"]): case for suite in dorny["suites"] for group, all in suite["groups"].items()
                   for case in all}
        for check in document["checks"]:
            key, kind = plain_name(check), KINDS[check["status"]]
            case, of_dorny = cases.get(key), grouped.get(key)
            if case is None or of_dorny is None:
                wrong.append(f"{name}: {key} is not seen by both")
                continue
            expect(wrong, f"{name}: {key}, mikepenz", [case["failed"], case["skipped"]],
                   [kind in ("failure", "error"), kind == "skipped"])
            expect(wrong, f"{name}: {key}, dorny", of_dorny["result"],
                   "failed" if kind in ("failure", "error") else kind)
            if kind in ("failure", "error"):
                expect(wrong, f"{name}: message of {key}, mikepenz", case["message"], check["sentence"])
                expect(wrong, f"{name}: message of {key}, dorny", of_dorny["message"], check["sentence"])
                if check["sentence"] not in of_dorny["details"] or check["sentence"] not in case["body"]:
                    wrong.append(f"{name}: {key} does not say what happened")
            attempts = check.get("attempts", [])
            expect(wrong, f"{name}: retries of {key}", case["retries"],
                   sum(one["status"] != "passed" for one in attempts) if check["status"] == "pass" else 0)
            if options.file_line and check.get("file"):
                expect(wrong, f"{name}: place of {key}", [case["file"], case["line"]], [check["file"], check["line"]])
    return wrong


def by_gitlab(name, path, document, _options):
    """GitLab's rules: its limits, and of two cases of one suite, class and name it keeps the first alone."""
    wrong = []
    if path.stat().st_size >= MOST_BYTES:
        wrong.append(f"{name}: {path.stat().st_size} bytes are too many")
    root = xml.etree.ElementTree.parse(path).getroot()
    cases = [(suite.get("name"), case.get("classname"), case.get("name")) for suite in root for case in suite.iter("testcase")]
    if len(cases) > MOST_CASES:
        wrong.append(f"{name}: {len(cases)} cases are too many")
    if len(set(cases)) != len(cases):
        wrong.append(f"{name}: two cases are one to GitLab")
    for case in root.iter("testcase"):
        outcome = [one for one in case if one.tag in ("failure", "error", "skipped")]
        if len(outcome) > 1 or any(not (one.text or "").strip() for one in outcome):
            wrong.append(f"{name}: {case.get('name')} has {len(outcome)} outcomes, or one without words")
        if outcome and "[[ATTACHMENT|" in "".join(out.text or "" for out in case.iter("system-out")):
            wrong.append(f"{name}: {case.get('name')} attaches a file")
    expect(wrong, f"{name}: tests", int(root.get("tests")), len(document["checks"]))
    cut = [case for case in cases if case[0] == "modelgate.left_out"]
    if bool(cut) != (len(document["checks"]) > MOST_CASES):
        wrong.append(f"{name}: says that it is cut: {cut}")
    return wrong


READERS = {"junitparser": by_junitparser, "actions": by_actions, "gitlab": by_gitlab}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reporter", required=True)
    parser.add_argument("--modules", default="")
    parser.add_argument("--file-line", action="store_true")
    parser.add_argument("reader", choices=sorted(READERS))
    options = parser.parse_args()
    if options.reader == "junitparser":
        try:
            import junitparser  # noqa: F401
        except ImportError:
            print("junitparser is not installed here")
            return 77
    if options.reader == "actions" and not (pathlib.Path(options.modules) / "xml-js").is_dir():
        print("xml-js and xml2js are not installed here")
        return 77
    cases = documents()
    if options.reader == "gitlab":
        cases.update(cut=verdicts.many(60_000, 500), all_red=verdicts.many(30_000, 29_999))
    wrong = []
    with tempfile.TemporaryDirectory(prefix="modelgate junit ") as scratch:
        for name, document in cases.items():
            verdict, path = pathlib.Path(scratch) / "verdict.json", pathlib.Path(scratch) / "junit.xml"
            verdicts.write(document, verdict)
            more = ["--file-line"] if options.file_line else []
            subprocess.run([options.reporter, str(verdict), "--output", str(path), *more], check=True)
            wrong += READERS[options.reader](name, path, document, options)
            print(f"{name}: {len(document['checks'])} checks, {path.stat().st_size} bytes")
    print("\n".join(wrong[:40]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
