#!/usr/bin/env python3
"""Without a GPU, a program says why and exits with 4; with one, there is nothing to say here (tests/gpu/run does).

    no_usable_gpu.py PROGRAM
"""

import os
import pathlib
import subprocess
import sys


def main():
    # Where there is a driver, the same is seen by hiding the devices.
    environment = dict(os.environ, CUDA_VISIBLE_DEVICES="")
    done = subprocess.run([sys.argv[1]], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=50, check=False)
    words = done.stderr.strip()
    reason = words.removeprefix("no usable GPU: ")
    if done.returncode != 4 or reason == words or not reason or done.stdout:
        print(f"{pathlib.Path(sys.argv[1]).name}: exit {done.returncode}, says {done.stdout!r} and {done.stderr!r}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
