#!/usr/bin/env python3
"""The driver itself: what is not as expected, or not expected at all, must never pass. driver_test.py [-v]"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

DRIVER = pathlib.Path(__file__).with_name("run_case.py")
PROGRAM = """#!/bin/sh
cat
echo "$@"
echo "0.1.0 at $PWD" >&2
mkdir -p out && echo written > out/file
exit 3
"""


class Driver(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        root = pathlib.Path(self.scratch.name)
        self.bin = root / "bin"
        self.bin.mkdir()
        (self.bin / "speaker").write_text(PROGRAM)
        (self.bin / "speaker").chmod(0o755)
        self.case = root / "speaker" / "case"
        self.case.mkdir(parents=True)
        (self.case / "args").write_text("one word\n* $HOME\n")
        (self.case / "replace").write_text("FOLDER VERSION\n")
        self.drive(update=True)

    def tearDown(self):
        self.scratch.cleanup()

    def drive(self, update=False):
        environment = {name: value for name, value in os.environ.items() if name != "MODELGATE_UPDATE_GOLDENS"}
        if update:
            environment["MODELGATE_UPDATE_GOLDENS"] = "1"
        done = subprocess.run([sys.executable, DRIVER, "--bin", self.bin, "--version", "0.1.0", self.case],
                              env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout

    def fails(self, words):
        code, told = self.drive()
        self.assertEqual(code, 1)
        self.assertIn(words, told)

    def test_writes_down_what_it_saw_and_then_agrees(self):
        self.assertEqual((self.case / "expected.stdout").read_text(), "one word * $HOME\n")
        self.assertEqual((self.case / "expected.stderr").read_text(), "<VERSION> at <FOLDER>\n")
        self.assertEqual((self.case / "expected.exit").read_text(), "3\n")
        self.assertEqual((self.case / "expected.files" / "out" / "file").read_text(), "written\n")
        self.assertEqual(self.drive(), (0, ""))

    def test_tells_every_difference(self):
        for what in ("stdout", "stderr", "exit"):
            path = self.case / f"expected.{what}"
            kept = path.read_bytes()
            path.write_bytes(kept + b"more\n")
            self.fails(f"expected.{what}")
            path.write_bytes(kept)

    def test_misses_an_expectation_that_is_missing(self):
        for what in ("stdout", "stderr", "exit"):
            path = self.case / f"expected.{what}"
            kept = path.read_bytes()
            path.unlink()
            self.fails(f"expected.{what} is missing")
            path.write_bytes(kept)
        (self.case / "args").unlink()
        self.fails("no file 'args'")

    def test_misses_a_file_that_was_not_written(self):
        (self.case / "expected.files" / "other").write_text("")
        self.fails("other: was not written")

    def test_finds_a_file_that_nobody_expects(self):
        (self.case / "expected.files" / "out" / "file").unlink()
        self.fails("out/file: was written, and is not among what is expected")

    def test_takes_a_volatile_file_as_it_is_but_wants_it_written(self):
        (self.case / "volatile").write_text("out/*\n")
        (self.case / "expected.files" / "out" / "file").unlink()
        self.assertEqual(self.drive(), (0, ""))
        (self.case / "volatile").write_text("elsewhere/*\n")
        self.fails("no file matches 'elsewhere/*'")

    def test_finds_a_preparation_that_fails(self):
        (self.case / "before").write_text("speaker 'a b'\n")
        self.fails("'before': speaker 'a b': exit 3")

    def test_knows_only_replacements_that_are_declared(self):
        (self.case / "replace").write_text("ANYTHING\n")
        self.fails("ANYTHING")

    def test_hands_stdin_and_environment_over(self):
        (self.case / "stdin").write_text("from stdin\n")
        (self.case / "environment").write_text("PWD=/elsewhere\n")
        self.fails("+from stdin")


if __name__ == "__main__":
    unittest.main()
