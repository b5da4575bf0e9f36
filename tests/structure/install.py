#!/usr/bin/env python3
"""Installs into a folder of its own, and starts every program from there.

    install.py --cmake cmake --build build/release --root . --version 0.1.0 PROGRAM...
"""

import argparse
import os
import pathlib
import subprocess
import sys
import tempfile


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("cmake", "build", "version"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("programs", nargs="+")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="modelgate install ") as prefix:
        subprocess.run([options.cmake, "--install", options.build, "--prefix", prefix], check=True,
                       stdout=subprocess.DEVNULL)
        installed = pathlib.Path(prefix)
        environment = {"PATH": f"{installed / 'bin'}:/usr/bin:/bin", "HOME": prefix}
        if "LD_LIBRARY_PATH" in os.environ:  # where a LibTorch of one's own may lie
            environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        wrong = []
        for program in options.programs:
            if not (installed / "bin" / program).exists():
                wrong.append(f"{program} is not installed")
                continue
            done = subprocess.run([program, "--version"], cwd=prefix, env=environment, capture_output=True, text=True,
                                  check=False, executable=str(installed / "bin" / program))
            if done.returncode != 0 or done.stdout != f"{program} {options.version}\n":
                wrong.append(f"{program} --version: exit {done.returncode}: {done.stdout}{done.stderr}")
        for schema in (options.root / "schemas/json").glob("*.schema.json"):
            copies = list(installed.glob(f"share/modelgate/schemas/{schema.name}"))
            if len(copies) != 1 or copies[0].read_bytes() != schema.read_bytes():
                wrong.append(f"{schema.name} is not installed as it stands")
    wrong += staged(options)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


def staged(options):
    """As packages are made: for /usr, into a folder aside. What shells and `man` look for lies where they look."""
    with tempfile.TemporaryDirectory(prefix="modelgate staging ") as stage:
        subprocess.run([options.cmake, "--install", options.build, "--prefix", "/usr"], check=True,
                       stdout=subprocess.DEVNULL, env=dict(os.environ, DESTDIR=stage))
        usr = pathlib.Path(stage) / "usr"
        return [f"{place} is not installed, or empty" for program in options.programs
                for place in (f"bin/{program}", f"share/man/man1/{program}.1",
                              f"share/bash-completion/completions/{program}", f"share/zsh/site-functions/_{program}",
                              f"share/fish/vendor_completions.d/{program}.fish")
                if not (usr / place).is_file() or (usr / place).stat().st_size == 0]


if __name__ == "__main__":
    sys.exit(main())
