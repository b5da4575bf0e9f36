#!/usr/bin/env python3
"""Types what README.md and CONTRIBUTING.md tell people to type.

    documents.py --bin build/release/bin --root . one_gate_in_one_line|the_plan|which_baseline|how_fast_how_large|why_does_it_say_that|in_ci|contributing
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile


def section(text, heading):
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", text, re.M | re.S)
    if not found:
        raise AssertionError(f"there is no section '{heading}'")
    return found.group(1)


def blocks(text, language=""):
    return [body for words, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S) if words == language]


def benchmark_json(factor):
    times = [100 * factor * (1 + 0.002 * ((i * 7) % 5 - 2)) for i in range(10)]
    return json.dumps({"context": {"library_build_type": "release"}, "benchmarks": [
        {"name": "BM_infer", "run_name": "BM_infer", "run_type": "iteration", "repetitions": 10,
         "repetition_index": i, "threads": 1, "iterations": 1000, "real_time": t, "cpu_time": t, "time_unit": "ns"}
        for i, t in enumerate(times)]})


def safetensors(values):
    data = struct.pack(f"<{len(values)}f", *values)
    header = json.dumps({"output": {"dtype": "F32", "shape": [len(values)], "data_offsets": [0, len(data)]}}).encode()
    return struct.pack("<Q", len(header)) + header + data


def junit(names):
    cases = "".join(f'<testcase classname="Suite" name="{name}" time="0.001"/>' for name in names)
    return f'<testsuites><testsuite name="Suite" tests="{len(names)}">{cases}</testsuite></testsuites>'


def row(number, wrong):
    label, other = ("refund", "delivery") if number % 2 else ("delivery", "refund")
    right = number % 2 == 0 or number >= wrong
    return {"id": number, "label": label, "prediction": label if right else other,
            "scores": {label: 0.9 if right else 0.2, other: 0.1 if right else 0.8}, "slices": {"lang": ("en", "zh")[number // 2 % 2]}}


def rows(wrong):
    return "".join(json.dumps(row(number, wrong)) + "\n" for number in range(4000))


def one_gate_in_one_line(root, folder, run):
    for name, content in {"old.xml": junit(["a", "b"]), "new.xml": junit(["a", "b", "c"]),
                          "old.json": benchmark_json(1), "new.json": benchmark_json(1.001),
                          "old.jsonl": rows(400), "new.jsonl": rows(30)}.items():
        (folder / name).write_text(content)
    for name in ("golden.safetensors", "out.safetensors"):
        (folder / name).write_bytes(safetensors([1.0, 2.5, -3.0]))
    text = section((root / "README.md").read_text(), "One gate in one line")
    lines = [line for block in blocks(text) for line in block.splitlines() if line.startswith("modelgate-")]
    assert len(lines) == 5, lines
    for line in lines:
        run(line, 0)
    # And they do block: each of them, with a candidate that is worse.
    (folder / "new.xml").write_text(junit(["a"]))
    (folder / "new.json").write_text(benchmark_json(1.5))
    (folder / "new.jsonl").write_text(rows(900))
    (folder / "out.safetensors").write_bytes(safetensors([1.0, 2.5, -3.1]))
    for line in lines:
        run(line, 1)
    # What is not there is never a pass.
    for name in ("new.xml", "new.json", "new.jsonl", "out.safetensors"):
        (folder / name).unlink()
    for line in lines:
        run(line, 4)


def the_plan(root, folder, run):
    text = section((root / "README.md").read_text(), "The plan")
    (plan,) = blocks(text, "yaml")
    (folder / "modelgate.yaml").write_text(plan)
    (folder / "candidates" / "v1.1.0").mkdir(parents=True)
    (folder / "candidates" / "v1.1.0" / "model.pt").write_text("any")
    out = run("modelgate run --dry-run --first-release", 0)
    for program in ("gtest", "bench", "exec", "torch"):
        assert f"modelgate-run-{program} " in out, out
    run("modelgate schema plan", 0)
    (typed,) = [block for block in blocks(text) if "promote" in block]
    for line in typed.splitlines():
        words = line.split("#")[0].split()
        # The whole session is run on the example, in tests/examples/judged; here every option must be known.
        for option in [w for w in words if w.startswith("--")]:
            help_words = words[:1] + ([words[1]] if not words[1].startswith("-") else []) + ["--help"]
            assert option in run(" ".join(help_words), 0), f"{line}: {option} is unknown"


ANSWERS = """#!/bin/sh
cat > /dev/null
exec cat "${0%/*}/answers"
"""


def which_baseline(root, folder, run):
    text = section((root / "README.md").read_text(), "Which baseline?")
    (folder / "modelgate.yaml").write_text("""schema: modelgate/plan
