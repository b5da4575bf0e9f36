#!/usr/bin/env python3
"""Runs the reporters for people on a terminal of a given width, and looks at widths and colours.

    on_a_terminal.py --bin build/release/bin
"""

import argparse
import fcntl
import os
import pathlib
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import verdicts  # noqa: E402

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def columns(text):
    return sum(0 if unicodedata.combining(c) or unicodedata.category(c) == "Cf" else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def on_a_terminal(words, width, environment):
    """What a program writes to a terminal of so many columns."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    with subprocess.Popen(words, stdin=side, stdout=side, stderr=side, close_fds=True,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment}) as program:
        os.close(side)
        seen = b""
        while True:
            try:
                piece = os.read(main, 65536)
            except OSError:  # the other side is closed
                break
            if not piece:
                break
            seen += piece
        code = program.wait()
    os.close(main)
    if code != 0:
        raise AssertionError(f"{words}: exit {code}: {seen[-500:]!r}")
    return seen.decode("utf-8").replace("\r\n", "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    options = parser.parse_args()
    terminal, explain = options.bin / "modelgate-report-terminal", options.bin / "modelgate-report-explain"
    wrong = []

    def expect(condition, what):
        if not condition:
            wrong.append(what)

    with tempfile.TemporaryDirectory(prefix="modelgate terminal ") as scratch:
        large = verdicts.write(verdicts.many(), pathlib.Path(scratch) / "many.json")
        fail = verdicts.ROOT / "schemas/examples/verdict-fail.json"
        for width in (40, 60, 80, 120, 200):
            for verdict in (large, fail):
                text = on_a_terminal([terminal, verdict], width, {"TERM": "xterm"})
                lines = COLOUR.sub("", text).split("\n")
                widest = max(lines, key=columns)
                expect(columns(widest) <= width, f"{width} columns: {columns(widest)}: {widest}")
                expect(COLOUR.search(text), f"{width} columns: there are no colours")
                # 500 failures of 10,000 do not fill a screen for each of them.
                expect(len(lines) < 900, f"{width} columns: {len(lines)} lines")
        lines = COLOUR.sub("", on_a_terminal([terminal, large], 120, {"TERM": "xterm"})).split("\n")
        expect(any("accuracy [lang=l7]" in line for line in lines), "one gate's failures hide another's")
        for name, environment in {"NO_COLOR": {"TERM": "xterm", "NO_COLOR": "1"}, "TERM=dumb": {"TERM": "dumb"}}.items():
            for program in (terminal, explain):
                expect("\x1b" not in on_a_terminal([program, fail], 80, environment), f"{program.name}: colours with {name}")
                expect("\x1b" in on_a_terminal([program, fail, "--color", "always"], 80, environment),
                       f"{program.name}: --color always does not overrule {name}")
        text = on_a_terminal([explain, fail], 80, {"TERM": "xterm"})
        expect(COLOUR.search(text), "explain: there are no colours")
        for program, width in ((terminal, 100), (explain, 80)):
            piped = subprocess.run([program, fail], check=True, capture_output=True, text=True,
                                   env={"PATH": "/usr/bin:/bin", "TERM": "xterm"}).stdout
            expect("\x1b" not in piped, f"{program.name}: colours in a pipe")
            long = [line for line in piped.split("\n") if columns(line) > width and not line.startswith("    ")]
            expect(not long, f"{program.name}: lines wider than {width} in a pipe: {long[:1]}")
    print("\n".join(wrong) or "widths and colours are right")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
