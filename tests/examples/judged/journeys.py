#!/usr/bin/env python3
"""What a person does with modelgate, from the first release to a blocked merge, on the example project.

    journeys.py --bin build/release/bin --example build/release/examples/support-intents JOURNEY [--rounds 10]
"""

import argparse
import json
import pathlib
import re
import shutil
import signal
import sys
import time
import xml.etree.ElementTree as xml

from project import Project, stop

# candidate -> exit code, the gate that must stop it, its reason code, words its sentence must hold
PLANTED = {
    "slower": (1, "performance", "regression_proven", ["slower", "margin"]),
    "worse-slice": (1, "quality", "regression_proven", ["accuracy", "margin"]),
    "drifted": (1, "regression", "beyond_tolerance", ["output"]),
    "nan": (1, "regression", "not_finite", ["output"]),
    "broken-test": (1, "unit", "new_failure", []),
    "crashing-test": (1, "unit", "new_crash", []),
    "vanished-test": (1, "unit", "test_vanished", []),
}


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def judge(project, candidate, code):
    _, out, err = project.do("modelgate", "run", "--candidate", candidate)
    verdict = project.verdict()
    told = [f"  {c['status']} {c['gate']}/{c['name']} {c.get('slice', '')}: {c['reason']}: {c['sentence']}"
            for c in verdict["checks"] if c["status"] != "pass"]
    if _ != code:
        raise AssertionError(f"{candidate}: exit {_}, expected {code}\n" + "\n".join(told) + "\n" + err)
    return verdict, out


def releases_then_judges(project, rounds):
    project.release_baseline()
    for _ in range(rounds):
        verdict, out = judge(project, "v1.1.0", 0)
        expect(verdict["status"] == "pass", verdict["sentence"])
        expect(verdict["baseline"]["version"] == "v1.0.0", "judged against something else")
        expect({c["gate"] for c in verdict["checks"]} == {"unit", "regression", "performance", "latency", "quality"},
               "a gate is missing")
        expect("accuracy" in out, "the table does not show the accuracy")
        for name in ("junit.xml", "summary.md"):
            expect((project.folder / "gate-results" / name).stat().st_size > 0, name + " is empty")
        suites = xml.parse(project.folder / "gate-results" / "junit.xml").getroot()
        expect(suites.get("failures") == "0" and suites.get("errors") == "0", "junit.xml is not green")
        expect(int(suites.get("tests")) == len(verdict["checks"]), "junit.xml has another number of checks")


def planted_faults_are_stopped(project, rounds):
    project.release_baseline()
    for _ in range(rounds):
        for candidate, (code, gate, reason, words) in PLANTED.items():
            verdict, _out = judge(project, candidate, code)
            stopped = [c for c in verdict["checks"] if c["status"] == "fail"]
            right = [c for c in stopped if c["gate"] == gate and c["reason"] == reason]
            expect(right, f"{candidate}: not stopped by {gate} for {reason}, but by "
                   f"{[(c['gate'], c['name'], c['reason']) for c in stopped]}")
            expect(all(word in right[0]["sentence"] for word in words), f"{candidate}: says '{right[0]['sentence']}'")
            if candidate == "worse-slice":
                expect(any(c.get("slice") == {"lang": "zh"} for c in right), "worse-slice: not for Chinese")
                overall = [c for c in verdict["checks"] if c["name"] == "accuracy" and not c.get("slice")]
                expect(overall and overall[0]["status"] == "pass", "worse-slice: the average should have passed")
            junit = xml.parse(project.folder / "gate-results" / "junit.xml").getroot()
            expect(int(junit.get("failures")) == len(stopped), f"{candidate}: junit.xml counts other failures")
            print(f"{candidate}: {right[0]['sentence']}", flush=True)


