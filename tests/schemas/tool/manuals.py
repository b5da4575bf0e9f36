#!/usr/bin/env python3
"""Formats every manual page that the build wrote, with all warnings, and reads what came out.

    manuals.py --share build/release/share --bin build/release/bin PROGRAM...

Exit code 77 where there is no groff.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys


def formatted(page):
    """The page as a terminal shows it, without overstriking, and what was warned of."""
    if shutil.which("groff"):
        words = ["groff", "-man", "-ww", "-Tutf8", "-P-cbou", str(page)]
    else:
        words = ["mandoc", "-T", "utf8", "-W", "warning", str(page)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    text = re.sub("\x1b\\[[0-9;]*m|.\b", "", done.stdout)
    return re.sub("[\u2010\u2212]", "-", text), done.stderr + ("" if done.returncode == 0 else f"exit {done.returncode}")


def lint(page):
    if not shutil.which("mandoc"):
        return ""
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", str(page)], capture_output=True, text=True, check=False,
                          timeout=60)
    # A page of a version says no date, so that the same sources give the same page.
    return "\n".join(line for line in (done.stdout + done.stderr).splitlines() if "missing date" not in line)


def options_in_help(program, *command):
    done = subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True, timeout=60)
    names = set(re.findall(r"^  (?:-h, )?(--[\w-]+)", done.stdout, re.M))
    section = re.search(r"^Commands:\n((?:  .*\n)+)", done.stdout, re.M)
    for name in re.findall(r"^  (\S+)", section.group(1), re.M) if section else []:
        names |= options_in_help(program, name)
    return names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", required=True, type=pathlib.Path)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("programs", nargs="+")
    options = parser.parse_args()
    if not shutil.which("groff") and not shutil.which("mandoc"):
        print("there is neither groff nor mandoc here")
        return 77
    wrong = []
    for name in options.programs:
        page = options.share / "man/man1" / f"{name}.1"
        if not page.is_file():
            wrong.append(f"{page} is missing")
            continue
        text, warnings = formatted(page)
        wrong += [f"{name}: {line}" for line in (warnings + lint(page)).splitlines()]
        for part in ("NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS", "EXAMPLES"):
            if not re.search(rf"^{part}", text, re.M):
                wrong.append(f"{name}: there is no {part}")
        shown = set(re.findall(r"--[\w-]+", text))
        wrong += [f"{name}: {option} of --help is not in the manual"
                  for option in sorted(options_in_help(str(options.bin / name)) - shown)]
    print("\n".join(wrong) or f"{len(options.programs)} manual pages are right")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
