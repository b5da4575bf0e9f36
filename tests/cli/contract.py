#!/usr/bin/env python3
"""What every program promises, whatever it is for.

    contract.py --version 0.1.0 build/release/bin/modelgate-gate-unit
"""

import argparse
import os
import pathlib
import re
import subprocess
import sys


def do(program, *arguments, stdout=subprocess.PIPE):
    return subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE,
                          timeout=60, text=True)


def expect(condition, message):
    if not condition:
        raise AssertionError(message)


def help_is_complete(program, version):
    for flag in ("--help", "-h"):
        answer = do(program, flag)
        expect(answer.returncode == 0 and answer.stderr == "", f"{flag}: exit {answer.returncode}: {answer.stderr}")
    text = answer.stdout
    for part in ("\nUsage:\n", "\nOptions:\n", "\nExample:\n", "Exit codes:"):
        expect(part in text, f"--help lacks '{part.strip()}'")
    examples = text.split("\nExample:\n")[1].split("\n\n")[0].splitlines()
    expect(any(program.name in line for line in examples), f"--help has no example that calls {program.name}")
    too_long = [line for line in text.splitlines() if len(line) > 80 and not line.startswith("  " + program.name)]
    expect(not too_long, f"--help is wider than 80 columns: {too_long}")


def version_is_said(program, version):
    answer = do(program, "--version")
    expect(answer.returncode == 0 and answer.stderr == "", f"exit {answer.returncode}: {answer.stderr}")
    expect(answer.stdout == f"{program.name} {version}\n", f"says {answer.stdout!r}")


def wrong_usage_is_exit_2(program, version):
    for wrong in (["--no-such-option"], ["--hepl"], ["-x"], ["--help=yes"], ["--version=1"]):
        answer = do(program, *wrong)
        expect(answer.returncode == 2, f"{wrong}: exit {answer.returncode}")
        expect(answer.stdout == "", f"{wrong}: prints {answer.stdout!r} on stdout")
        expect(answer.stderr.startswith(f"{program.name}: error: "), f"{wrong}: says {answer.stderr!r}")
    expect("--help" in do(program, "--hepl").stderr, "does not guess that --hepl is --help")


def subcommands_have_help(program, version):
    text = do(program, "--help").stdout
    if "\nCommands:\n" not in text:
        return
    for line in text.split("\nCommands:\n")[1].split("\n\n")[0].splitlines():
        name = re.match(r"  (\S+)", line)
        if name is None:
            continue
        answer = do(program, name[1], "--help")
        expect(answer.returncode == 0, f"{name[1]} --help: exit {answer.returncode}")
        expect(f"{program.name} {name[1]}" in answer.stdout.split("\nExample:\n")[-1], f"{name[1]} --help: no example")


def a_full_disk_is_exit_4(program, version):
    for flag in ("--help", "--version"):
        with open("/dev/full", "w") as full:
            answer = do(program, flag, stdout=full)
        expect(answer.returncode == 4, f"{flag} > /dev/full: exit {answer.returncode}")
        expect("standard output" in answer.stderr, f"{flag} > /dev/full: says {answer.stderr!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", required=True)
    parser.add_argument("program", type=pathlib.Path)
    options = parser.parse_args()
    os.environ["LC_ALL"] = "C.UTF-8"
    broken = 0
    for promise in (help_is_complete, version_is_said, wrong_usage_is_exit_2, subcommands_have_help,
                    a_full_disk_is_exit_4):
        try:
            promise(options.program.resolve(), options.version)
        except AssertionError as error:
            print(f"{options.program.name}: {promise.__name__}: {error}")
            broken += 1
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
