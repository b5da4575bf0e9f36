#!/usr/bin/env python3
"""Runs what ci-templates/other/README.md tells other CIs to run, as far as that can be done without them.

    other_ci.py --bin build/release/bin --root .

Every snippet's command is run on a green and a red candidate, the files that it names must be there, YAML must be YAML.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

from scratch_project import RIGHT, WRONG, Scratch, blocks

sys.path.append("/usr/lib/python3/dist-packages")  # Debian's packages, for a Python that is not Debian's
import yaml  # noqa: E402


def commands_in(document):
    """The command lines of a CI's configuration: what stands by the keys that the four of them run."""
    if isinstance(document, dict):
        found = [value for key, value in document.items() if key in ("script", "run", "command") and isinstance(value, str)]
        return found + [line for value in document.values() for line in commands_in(value)]
    if isinstance(document, list):
        return [line for value in document for line in commands_in(value)]
    return []


def paths_in(text):
    return sorted(set(re.findall(r"gate-results(?:/[\w.*-]+)*", text)))


def exit_code(here, line, folder, path=""):
    environment = dict(here.environment, PATH=path + here.environment["PATH"])
    return subprocess.run(["sh", "-c", line], cwd=here.folder / folder, env=environment, capture_output=True, check=False,
                          timeout=120).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    options = parser.parse_args()
    readme = (options.root / "ci-templates/other/README.md").read_text()
    documents = [yaml.safe_load(block) for block in blocks(readme, "yaml")]
    assert len(documents) == 3, "Azure Pipelines, CircleCI and Buildkite"
    lines = [line for document in documents for line in commands_in(document)]
    (jenkins,) = blocks(readme, "groovy")
    assert jenkins.count("{") == jenkins.count("}") and jenkins.count("'") % 2 == 0, "Jenkinsfile"
    lines += re.findall(r"sh '([^']*)'", jenkins)
    assert lines == ["modelgate run"] * 4, lines
    (cron,) = blocks(readme, "sh")
    with tempfile.TemporaryDirectory(prefix="modelgate other ") as scratch:
        here = Scratch(pathlib.Path(scratch), options.bin.resolve())
        here.write_project("model")
        here.release("model")
        here.write("bin/mail", "#!/bin/sh\nprintf '%s|' \"$@\" >mailed\ncat >>mailed\n", executable=True)
        cron = cron.replace("/srv/model", f"'{here.folder / 'model'}'")
        for candidate, expected in ((RIGHT, 0), (WRONG, 1)):
            here.write("model/candidates/v1/predict", candidate, executable=True)
            for line in lines:
                code = exit_code(here, line, "model")
                assert code == expected, f"{line}: exit {code} instead of {expected}"
            for path in paths_in(readme):
                assert list((here.folder / "model").glob(path.replace("/**/*", "/**"))), f"{path} is not there"
            mailed = here.folder / "model/mailed"
            mailed.unlink(missing_ok=True)
            code = exit_code(here, cron, "", f"{here.folder}/bin:")
            assert code == expected, f"cron: exit {code} instead of {expected}"
            assert mailed.exists() == (expected != 0), "mail only where something is wrong"
            if expected:
                assert "exit code 1|" in mailed.read_text() and "modelgate: FAIL" in mailed.read_text(), mailed.read_text()
    # The table of exit codes is that of the programs.
    told = dict(re.findall(r"^\| (\d) \| ([^|]*) \|", readme, re.M))
    assert sorted(told) == ["0", "1", "2", "3", "4"], told
    print(f"{len(lines)} snippets and cron, green and red")
    return 0


if __name__ == "__main__":
    sys.exit(main())