def a_killed_run_passes_nothing(project, _rounds):
    project.release_baseline()
    judge(project, "v1.1.0", 0)
    running = project.start_and_reach("speed", "intents_bench", "modelgate", "run", "--candidate", "v1.1.0")
    verdict = project.folder / "gate-results" / "verdict.json"
    stop(running, signal.SIGKILL)
    project.wait_until(lambda: not project.processes(), 10, f"every child to end: {project.processes()}")
    expect(verdict.exists(), "there is no verdict")
    expect(project.verdict()["status"] == "error", "the verdict is " + project.verdict()["status"])
    junit = xml.parse(project.folder / "gate-results" / "junit.xml").getroot()
    expect(int(junit.get("errors")) > 0, "junit.xml is green")


def an_interrupt_stops_every_child(project, _rounds):
    project.release_baseline()
    for how in (signal.SIGINT, signal.SIGTERM):
        for stage, program in {"tests": "", "speed": "intents_bench", "model": "modelgate-torch-worker"}.items():
            running = project.start_and_reach(stage, program, "modelgate", "run", "--candidate", "v1.1.0")
            code, seconds = stop(running, how)
            expect(code == 4, f"{how.name} while measuring {stage}: exit {code}")
            expect(seconds < 2.5, f"{how.name} while measuring {stage}: took {seconds:.1f} s")
            expect(not project.processes(), f"{how.name} while measuring {stage}: left {project.processes()}")
            verdict = project.verdict()
            expect(verdict["status"] == "error" and "interrupted" in verdict["sentence"], verdict["sentence"])


