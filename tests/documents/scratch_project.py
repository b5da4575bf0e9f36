"""A small project with a released baseline, for tests that type what documents say."""

import pathlib
import re
import subprocess

PLAN = """schema: modelgate/plan
version: 1
name: demo
candidate: candidates/{candidate}
default_candidate: v1
runs:
  answers: {runner: exec, command: ["{subject}/predict"], input: rows.jsonl}
gates:
  quality: {from: answers, checks: [accuracy margin=10pp min=0.5]}
"""
RIGHT = """#!/bin/sh
sed -E 's/"label": "(.)"}/"label": "\\1", "prediction": "\\1"}/'
"""
WRONG = RIGHT.replace('"prediction": "\\1"', '"prediction": "a"')


def blocks(text, language):
    return [body for words, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S) if words == language]


class Scratch:
    """A folder in which command lines are run, with our programs in PATH."""

    def __init__(self, folder, binaries):
        self.folder = folder
        self.environment = {"PATH": f"{binaries}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8",
                            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a",
                            "GIT_COMMITTER_EMAIL": "a@example.com", "GIT_CONFIG_NOSYSTEM": "1"}

    def run(self, line, inside, expect=0):
        done = subprocess.run(["sh", "-c", line], cwd=self.folder / inside, env=self.environment, capture_output=True,
                              text=True, check=False, timeout=120)
        if (done.returncode == 0) != (expect == 0):
            raise AssertionError(f"{line}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def write(self, name, text, executable=False):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        if executable:
            path.chmod(0o755)

    def write_project(self, folder):
        """The plan, its rows, and a candidate that is right; released as v1."""
        self.write(f"{folder}/modelgate.yaml", PLAN)
        self.write(f"{folder}/rows.jsonl", "".join(f'{{"id": {i}, "label": "{"ab"[i % 2]}"}}\n' for i in range(400)))
        self.write(f"{folder}/candidates/v1/predict", RIGHT, executable=True)

    def release(self, folder):
        self.run("modelgate run --quiet --first-release && modelgate-baseline save candidates/v1 --version v1 && "
                 "modelgate-baseline promote v1 --verdict gate-results/verdict.json", folder)