version: 1
name: shop
candidate: out
runs:
  model: {runner: exec, command: ["{subject}/answer"], input: rows.jsonl}
gates:
  quality: {from: model, checks: ["accuracy margin=3pp min=0.8"]}
""")
    numbers = range(400)
    (folder / "rows.jsonl").write_text("".join(json.dumps({"id": n, "label": "yes"}) + "\n" for n in numbers))
    (folder / "out").mkdir()
    (folder / "out" / "answers").write_text("".join(
        json.dumps({"id": n, "prediction": "no" if n < 10 else "yes"}) + "\n" for n in numbers))
    (folder / "out" / "answer").write_text(ANSWERS)
    (folder / "out" / "answer").chmod(0o755)
    (folder / ".gitignore").write_text("/out\n/gate-results\n/.modelgate\n")
    git = "git -c user.name=x -c user.email=x@example.org"
    run(f"git init -q -b main && git add --all && {git} commit -q -m first", 0)
    run("modelgate run --first-release --quiet", 0)
    run("modelgate-baseline save out --version v1.0.0", 0)
    run("modelgate-baseline promote v1.0.0 --verdict gate-results/verdict.json", 0)
    run(f"git checkout -q -b change && {git} commit -q --allow-empty -m change", 0)
    (typed,) = blocks(text)
    lines = typed.splitlines()
    assert len(lines) == 3, lines
    for line in lines:
        run(line, 0)
    verdict = json.loads((folder / "gate-results" / "verdict.json").read_text())
    assert verdict["baseline"]["version"] == "v1.0.0", verdict["baseline"]
    # What stands in the table can be asked for.
    for wish in ("latest", "v1.0.0", "branch:main", "merge-base", "merge-base:main"):
        kind = wish.replace("v1.0.0", "v1.2.0")
        assert f"`{kind}`" in text, f"{kind} is not told of"
        run(f"modelgate run --quiet --baseline {wish}", 0)
    verdict = json.loads((folder / "gate-results" / "verdict.json").read_text())
    assert verdict["baseline"]["version"] == "v1.0.0", verdict["baseline"]
    run("modelgate run --quiet --baseline branch:main", 0)
    verdict = json.loads((folder / "gate-results" / "verdict.json").read_text())
    assert verdict["baseline"]["version"] == "v1.1.0-dev.7", verdict["baseline"]
    assert "latest: v1.0.0" in run("modelgate doctor", 0)
    assert "--fetch-seconds" in run("modelgate run --help", 0)


def how_fast_how_large(root, folder, run):
    text = section((root / "README.md").read_text(), "How fast, how large")
    (fragment,) = blocks(text, "yaml")
    (folder / "modelgate.yaml").write_text(
        "schema: modelgate/plan\nversion: 1\nname: served\ncandidate: out/new\n" + fragment)
    (folder / "out" / "new").mkdir(parents=True)
    (folder / "out" / "new" / "model.pt").write_text("any")
    out = run("modelgate run --dry-run --first-release", 0)
    assert "modelgate-run-torch " in out and "modelgate-gate-performance " in out, out
    # Settings that stand in the prose are known to a runner, or to the gate.
    options = "".join(run(f"modelgate-{program} --help", 0)
                      for program in ("run-torch", "run-bench", "run-exec", "gate-performance"))
    for setting in re.findall(r"`(\w+): ", text):
        assert f"--{setting.replace('_', '-')} " in options, f"{setting} is unknown"


def options_are_known(lines, run):
    for line in lines:
        words = line.split("#")[0].split()
        help_words = words[:2] + ["--help"]
        known = run(" ".join(help_words), 0)
        for option in [word for word in words if word.startswith("--")]:
            assert option in known, f"{line}: {option} is unknown"


def several_machines(root, folder, run):
    """That they make the verdict of one machine is tried on the example, in tests/examples/judged."""
    readme = (root / "README.md").read_text()
    (plan,) = blocks(section(readme, "The plan"), "yaml")
    (folder / "modelgate.yaml").write_text(plan)
    (typed,) = blocks(section(readme, "Several machines"))
    lines = typed.splitlines()
    options_are_known(lines, run)
    run(lines[0].split("#")[0], 0)
    # The jobs that are typed are those of the plan.
    jobs = json.loads(run("modelgate plan --shards 2 --json", 0))
    asked = {(",".join(job["gates"]), f"{job['shard']['number']}/{job['shard']['of']}" if "shard" in job else "") for job in jobs}
    written = {(re.search(r"--only (\S+)", line)[1], (re.search(r"--shard (\S+)", line) or ["", ""])[1]) for line in lines if "--only" in line}
    assert written <= {(gates, "") for gates, _ in asked} | asked and {gates for gates, _ in written} == {gates for gates, _ in asked}, (asked, written)


def before_you_push(root, folder, run):
    readme = (root / "README.md").read_text()
    text = section(readme, "Before you push")
    (plan,) = blocks(section(readme, "The plan"), "yaml")
    (hook,) = re.findall(r"`(hook: .*?)`", text)
    (folder / "modelgate.yaml").write_text(plan.replace("unit:        {", 'unit:        {changes: ["src/*"], ') + hook + '\nunrelated: ["*.md"]\n')
    (folder / "candidates" / "v1.1.0").mkdir(parents=True)
    (folder / "candidates" / "v1.1.0" / "model.pt").write_text("any")
    git = "git -c user.name=x -c user.email=x@example.org -c init.defaultBranch=main "
    run(f"{git} init -q . && {git} add . && {git} commit -q -m all && {git} checkout -q -b change", 0)
    (typed,) = blocks(text)
    install, by_hand = (line.split("#")[0] for line in typed.splitlines())
    assert "unit" in run(install, 0)
    run("modelgate hook status", 0)
    (folder / "README.md").write_text("words")
    run(f"{git} add . && {git} commit -q -m words", 0)
    run(by_hand, 0)
    run("modelgate hook run </dev/null", 0)
    (folder / "src").mkdir()
    (folder / "src" / "x.cpp").write_text("int x;")
    run("modelgate hook run </dev/null", 4)  # there is no release to compare with
    run("modelgate hook remove", 0)
    run("modelgate hook status", 1)


def why_does_it_say_that(root, folder, run):
    (folder / "gate-results").mkdir()
    (folder / "gate-results/verdict.json").write_bytes((root / "schemas/examples/verdict-fail.json").read_bytes())
    text = section((root / "README.md").read_text(), "Why does it say that?")
    explain, check, source, manual = re.findall(r"`((?:modelgate|source|')[^`]*)`", text)
    assert "1. FAIL: unit" in run(explain, 0)
    assert "Why FAIL" in run(f"{explain} {check}", 0)
    assert json.loads(run(f"{explain} --json", 0))["exit_code"] == 1
    assert "-F _modelgate modelgate" in run(f"bash -c '{source}; complete -p modelgate'", 0)
    page = run(manual if shutil.which("man") else manual.split("|")[0], 0)
    assert "modelgate calibrate" in re.sub(".\x08", "", page).replace("\\-", "-"), page


def in_ci(root, _folder, _run):
    text = section((root / "README.md").read_text(), "In CI")
    declared = {"inputs": (root / "ci-templates/gitlab/templates/gate/template.yml").read_text().split("\n---\n")[0],
                "with": (root / "ci-templates/github/action.yml").read_text().split("\noutputs:\n")[0]}
    given = [found for block in blocks(text, "yaml") for found in re.findall(r"\b(inputs|with): \{(.*)\}", block)]
    assert {what for what, _ in given} == {"inputs", "with"}, given
    for what, inputs in given:
        for name in re.findall(r"([\w-]+): ", inputs):
            assert re.search(rf"^ +{name}:$", declared[what], re.M), f"there is no input {name}"


def contributing(root, _folder, run):
    text = (root / "CONTRIBUTING.md").read_text()
    for block in blocks(text):
        for line in block.splitlines():
            program = root / line.split()[0]
            assert os.access(program, os.X_OK), f"{program} cannot be run"
    run(f"sh -n '{root}/tests/run' || bash -n '{root}/tests/run'", 0)
    presets = json.loads((root / "CMakePresets.json").read_text())
    names = {preset["name"] for preset in presets["configurePresets"]}
    assert {"dev", "release", "asan"} <= names, names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("what")
    options = parser.parse_args()
    environment = dict(os.environ, CI_COMMIT_BRANCH="release/documents", PATH=f"{pathlib.Path(options.bin).resolve()}:{os.environ['PATH']}")
    with tempfile.TemporaryDirectory(prefix="modelgate documents ") as scratch:

        def run(line, expect):
            done = subprocess.run(["sh", "-c", line], cwd=scratch, env=environment, capture_output=True, text=True,
                                  check=False)
            if done.returncode != expect:
                raise AssertionError(f"{line}\nexit {done.returncode}, expected {expect}\n{done.stdout}{done.stderr}")
            return done.stdout

        globals()[options.what](options.root.resolve(), pathlib.Path(scratch), run)


if __name__ == "__main__":
    sys.exit(main())