def a_missing_result_is_an_error(project, _rounds):
    """Somebody deletes a gate's verdict before the suite joins them."""
    project.release_baseline()
    judge(project, "v1.1.0", 0)
    results = project.folder / "gate-results"
    verdict = project.verdict()
    suite = ["modelgate-gate-suite", "--plan", "modelgate.yaml", "--verdicts", str(results / "verdicts"), "--output",
             str(results / "joined.json"), "--candidate-digest", verdict["candidate"]["digest"],
             "--baseline-digest", verdict["baseline"]["digest"]]
    project.do(*suite, expect=0)
    for missing in sorted((results / "verdicts").iterdir()):
        kept = missing.read_bytes()
        missing.unlink()
        project.do(*suite, expect=4)
        missing.write_bytes(kept[: len(kept) // 2])
        project.do(*suite, expect=4)
        missing.write_bytes(kept)
    project.do(*suite, expect=0)
    # And one that never gets written, because its measurements cannot be made.
    for lost in ("intents_tests", "intents_bench", "model.pt", "golden.safetensors", "intents_featurize"):
        broken = project.folder / "candidates" / "broken"
        shutil.copytree(project.folder / "candidates" / "v1.1.0", broken)
        (broken / lost).unlink()
        code, _, _ = project.do("modelgate", "run", "--candidate", "broken", "--quiet")
        expect(code in (1, 4), f"without {lost}: exit {code}")
        expect(project.verdict()["status"] in ("fail", "error"), f"without {lost}: " + project.verdict()["status"])
        shutil.rmtree(broken)


def the_first_release_is_not_a_comparison(project, _rounds):
    code, _, err = project.do("modelgate", "run", "--candidate", "v1.0.0")
    expect(code == 4, f"without a release and without --first-release: exit {code}")
    expect("first-release" in err, "the error does not say what to do: " + err)
    _, out, _ = project.do("modelgate", "run", "--candidate", "v1.0.0", "--first-release", expect=0)
    verdict = project.verdict()
    expect(verdict.get("first_release") is True and "baseline" not in verdict, "the verdict names a baseline")
    for text in (out, verdict["sentence"], (project.folder / "gate-results" / "summary.md").read_text()):
        expect("first release" in text.lower(), "does not say first release: " + text[:300])
    for check in verdict["checks"]:
        compared = check.get("margin") is not None
        expect(not (compared and check["status"] == "pass"), f"{check['name']} passed a comparison with nothing")


def dry_run_prints_what_run_runs(project, _rounds):
    project.release_baseline()
    _, out, _ = project.do("modelgate", "run", "--dry-run", expect=0)
    expect(not (project.folder / "gate-results").exists(), "a dry run wrote something")
    expect(out.count("\n") == len(out.splitlines()) and "modelgate-gate-suite" in out, out)
    # The printed lines, run by a shell, give the same verdict.
    (project.folder / "gate-results").mkdir()
    (project.folder / "commands.sh").write_text(out)
    project.do("sh", "commands.sh")
    expect(project.verdict()["status"] in ("pass", "inconclusive"), project.verdict()["sentence"])


def promote_takes_only_what_passed_whole(project, _rounds):
    project.release_baseline()
    store = ["modelgate-baseline"]
    project.do("modelgate", "run", "--candidate", "v1.1.0", "--only", "unit", "--quiet", expect=0)
    project.do(*store, "save", "candidates/v1.1.0", "--version", "v1.1.0", expect=0)
    code, _, err = project.do(*store, "promote", "v1.1.0", "--verdict", "gate-results/verdict.json")
    expect(code != 0, "a verdict of one gate alone was taken")
    project.do("modelgate", "run", "--candidate", "broken-test", "--quiet", expect=1)
    code, _, err = project.do(*store, "promote", "v1.1.0", "--verdict", "gate-results/verdict.json")
    expect(code != 0, "a failing verdict of another candidate was taken")
    judge(project, "v1.1.0", 0)
    project.do(*store, "promote", "v1.1.0", "--verdict", "gate-results/verdict.json", expect=0)
    _, out, _ = project.do(*store, "list", expect=0)
    expect("v1.1.0" in out and "v1.0.0" in out, out)
    project.do(*store, "verify", expect=0)


def selftest_tells_checks_that_can_fail_from_one_that_cannot(project, _rounds):
    project.do("modelgate", "run", "--candidate", "v1.1.0", "--first-release", expect=0)
    project.do("modelgate", "selftest", expect=0)
    project.release_baseline()
    judge(project, "v1.1.0", 0)
    began = time.monotonic()
    _, out, _ = project.do("modelgate", "selftest", expect=0)
    expect("as expected: all " in out, out)
    print(f"selftest: {time.monotonic() - began:.1f} s")
    # Every check that the run judged by a margin, a limit or a test's outcome is among them.
    _, out, _ = project.do("modelgate", "selftest", "--json", expect=0)
    tried = {(r["gate"], r["check"], str(r.get("slice"))) for r in json.loads(out)["rows"]
             if "check" in r and r["expected"] == "fail" and r["obtained"] == "fail"}
    judged = {(c["gate"], c["name"], str(c.get("slice"))) for c in project.verdict()["checks"] if c["status"] == "pass"}
    expect(judged <= tried, f"not tried: {sorted(judged - tried)}")
    plan = project.folder / "modelgate.yaml"
    text = plan.read_text()
    for sound, dead, name in (("    margin: 10%", "    margin: 1000%", "performance/featurize/"),
                              ("margin=4pp by=lang", "margin=90pp by=lang", "quality/accuracy [lang=zh]"),
                              ("absolute_tolerance: 1e-4", "absolute_tolerance: 1e9", "regression/output")):
        expect(sound in text, f"the plan no longer says '{sound}'")
        plan.write_text(text.replace(sound, dead))
        _, out, _ = project.do("modelgate", "selftest", expect=1)
        expect(f"LET THROUGH  {name}" in out, f"{dead}: not found\n{out}")


def git(project, *words):
    project.do("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main", *words, expect=0)


def pushes_are_judged_by_what_changed(project, _rounds):
    """A repository with the hook, and a remote to push to."""
    # How fast the model is has nothing to do with pushes.
    plan = project.folder / "modelgate.yaml"
    plan.write_text(re.sub(r"^  (performance|latency):\n(    .*\n)+", "", plan.read_text(), flags=re.M))
    project.release_baseline()
    for name in ("first-release", "gate-results"):
        shutil.rmtree(project.folder / name, ignore_errors=True)
    (project.folder / ".gitignore").write_text("gate-results/\n.modelgate/\n")
    del project.environment["CI_COMMIT_BRANCH"]
    git(project, "init", "-q", ".")
    git(project, "init", "-q", "--bare", "../remote")
    git(project, "remote", "add", "origin", "../remote")
    git(project, "add", ".")
    git(project, "commit", "-q", "-m", "all")
    git(project, "push", "-q", "origin", "main")
    git(project, "checkout", "-q", "-b", "change")
    project.do("modelgate", "hook", "install", expect=0)

    def push(what, passes):
        git(project, "add", ".")
        git(project, "commit", "-q", "-m", what)
        began = time.monotonic()
        code, out, err = project.do("git", "push", "-q", "origin", "HEAD")
        print(f"{what}: {'pushed' if code == 0 else 'blocked'} in {time.monotonic() - began:.2f} s", flush=True)
        expect((code == 0) == passes, f"{what}: exit {code}\n{out}\n{err}")
        return out + err

    notes = project.folder / "docs" / "notes.md"
    notes.parent.mkdir()
    notes.write_text("one\n")
    said = push("documents", True)
    expect("nothing that concerns a gate changed" in said, said)
    good, broken = (project.folder / "candidates" / name for name in ("v1.1.0", "broken-test"))
    shutil.copy(broken / "intents_tests", good / "intents_tests.new")
    kept = (good / "intents_tests").read_bytes()
    (good / "intents_tests.new").replace(good / "intents_tests")
    said = push("a broken test", False)
    expect("new_failure" in said or "passed in the baseline and now fails" in said or "fail" in said, said)
    (good / "intents_tests").write_bytes(kept)
    (good / "classes.txt").touch()
    (project.folder / "tools.py").write_text("print(1)\n")
    said = push("a tool", True)
    expect("passes" in said or "pass" in said, said)
    notes.write_text("two\n")
    said = push("documents again", True)
    expect((project.folder / ".modelgate" / "hook" / "verdict.json").exists(), "no verdict")
    warnings = project.verdict(".modelgate/hook").get("warnings", [])
    expect(any("not again" in warning for warning in warnings), f"was judged again: {warnings}")
    project.do("modelgate", "hook", "remove", expect=0)
    shutil.copy(broken / "intents_tests", good / "intents_tests")
    push("without the hook", True)


def jobs_make_the_verdict_of_one_run(project, _rounds):
    project.release_baseline()
    _, out, _ = project.do("modelgate", "plan", "--shards", "2", "--json", expect=0)
    jobs = json.loads(out)
    expect(len(jobs) >= 5, out)

    def do_jobs(candidate):
        shutil.rmtree(project.folder / "jobs", ignore_errors=True)
        for job in jobs:
            shard = ["--shard", f"{job['shard']['number']}/{job['shard']['of']}"] if "shard" in job else []
            project.do("modelgate", "run", "--candidate", candidate, "--only", ",".join(job["gates"]), *shard, "--quiet",
                       "--output", "jobs/" + job["name"])
        return project.do("modelgate", "merge", "jobs", "--output", "joined")[0]

    expect(do_jobs("v1.1.0") == 0, project.verdict("joined")["sentence"])
    judge(project, "v1.1.0", 0)
    names = [[(c["gate"], c["name"], str(c.get("slice"))) for c in project.verdict(output)["checks"]]
             for output in ("joined", "gate-results")]
    expect(sorted(names[0]) == sorted(names[1]), f"other checks: {set(names[0]) ^ set(names[1])}")
    for candidate in ("broken-test", "worse-slice", "slower"):
        expect(do_jobs(candidate) == 1, f"{candidate}: " + project.verdict("joined")["sentence"])
        gate = PLANTED[candidate][1]
        expect(any(c["gate"] == gate and c["status"] == "fail" for c in project.verdict("joined")["checks"]), candidate)
    # A job that is missing is missed.
    for job in jobs:
        moved = project.folder / "jobs" / job["name"]
        moved.rename(project.folder / "elsewhere")
        code, _, _ = project.do("modelgate", "merge", "jobs", "--output", "joined", "--quiet")
        expect(code in (1, 4), f"without {job['name']}: exit {code}")
        statuses = {c["status"] for c in project.verdict("joined")["checks"]}
        expect("error" in statuses, f"without {job['name']} nothing is missing")
        (project.folder / "elsewhere").rename(moved)


def a_planted_token_appears_nowhere(project, _rounds):
    """In the environment, in a remote's address, in Git's configuration: not in what is printed, written or kept."""
    token = "glpat-Planted0Token1That2Nobody3Shall4See"
    plan = project.folder / "modelgate.yaml"
    plan.write_text(re.sub(r"^  (performance|latency):\n(    .*\n)+", "", plan.read_text(), flags=re.M))
    project.release_baseline()
    git(project, "init", "-q", ".")
    git(project, "add", "modelgate.yaml", "candidates")
    git(project, "commit", "-q", "-m", "first")
    git(project, "checkout", "-q", "-b", "change")
    git(project, "commit", "-q", "--allow-empty", "-m", "second")
    git(project, "remote", "add", "origin", f"http://bot:{token}@127.0.0.1:1/x.git")
    git(project, "config", "http.extraHeader", f"Authorization: Bearer {token}")
    (project.folder / "token").write_text(token)
    (project.folder / ".git" / "shallow").write_text("")
    for name in ("GITHUB_TOKEN", "GH_TOKEN", "MODELGATE_GITLAB_TOKEN", "CI_JOB_TOKEN", "AWS_SECRET_ACCESS_KEY"):
        project.environment[name] = token
    project.environment.update(GITHUB_ACTIONS="true", GITHUB_REPOSITORY="team/model", GITHUB_REF="refs/pull/7/merge", GITHUB_REF_NAME="7/merge",
                               GITHUB_BASE_REF="main", GITHUB_HEAD_REF="change", GITHUB_SHA="0" * 40, GITHUB_SERVER_URL=f"https://bot:{token}@github.example")
    said = ""
    for words in (["run", "--candidate", "broken-test"], ["run", "--baseline", "merge-base", "--json"], ["run", "--changed", "--candidate", "broken-test"],
                  ["run", "--dry-run"], ["doctor"], ["doctor", "--json"], ["plan", "--format", "gitlab"], ["hook", "install"], ["hook", "run"],
                  ["explain", "gate-results/verdict.json"], ["run", "--only", token]):
        _, out, err = project.do("modelgate", *words)
        said += (out + err) if token not in words else ""
    project.do("modelgate", "run", "--candidate", "broken-test", "--quiet", expect=1)
    for report in ("github", "gitlab"):
        for more in (["--token-file", "token"], []):
            code, out, err = project.do("modelgate-report-" + report, "gate-results/verdict.json", "--status", "--comment", "--loopback-http",
                                        "--api-url", "http://127.0.0.1:1", "--project", "team/model" if report == "github" else "7", "--commit", "0" * 40,
                                        "--request", "7", "--seconds", "1", *more)
            expect(code == 4, f"{report}: exit {code}\n{out}{err}")
            said += out + err
        project.do("modelgate-report-" + report, "gate-results/verdict.json", "--comment", "--request", "7", "--commit", "0" * 40, "--project", "team/model" if report == "github" else "7", "--write-comment", f"comment-{report}.md", expect=0)
    for report, option in (("dotenv", []), ("annotations", ["--for", "gitlab", "--job-url", "https://x.example/1"]), ("codequality", []), ("openmetrics", []), ("attestation", [])):
        said += "".join(project.do("modelgate-report-" + report, "gate-results/verdict.json", *option)[1:])
    expect(token not in said, "it was printed: " + said[max(0, said.find(token) - 200):][:400])
    expect(len(said) > 5000, "hardly anything was said: " + said)
    found = [str(file) for file in project.folder.rglob("*") if file.is_file() and token.encode() in file.read_bytes()
             and file.relative_to(project.folder) not in (pathlib.Path("token"), pathlib.Path(".git/config"))]
    expect(not found, f"it was written into {found}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--example", required=True)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("journey")
    options = parser.parse_args()
    journey = globals()[options.journey]
    began = time.monotonic()
    with Project(options.bin, options.example) as project:
        journey(project, options.rounds)
    print(f"{options.journey}: {time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
