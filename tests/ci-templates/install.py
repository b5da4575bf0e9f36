#!/usr/bin/env python3
"""Installs the npm packages that tests use into the build folder, if the lock changed since the last time.

    install.py --folder build/release/tests/ci-templates/npm
"""

import argparse
import hashlib
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
WANTED = ("package.json", "package-lock.json", "github_language.mjs")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    folder = parser.parse_args().folder
    for program in ("node", "npm", "rsync"):
        if shutil.which(program) is None:
            print(f"{program} is not installed; ci-templates/local/install brings it")
            return 1
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in WANTED)).hexdigest()
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_text() == digest:
        print("the packages of this lock are there")
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    for name in WANTED:
        shutil.copy2(HERE / name, folder / name)
    steps = (["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
             # GitHub's packages are modules that Node does not find without being bundled.
             ["node_modules/.bin/esbuild", "github_language.mjs", "--bundle", "--platform=node", "--format=esm",
              "--outfile=github_language.bundle.mjs", "--loader:.json=json", "--log-level=warning",
              "--banner:js=import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);"])
    for step in steps:
        done = subprocess.run(step, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f"{' '.join(step[:2])}: exit {done.returncode}\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
            print("The npm packages of these tests could not be installed. They need npm's registry once for each lock.")
            return 1
    # GitHub's description comes for every version of its server, too, of which 200 MB are not used.
    for file in (folder / "node_modules/@octokit/openapi/generated").glob("*.json"):
        if file.name != "api.github.com.deref.json":
            file.unlink()
    stamp.write_text(digest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
