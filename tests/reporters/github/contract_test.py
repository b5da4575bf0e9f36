#!/usr/bin/env python3
"""modelgate-report-github against GitHub's own OpenAPI description, served by Prism, which refuses what it does not allow.

    contract_test.py --bin build/release/bin --packages FOLDER

FOLDER holds node_modules with @octokit/openapi and @stoplight/prism-cli. Prism answers with GitHub's own examples.
"""

import argparse
import ctypes
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parents[2] / "schemas" / "examples"
COMMIT = "6dcb09b5b57875f334f61aebed695e2e4193db5e"  # of GitHub's examples
MARKER = "<!-- modelgate comment: modelgate -->"


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def end_with_parent():
    """By prctl(PR_SET_PDEATHSIG, SIGKILL): also where this is killed, no server stays behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Prism:
    """A mock server of a description; ends with the `with`."""

    def __init__(self, packages, description):
        self.packages, self.description = packages, description

    def __enter__(self):
        script = self.packages / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
        self.process = subprocess.Popen(["node", script, "mock", "-h", "127.0.0.1", "-p", "0", self.description],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        preexec_fn=end_with_parent)
        lines = []
        for line in self.process.stdout:
            lines.append(line)
            if listening := re.search(r"listening on http://127\.0\.0\.1:(\d+)", line):
                self.port = int(listening[1])
                # It tells of every request, and would wait for somebody to read that.
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return self
        raise AssertionError("Prism did not start: " + "".join(lines))

    def __exit__(self, *_words):
        self.process.kill()
        self.process.wait()

    def ask(self, method, path, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, json.dumps(body), {"Content-Type": "application/json"})
        return connection.getresponse().status


def example(folder, name):
    """The example, as if it had been made for COMMIT."""
    document = json.loads((EXAMPLES / name).read_text())
    if "pipeline" in document:
        document["pipeline"]["head_commit"] = COMMIT
    (folder / name).write_text(json.dumps(document))
    return folder / name


def verdict_with(folder, count):
    document = json.loads(example(folder, "verdict-fail.json").read_text())
    document["checks"] = [
        {"gate": "unit", "name": f"Suite.Test{i}", "status": "fail", "reason": "new_failure", "sentence": "fails",
         "details": "expected 3\ngot 2", "file": "tests/a.cpp", "line": i + 1} for i in range(count)]
    path = folder / f"verdict-{count}.json"
    path.write_text(json.dumps(document))
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("--packages", required=True, type=pathlib.Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="modelgate contract ") as scratch:
        folder = pathlib.Path(scratch)

        def cut(marker):
            path = folder / f"description-{len(marker)}.json"
            subprocess.run(["node", HERE / "description.mjs", options.packages, COMMIT, marker, path], check=True)
            return path

        def post(prism, verdict, *words):
            environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "GITHUB_TOKEN": "planted-secret-token",
                           **{name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ}}
            done = subprocess.run(
                [options.bin.resolve() / "modelgate-report-github", verdict, "--api-url", f"http://127.0.0.1:{prism.port}",
                 "--loopback-http", "--project", "octocat/Hello-World", "--commit", COMMIT,
                 "--request", "1347", "--target-url", "https://ci.example.com/1000/output", "--json", *words],
                cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False)
            expect(done.returncode == 0, f"{words}: exit {done.returncode}: {done.stdout}{done.stderr}")
            posts = json.loads(done.stdout)["posts"]
            print(*(f"{each['what']}: {each['outcome']} {each['url']}" for each in posts), sep="\n")
            return [each["outcome"] for each in posts]

        with Prism(options.packages, cut("somebody else's")) as prism:
            place = "/repos/octocat/Hello-World/statuses/" + COMMIT
            expect(prism.ask("POST", place, {"state": "success"}) == 201, "Prism does not answer")
            for wrong in ({"state": "green"}, {"context": "x"}, {"state": "success", "descripton": "x"}):
                expect(prism.ask("POST", place, wrong) == 422, f"Prism lets {wrong} pass")
            note = {"path": "a", "start_line": 1, "end_line": 1, "annotation_level": "failure", "message": "x"}
            for many, level in ((51, "failure"), (1, "red")):
                wrong = {"name": "x", "head_sha": COMMIT, "status": "completed", "conclusion": "failure", "output": {
                    "title": "x", "summary": "x", "annotations": [{**note, "annotation_level": level}] * many}}
                expect(prism.ask("POST", "/repos/octocat/Hello-World/check-runs", wrong) == 422, f"Prism lets {level} pass")
            for verdict in sorted(EXAMPLES.glob("verdict-*.json")):
                expect(post(prism, example(folder, verdict.name), "--status", "--check-run") == ["posted"] * 2, verdict)
            expect(post(prism, example(folder, "verdict-fail.json"), "--comment") == ["posted"], "no comment was written")
            expect(post(prism, verdict_with(folder, 120), "--check-run") == ["posted"], "no annotations were added")
            expect(post(prism, example(folder, "verdict-fail.json"), "--comment", "--from-artifact") == ["posted"],
                   "an artifact is not commented")
        with Prism(options.packages, cut(MARKER)) as prism:
            expect(post(prism, example(folder, "verdict-fail.json"), "--comment") == ["updated"], "the comment was not found again")
    return 0


if __name__ == "__main__":
    sys.exit(main())
