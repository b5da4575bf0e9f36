#!/usr/bin/env python3
"""The logic of tests/gpu/run, where there is no GPU: stand-ins for the programs that compute, and the fake NVML.

    run_test.py --build build/release
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

RUN = pathlib.Path(__file__).resolve().parent / "run"
STATES = [{"sm_clock": 345, "reasons": 1, "power": 76000, "temperature": 35},
          {"sm_clock": 1980, "reasons": 0, "power": 512000, "temperature": 61,
           "processes": [{"who": "child", "memory": 4 << 30, "share": 95}]},
          {"processes": [{"who": "child", "memory": 6 << 30, "share": 95}]}]
DEVICE = {"uuid": "GPU-5f0e", "name": "Stand-in 9000", "total": 150754820096, "states": STATES}


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


class Trial:
    def __init__(self, build, folder, script):
        self.build, self.folder = build, folder
        self.programs = folder / "programs"
        self.programs.mkdir()
        for name in ("gpu_speeds", "gpu_speeds_slower", "gpu_speeds_leaky", "gpu_reference"):
            # Hard links: a stand-in tells by its name what it stands for, and the run follows soft ones.
            try:
                os.link(build / "tests" / "gpu_stand_in", self.programs / name)
            except OSError:
                (self.programs / name).write_bytes((build / "tests" / "gpu_stand_in").read_bytes())
                (self.programs / name).chmod(0o755)
        (folder / "script.json").write_text(json.dumps(script))
        (folder / "script.json.state").write_text("0\n")

    def run(self, *more, nvml="fake_nvml.so", results="results"):
        environment = dict(os.environ, MODELGATE_NVML=str(self.build / "tests" / nvml),
                           MODELGATE_FAKE_NVML=str(self.folder / "script.json"))
        words = [str(RUN), "--bin", str(self.build / "bin"), "--programs", str(self.programs), "--runs", "1", "--pairs", "5",
                 "--seconds", "0.001", "--environment", f"MODELGATE_FAKE_NVML={self.folder / 'script.json'}", *more]
        if results:
            words += ["--results", str(self.folder / results)]
        return subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=110,
                              check=False)


def everything_is_tried_and_the_table_says_what_held(trial):
    done = trial.run()
    tables = list((trial.folder / "results").glob("*.md"))
    expect(len(tables) == 1 and re.fullmatch(r"\d{4}-\d\d-\d\d-stand-in-9000\.md", tables[0].name), f"{tables} {done.stderr}")
    text = tables[0].read_text()
    expect("**Stand-ins, no GPU: these are no measurements.**" in text, text)
    rows = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \| [^|]+ \| (?:held|\*\*not held\*\*) \|$", text, re.M))
    expect(len(rows) == 8, f"{len(rows)} rows: {text}")
    # Beside other tests a machine may be unfit; what is told then is an error, and nothing else.
    def said(row, right):
        expect(rows[row].startswith(right) or "machine is unfit" in rows[row], f"{row}: {rows[row]}\n{done.stderr}")
    said("1.10 times the work in each kernel, margin 5%", "1 fail of 1")
    said("the same program on both sides, margin 5%", "1 pass of 1")
    said("peak device memory of the same program", "pass")
    said("a leak of 4 MiB in each call, by its peak device memory", "fail")
    expect("1,000.0 µs" in rows["stream/cold: event-timed median against the reference that holds the stream back, as nvbench does"],
           text)
    all_held = "**not held**" not in text
    expect(done.returncode == (0 if all_held else 1), f"exit {done.returncode}: {text}")


def without_a_gpu_it_says_why_and_exits_with_4(trial):
    done = trial.run(nvml="no_such_library.so")
    expect(done.returncode == 4, f"exit {done.returncode}")
    expect("no usable GPU: " in done.stderr and "cannot open shared object file" in done.stderr, done.stderr)
    expect(not (trial.folder / "results").exists(), "there are results")


def stand_ins_never_write_where_results_are_committed(trial):
    done = trial.run(results="")
    expect(done.returncode == 1 and "results are no device's" in done.stderr, f"exit {done.returncode}: {done.stderr}")


def what_does_not_fit_the_time_is_not_held(trial):
    done = trial.run("--minutes", "0")
    expect(done.returncode == 1, f"exit {done.returncode}: {done.stderr}")
    expect("none of 1 (the time was over)" in done.stdout, done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", required=True, type=pathlib.Path)
    options = parser.parse_args()
    broken = 0
    for test in (everything_is_tried_and_the_table_says_what_held, without_a_gpu_it_says_why_and_exits_with_4,
                 stand_ins_never_write_where_results_are_committed, what_does_not_fit_the_time_is_not_held):
        with tempfile.TemporaryDirectory(prefix="modelgate gpu run ") as folder:
            try:
                test(Trial(options.build.resolve(), pathlib.Path(folder), {"devices": [DEVICE]}))
            except AssertionError as error:
                print(f"{test.__name__}: {error}")
                broken += 1
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
