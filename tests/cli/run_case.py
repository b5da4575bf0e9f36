#!/usr/bin/env python3
"""Runs one command-line test, a folder as README.md describes it.

    run_case.py --bin build/release/bin --version 0.1.0 tests/cli/modelgate-gate-unit/passes

Exit code 0: as expected; 1: not. MODELGATE_UPDATE_GOLDENS=1 rewrites what is expected.
"""

import argparse
import contextlib
import difflib
import fnmatch
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import uuid

ABOUT_THE_CASE = {"args", "before", "inputs", "environment", "stdin", "replace", "volatile",
                  "expected.stdout", "expected.stderr", "expected.exit", "expected.files"}
SOURCE = pathlib.Path(__file__).resolve().parents[2]
TIMEOUT_SECONDS = 60


class Mismatch(Exception):
    """The case is not as expected, or not complete."""


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def replacements_of(case, version, folder):
    """The (regular expression, placeholder) pairs that the case asks for, in the order it names them."""
    known = {}
    for line in lines_of(pathlib.Path(__file__).with_name("replacements")):
        if line and not line.startswith("#"):
            name, pattern = line.split(None, 1)
            pattern = pattern.replace("@VERSION@", re.escape(version)).replace("@FOLDER@", re.escape(folder))
            known[name] = re.compile(pattern.encode())
    names = " ".join(lines_of(case / "replace")).split()
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Mismatch(f"'replace' names {unknown}; there are {sorted(known)}")
    return [(known[name], f"<{name}>".encode()) for name in names]


def replaced(content, replacements):
    for pattern, placeholder in replacements:
        content = pattern.sub(placeholder, content)
    return content


def prepare(case, folder):
    for entry in case.iterdir():
        if entry.name in ABOUT_THE_CASE:
            continue
        copy = shutil.copytree if entry.is_dir() else shutil.copy2
        copy(entry, folder / entry.name)
    for line in lines_of(case / "inputs"):
        source, _, name = line.partition(" as ")
        target = folder / (name or pathlib.Path(source).name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(SOURCE / source, target)


def environment_of(case, bin_folder, folder):
    environment = {"PATH": f"{bin_folder}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder, "TERM": "dumb"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    for line in lines_of(case / "environment"):
        name, equals, value = line.partition("=")
        if not equals:
            raise Mismatch(f"'environment' holds '{line}', which is not NAME=VALUE")
        environment[name] = value
    return environment


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@contextlib.contextmanager
def scratch_folder():
    """With a blank in its path, because people have them, and no '_', which some reports escape."""
    folder = pathlib.Path(tempfile.gettempdir()).resolve() / f"modelgate cli {uuid.uuid4().hex}"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(case, bin_folder, version):
    """What the program did: a map of expectation (stdout, stderr, exit, files/NAME) to bytes."""
    program = case.parent.name
    with scratch_folder() as folder:
        prepare(case, folder)
        environment = environment_of(case, bin_folder, str(folder))
        for line in lines_of(case / "before"):
            first = subprocess.run(shlex.split(line), cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                   capture_output=True, timeout=TIMEOUT_SECONDS)
            if first.returncode != 0:
                raise Mismatch(f"'before': {line}: exit {first.returncode}\n{first.stderr.decode(errors='replace')}")
        there_before = files_in(folder)
        stdin = (case / "stdin").read_bytes() if (case / "stdin").exists() else b""
        done = subprocess.run([str(bin_folder / program), *lines_of(case / "args")], cwd=folder, env=environment,
                              input=stdin, capture_output=True, timeout=TIMEOUT_SECONDS)
        replacements = replacements_of(case, version, str(folder))
        seen = {"stdout": replaced(done.stdout, replacements), "stderr": replaced(done.stderr, replacements),
                "exit": f"{done.returncode}\n".encode()}
        there_now = files_in(folder)
        for name in there_before.keys() - there_now.keys():
            raise Mismatch(f"the program removed '{name}'")
        written = {name: content for name, content in there_now.items() if there_before.get(name) != content}
        for pattern in lines_of(case / "volatile"):
            matching = fnmatch.filter(written, pattern)
            if not matching:
                raise Mismatch(f"'volatile': no file matches '{pattern}'")
            for name in matching:
                del written[name]
        seen.update({"files/" + name: replaced(content, replacements) for name, content in written.items()})
        return seen


def expectations(case):
    expected = {}
    for what in ("stdout", "stderr", "exit"):
        path = case / f"expected.{what}"
        if not path.is_file():
            raise Mismatch(f"{path.name} is missing: nothing is expected, so nothing is tested")
        expected[what] = path.read_bytes()
    if (case / "expected.files").is_dir():
        expected.update({"files/" + name: content for name, content in files_in(case / "expected.files").items()})
    return expected


def rewrite(case, seen):
    shutil.rmtree(case / "expected.files", ignore_errors=True)
    for what, content in seen.items():
        path = case / f"expected.{what}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def difference(what, expected, seen):
    shown = [content.decode("utf-8", "backslashreplace").splitlines(keepends=True) for content in (expected, seen)]
    lines = list(difflib.unified_diff(*shown, f"expected.{what}", "what the program did"))
    return "".join(line if line.endswith("\n") else line + "\n(no newline)\n" for line in lines[:200])


def compare(expected, seen):
    told = []
    for what in sorted(expected.keys() | seen.keys()):
        if what not in seen:
            told.append(f"expected.{what}: was not written\n")
        elif what not in expected:
            told.append(f"{what}: was written, and is not among what is expected\n")
        elif expected[what] != seen[what]:
            told.append(difference(what, expected[what], seen[what]))
    if told:
        raise Mismatch("\n".join(told))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("--version", required=True)
    parser.add_argument("case", type=pathlib.Path)
    options = parser.parse_args()
    case = options.case.resolve()
    try:
        if not (case / "args").is_file():
            raise Mismatch("there is no file 'args'")
        seen = run(case, options.bin.resolve(), options.version)
        if os.environ.get("MODELGATE_UPDATE_GOLDENS") == "1":
            rewrite(case, seen)
        else:
            compare(expectations(case), seen)
    except Mismatch as mismatch:
        print(f"{case}: {mismatch}")
        return 1
    except subprocess.TimeoutExpired:
        print(f"{case}: not finished after {TIMEOUT_SECONDS} s")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
