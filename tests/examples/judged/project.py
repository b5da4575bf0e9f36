"""The example project in a folder of its own, and the commands that a person would type there."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time


class Project:
    """A copy of the assembled example, with its own store. Use as a context manager."""

    def __init__(self, bin_folder, example):
        self.bin = pathlib.Path(bin_folder).resolve()
        # A blank and letters beyond ASCII in the path, because people have them.
        self.scratch = tempfile.mkdtemp(prefix="modelgate judged ü ")
        self.folder = pathlib.Path(self.scratch) / "support-intents"
        shutil.copytree(example, self.folder, ignore=shutil.ignore_patterns(".modelgate", "gate-results", "first-release"))
        # Neither the pipeline that runs this nor a checkout around it says what an undecided check does.
        outside = {name: value for name, value in os.environ.items()
                   if not name.startswith(("CI_", "GITLAB_", "GITHUB_"))}
        self.environment = dict(outside, CI_COMMIT_BRANCH="release/journey", PATH=f"{self.bin}:{os.environ['PATH']}", LC_ALL="C.UTF-8", NO_COLOR="1")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.scratch, ignore_errors=True)

    def start(self, *words):
        return subprocess.Popen(words, cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)

    def do(self, *words, expect=None):
        """Runs a command to its end; `expect` is the exit code it must have."""
        process = self.start(*words)
        out, err = process.communicate(timeout=600)
        if expect is not None and process.returncode != expect:
            raise AssertionError(f"{' '.join(words)}: exit {process.returncode}, expected {expect}\n{out}\n{err}")
        return process.returncode, out, err

    def release_baseline(self):
        self.do("modelgate", "run", "--candidate", "v1.0.0", "--first-release", "--output", "first-release", expect=0)
        self.do("modelgate-baseline", "save", "candidates/v1.0.0", "--version", "v1.0.0", "--name", "support-intents",
                expect=0)
        self.do("modelgate-baseline", "promote", "v1.0.0", "--verdict", "first-release/verdict.json", expect=0)

    def verdict(self, output="gate-results"):
        return json.loads((self.folder / output / "verdict.json").read_text())

    def processes(self, program=""):
        """Process ids whose command line or working folder names this project, and the command line `program`."""
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) == os.getpid():
                continue
            try:
                words = (entry / "cmdline").read_bytes()
                folder = os.readlink(entry / "cwd")
            except OSError:
                continue
            if program.encode() in words and (self.scratch.encode() in words or folder.startswith(self.scratch)):
                found.append(int(entry.name))
        return found

    def start_and_reach(self, stage, program, *words):
        """Starts a run, and waits until it measures `stage` and `program` runs ("": whatever runs by then)."""
        results = self.folder / "gate-results"
        verdict, log = results / "verdict.json", results / "logs" / f"run-{stage}.err"
        earlier = verdict.stat().st_ino if verdict.exists() else None
        running = self.start(*words)

        def reached():
            try:
                new = verdict.stat().st_ino != earlier and log.stat().st_mtime_ns >= verdict.stat().st_mtime_ns
            except FileNotFoundError:
                return False
            return new and (not program or self.processes(program))

        self.wait_until(reached, 120, f"{words} to measure {stage}")
        return running

    def wait_until(self, condition, seconds, what):
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {seconds} s: {what}")
            time.sleep(0.01)


def stop(process, how=signal.SIGTERM):
    """Signals a running command; returns (exit code or negative signal, seconds until it ended)."""
    began = time.monotonic()
    process.send_signal(how)
    process.communicate(timeout=60)
    return process.returncode, time.monotonic() - began
