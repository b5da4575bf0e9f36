#!/usr/bin/env python3
"""Pushes from a scratch repository that uses our hook as ci-templates/pre-commit/README.md says, with pre-commit itself.

    pre_commit.py --bin build/release/bin --root .

Exit code 77 where pre-commit is not installed.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from scratch_project import RIGHT, WRONG, Scratch, blocks


def version_of_pre_commit():
    text = subprocess.run(["pre-commit", "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in re.search(r"(\d+)\.(\d+)\.(\d+)", text).groups())


def for_this_version(text):
    """Stages have had these names since 3.2; before, they were called otherwise, and the rest was the same."""
    if version_of_pre_commit() >= (3, 2, 0):
        return text
    return re.sub(r"^minimum_pre_commit_version:.*\n|^  minimum_pre_commit_version:.*\n", "", text, flags=re.M).replace(
        "[pre-push]", "[push]").replace("--hook-stage pre-push", "--hook-stage push")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    options = parser.parse_args()
    if not shutil.which("pre-commit") or not shutil.which("git"):
        print("pre-commit is not installed here")
        return 77
    readme = (options.root / "ci-templates/pre-commit/README.md").read_text()
    (typed,) = blocks(readme, "")
    config, own = blocks(readme, "yaml")
    manual = re.search(r"`(pre-commit run [^`]*)`", readme).group(1)
    with tempfile.TemporaryDirectory(prefix="modelgate pre-commit ") as scratch:
        here = Scratch(pathlib.Path(scratch), options.bin.resolve())
        # Where the hook is got from: a release of this repository.
        here.write("modelgate/.pre-commit-hooks.yaml", for_this_version((options.root / ".pre-commit-hooks.yaml").read_text()))
        here.run("git init -q -b main . && git add -A && git commit -q -m hooks && git tag v0.1.0", "modelgate")
        here.run("pre-commit validate-manifest .pre-commit-hooks.yaml", "modelgate")
        # Who uses it, and where it is pushed to.
        here.run("git init -q --bare -b main remote.git", "")
        config = for_this_version(config.replace("https://github.com/OWNER/modelgate", str(here.folder / "modelgate")))
        here.write("project/.pre-commit-config.yaml", config)
        here.write("project/.gitignore", "gate-results\n.modelgate\n")
        here.write_project("project")
        here.run("git init -q -b main . && git remote add origin ../remote.git && git add -A && git commit -q -m first",
                 "project")
        here.release("project")
        here.run("pre-commit validate-config .pre-commit-config.yaml", "project")
        for line in typed.splitlines():
            here.run(line, "project")

        said = here.run("git push -q origin main", "project")
        assert "modelgate" in said and "Passed" in said, said
        pushed = here.run("git rev-parse main", "remote.git")

        here.write("project/candidates/v1/predict", WRONG, executable=True)
        here.run("git commit -q -a -m worse", "project")
        said = here.run("git push -q origin main", "project", expect=1)
        assert "Failed" in said and "accuracy" in said and "FAIL" in said, said
        assert here.run("git rev-parse main", "remote.git") == pushed, "it was pushed all the same"
        here.run(for_this_version(manual), "project", expect=1)

        here.write("project/candidates/v1/predict", RIGHT, executable=True)
        here.run("git commit -q -a -m better", "project")
        here.run("git push -q origin main", "project")
        assert here.run("git rev-parse main", "remote.git") != pushed, "it was not pushed"

        # A hook of one's own, without our repository.
        here.write("project/.pre-commit-config.yaml", for_this_version(own).replace("--only unit,quality", "--only quality"))
        here.run("git add -A && pre-commit validate-config .pre-commit-config.yaml && " + for_this_version(manual), "project")
    print(f"pre-commit {'.'.join(map(str, version_of_pre_commit()))} runs the hook")
    return 0


if __name__ == "__main__":
    sys.exit(main())
