"""The answers of two models in every form in which a team may have them: the verdict's checks are the same to the byte."""

import csv
import gzip
import json
import pathlib
import random
import subprocess

CHECKS = ["--check", "accuracy margin=1pp", "--check", "f1:macro margin=1pp", "--check", "negative_flip_rate max=2%", "--slice", "domain"]
SIDES = ("baseline", "candidate")


def read(path):
    return [json.loads(line) for line in path.read_text().splitlines() if line.strip()]


def write_lines(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_csv(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(["id", "label", "prediction", "slices.domain"])
        table.writerows([row["id"], row["label"], row["prediction"], row["slices"]["domain"]] for row in rows)


def write_parts(folder, rows, count):
    folder.mkdir()
    for part in range(count):
        with gzip.open(folder / f"part-{part:05d}.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[part::count])
    (folder / "_SUCCESS").touch()


def forms(folder, answers):
    """For each form, the arguments that name both files."""
    shuffled = {side: random.Random(side).sample(rows, len(rows)) for side, rows in answers.items()}
    found = {}
    for form, write, rows in (("plain.jsonl", write_lines, answers), ("shuffled.jsonl", write_lines, shuffled), ("csv", write_csv, shuffled),
                              ("parts", lambda path, of: write_parts(path, of, 5), shuffled)):
        names = {side: folder / f"{side}.{form}" for side in SIDES}
        for side in SIDES:
            write(names[side], rows[side])
        found[form] = [word for side in SIDES for word in (f"--{side}", str(names[side]))]
    return found


def partials(folder, answers, environment, count=7):
    """Rows of part k of n are those whose place leaves k when divided by n; the parts are merged in another order."""
    by_id = {row["id"]: row for row in answers["candidate"]}
    parts = []
    for part in range(count):
        for side in SIDES:
            rows = answers["baseline"][part::count]
            write_lines(folder / f"{side}.part.jsonl", rows if side == "baseline" else [by_id[row["id"]] for row in rows])
        state = folder / f"{part}.partial"
        words = ["modelgate-gate-quality", *CHECKS, "--partial", str(state), "--part", f"{part + 1}/{count}"]
        for side in SIDES:
            words += [f"--{side}", str(folder / f"{side}.part.jsonl")]
        subprocess.run(words, check=True, env=environment, capture_output=True)
        parts.append(str(state))
    return [word for part in reversed(parts) for word in ("--merge", part)]


def checks_of(arguments, environment):
    done = subprocess.run(["modelgate-gate-quality", *CHECKS, *arguments, "--json"], env=environment, capture_output=True,
                          text=True, check=False)
    assert done.returncode in (0, 1, 3), (arguments, done.returncode, done.stderr)
    return done.returncode, json.dumps(json.loads(done.stdout)["checks"], ensure_ascii=False)


def compare(measured, folder, environment):
    """`measured` holds the records of both models."""
    answers = {side: read(pathlib.Path(measured) / side / "records.jsonl") for side in SIDES}
    all_forms = forms(folder, answers)
    all_forms["7 partials"] = partials(folder, answers, environment)
    expected = checks_of(all_forms["plain.jsonl"], environment)
    for form, arguments in all_forms.items():
        found = checks_of(arguments, environment)
        assert found == expected, f"{form}: {found[1][:600]}\n{expected[1][:600]}"
    count = len(json.loads(expected[1]))
    print(f"{len(answers['baseline'])} rows as {', '.join(all_forms)}: the same {count} checks, exit {expected[0]}")
    return count
