#!/usr/bin/env python3
"""Types into a real shell, with the completions that the build wrote, and looks at what it made of the Tab key.

    shells.py --share build/release/share --bin build/release/bin bash|zsh|fish

Exit code 77 where the shell is not installed.
"""

import argparse
import os
import pathlib
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

DEADLINE_SECONDS = 30  # a shell that hangs, not one that is slow
END = b"@@end@@"

# What is typed, with the Tab at its end, and the words that the program would get.
CASES = [
    ("modelgate ru", ["run"]),
    ("modelgate run --inconc", ["run", "--inconclusive"]),
    ("modelgate run --inconclusive bl", ["run", "--inconclusive", "block"]),
    ("modelgate run --inconclusive=wa", ["run", "--inconclusive=warn"]),
    ("modelgate run --json --outp", ["run", "--json", "--output"]),
    ("modelgate run --output res", ["run", "--output", "results/"]),
    ("modelgate run --plan my", ["run", "--plan", "my plan.yaml"]),
    ("modelgate run --candidate my", ["run", "--candidate", "my"]),
    ("modelgate run --baseline mer", ["run", "--baseline", "merge-base"]),
    ("modelgate hook ins", ["hook", "install"]),
    ("modelgate schema verd", ["schema", "verdict"]),
    ("modelgate explain verd", ["explain", "verdict one.json"]),
    ("modelgate-baseline prom", ["promote"]),
    ("modelgate-baseline save res", ["save", "results/"]),
    ("modelgate-report-terminal verd", ["verdict one.json"]),
    ("modelgate-report-terminal --color al", ["--color", "always"]),
    ("modelgate-report-terminal --wi", ["--width"]),
    ("modelgate-gate-quality --small-slices po", ["--small-slices", "pool"]),
]


def programs():
    return sorted({typed.split()[0] for typed, _ in CASES})


class Shell:
    """A shell on a terminal of its own."""

    def __init__(self, words, folder, environment):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvpe(words[0], words, environment)
        self.seen = b""

    def send(self, text):
        os.write(self.terminal, text.encode())

    def until(self, mark):
        """What the shell wrote up to the mark, which is taken out."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while mark not in self.seen:
            ready, _, _ = select.select([self.terminal], [], [], max(0, deadline - time.monotonic()))
            if not ready:
                raise AssertionError(f"the shell does not answer: {self.seen[-2000:]!r}")
            try:
                self.seen += os.read(self.terminal, 65536)
            except OSError:
                raise AssertionError(f"the shell ended: {self.seen[-2000:]!r}") from None
        before, _, self.seen = self.seen.partition(mark)
        return before

    def close(self):
        os.close(self.terminal)
        os.waitpid(self.pid, 0)


def stubs(definition):
    return " ".join(definition.replace("NAME", name) for name in programs())


def of_a_terminal(words, setup, folder, environment):
    """The words that each case's program gets, typed into one shell after the other."""
    shell = Shell(words, folder, environment)
    try:
        # The marks are written in two pieces, so that the echo of what is typed does not hold them.
        shell.send(setup + " printf '@@e''nd@@'\n")
        shell.until(END)
        answers = []
        for typed, _ in CASES:
            shell.send(typed + "\t\n")
            given = shell.until(END)
            answers.append([word.decode() for word in given.rpartition(b"@@begin@@")[2].split(b"\x1f") if word])
        return answers
    finally:
        shell.close()


STUB = "{ printf '@@be''gin@@'; printf '%s\\037' \"$@\"; printf '@@e''nd@@'; }"


def bash(share, folder, environment):
    sources = " ".join(f"source '{share}/bash-completion/completions/{name}';" for name in programs())
    setup = ("bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; PS1='$ '; " +
             stubs("NAME() " + STUB + ";") + " " + sources)
    return of_a_terminal(["bash", "--norc", "--noprofile", "-i"], setup, folder, environment)


def zsh(share, folder, environment):
    setup = (f"PS1='$ '; fpath=('{share}/zsh/site-functions' $fpath); autoload -U compinit; compinit -u -D; unsetopt beep autoremoveslash; " +
             "bindkey '^I' complete-word; " + stubs("NAME() " + STUB + ";"))
    return of_a_terminal(["zsh", "-f", "-i"], setup, folder, environment)


def fish(share, folder, environment):
    """fish says itself what it would complete."""
    answers = []
    for typed, expected in CASES:
        line = f"set fish_complete_path '{share}/fish/vendor_completions.d'; complete -C '{typed}'"
        done = subprocess.run(["fish", "--no-config", "-c", line], cwd=folder, env=environment, capture_output=True,
                              text=True, check=True, timeout=DEADLINE_SECONDS)
        offered = [candidate.split("\t")[0] for candidate in done.stdout.splitlines()]
        # It offers the last word alone; what it offers nothing for stays as it was typed.
        answers.append(expected[:-1] + (offered if offered else [typed.split()[-1]]))
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--share", required=True, type=pathlib.Path)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))
    options = parser.parse_args()
    if not shutil.which(options.shell):
        print(f"{options.shell} is not installed here")
        return 77
    with tempfile.TemporaryDirectory(prefix="modelgate completion ") as scratch:
        folder = pathlib.Path(scratch)
        (folder / "results").mkdir()
        for name in ("my plan.yaml", "verdict one.json"):
            (folder / name).write_text("")
        # fish completes only what can be run.
        environment = {"PATH": f"{options.bin.resolve()}:/usr/bin:/bin", "HOME": scratch, "TERM": "vt100", "LC_ALL": "C.UTF-8", "COLUMNS": "200"}
        answers = globals()[options.shell](options.share.resolve(), folder, environment)
    wrong = [f"{typed}<Tab> gives {answer}, expected {expected}"
             for (typed, expected), answer in zip(CASES, answers, strict=True) if answer != expected]
    print("\n".join(wrong) or f"{len(CASES)} completions are right")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
