#!/usr/bin/env python3
"""Makes the repository of a team that uses the templates: the example's candidates and data, plans of two and three gates, and a store in
which v1.0.0 is released.

    project.py --bin build/release/bin --example build/release/examples/support-intents --folder build/…/project
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys

CANDIDATES = ("v1.0.0", "v1.1.0", "broken-test")
HEAD = """schema: modelgate/plan
version: 1
name: support-intents
candidate: candidates/{candidate}
default_candidate: v1.1.0

"""
# The model itself answers, and is compared with what its trainer computed.
WHOLE = HEAD + """runs:
  tests: {runner: gtest, program: "{subject}/intents_tests"}
  features: {runner: exec, command: ["{subject}/intents_featurize"], input: data/test.jsonl}
  model: {runner: torch, model: "{subject}/model.pt", data: "{runs.features}", classes: "{subject}/classes.txt", outputs: all, batch_sizes: [64],
          pairs: 1, warmup: 0, min_time_seconds: 0.001, keep_disturbed: true}

gates:
  unit: {from: tests, minimum_tests: 25}
  regression: {from: model, golden: "{subject}/golden.safetensors", relative_tolerance: 1e-4, absolute_tolerance: 1e-4}
  quality:
    from: model
    checks: [accuracy margin=1.5pp min=0.9]
"""
# What the model answered is read again, so that a pipeline takes no longer than its jobs.
PLAN = HEAD + """runs:
  tests: {runner: gtest, program: "{subject}/intents_tests"}
  answers: {runner: exec, command: [cat, "{subject}/answers.jsonl"], input: data/test.jsonl}

gates:
  unit: {from: tests, minimum_tests: 25}
  quality:
    from: answers
    checks:
      - accuracy margin=1.5pp min=0.9
"""
# No GPU is needed to say that one is.
ON_A_GPU = PLAN.replace("input: data/test.jsonl}", "input: data/test.jsonl, gpu: auto}")
UNDECIDED = PLAN.replace("min=0.9", "min=0.963")  # where it is, so that nobody can prove it


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("--example", required=True, type=pathlib.Path)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    options = parser.parse_args()
    folder = options.folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for candidate in CANDIDATES:
        shutil.copytree(options.example / "candidates" / candidate, folder / "candidates" / candidate)
    shutil.copytree(options.example / "data", folder / "data")
    for name, plan in {"whole.yaml": WHOLE, "modelgate.yaml": PLAN, "undecided.yaml": UNDECIDED, "gpu.yaml": ON_A_GPU}.items():
        (folder / name).write_text(plan)
    (folder / ".gitignore").write_text("gate-results/\ngate-jobs/\ngate-job/\n.gitlab-ci-local/\n.home/\n")

    outside = {name: value for name, value in os.environ.items() if not name.startswith(("CI_", "GITLAB_", "GITHUB_"))}
    environment = dict(outside, PATH=f"{options.bin.resolve()}:{os.environ['PATH']}", LC_ALL="C.UTF-8",
                       GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_SYSTEM=os.devnull,
                       **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER")
                          for what, value in (("NAME", "A Team"), ("EMAIL", "team@example.com"))})

    def do(*words):
        done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}{done.stderr}")

    judge = ("modelgate", "run", "--plan", "whole.yaml", "--quiet", "--first-release", "--candidate")
    for candidate, like_it in {"v1.0.0": (), "v1.1.0": ("broken-test",)}.items():
        do(*judge, candidate, "--only", "quality", "--output", "answers")
        for each in (candidate, *like_it):
            shutil.copy(folder / "answers/measurements/model/candidate/records.jsonl", folder / "candidates" / each / "answers.jsonl")
    shutil.rmtree(folder / "answers")
    shutil.copytree(folder / "candidates/v1.1.0", folder / "candidates/without-answers")
    (folder / "candidates/without-answers/answers.jsonl").unlink()
    do(*judge, "v1.0.0", "--output", "first-release")
    do("modelgate-baseline", "save", "candidates/v1.0.0", "--version", "v1.0.0", "--name", "support-intents")
    do("modelgate-baseline", "promote", "v1.0.0", "--verdict", "first-release/verdict.json")
    shutil.rmtree(folder / "first-release")
    do("git", "init", "-q", "-b", "main")
    do("git", "remote", "add", "origin", "git@gitlab.example.com:acme/support-intents.git")
    do("git", "add", "-A")
    do("git", "commit", "-q", "-m", "The project")


if __name__ == "__main__":
    main()
