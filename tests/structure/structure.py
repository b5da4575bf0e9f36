#!/usr/bin/env python3
"""The rules of the house that no compiler holds.

    structure.py --root . [--clang-format clang-format] RULE

Exits with 1 and a line for each offence, with 77 where a rule cannot be checked here.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

ROOMS = ("schemas", "runners", "gates", "reporters")
PRODUCT = ROOMS + ("ci-templates",)
SKIPPED = 77

# What each room may include of ours, besides itself.
MAY_INCLUDE = {"schemas": set(), "runners": {"schemas"}, "gates": {"schemas"}, "reporters": {"schemas"}}

TOP_LEVEL = {
    "CMakeLists.txt", "gates", "runners", "reporters", "schemas", "ci-templates", "tests", "README.md",
    # What convention puts at a root.
    "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "CMakePresets.json", ".clang-format", ".gitignore", ".gitattributes",
    ".ci", ".github", ".gitlab-ci.yml", ".pre-commit-hooks.yaml", "action.yml", "templates"}
NEEDED = {"CMakeLists.txt", "gates", "runners", "reporters", "schemas", "ci-templates", "tests", "README.md", "LICENSE",
          "CHANGELOG.md", "CONTRIBUTING.md", "CMakePresets.json", ".clang-format", ".gitignore", ".ci"}
# Made by building, running and editing; git ignores it, or is it.
NOT_OURS = {"build", ".git", ".modelgate", "gate-results", "node_modules", "__pycache__", "Testing", ".cache", ".vscode",
            ".idea", ".claude", "compile_commands.json"}

SAY_NOTHING = re.compile(r"(^|_)(util|utils|utility|utilities|common|manager|helper|helpers|misc|stuff)(_|$)")
MOST_LINES = 400

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def sources(root, *folders, endings=(".h", ".cpp")):
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in endings and path.is_file():
                yield path


def includes_of(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def check_includes(root, _options):
    """schemas includes nothing of ours; runners, gates and reporters only schemas; statistics is pure; torch stays put."""
    wrong = []
    for room in ROOMS:
        for path in sources(root, room):
            place = path.relative_to(root)
            for bracket, name in includes_of(path):
                first = name.split("/")[0]
                if first in PRODUCT + ("tests",):
                    if first != room and first not in MAY_INCLUDE[room]:
                        wrong.append(f"{place} includes {name}: {room} may include "
                                     f"{', '.join(sorted(MAY_INCLUDE[room])) or 'nothing of ours'}")
                    elif bracket != '"':
                        wrong.append(f"{place} includes <{name}>: ours stand in quotes")
                    elif not (root / name).is_file():
                        wrong.append(f"{place} includes {name}, which is not there")
                elif bracket == '"':
                    wrong.append(f'{place} includes "{name}": ours are named from the root of the tree, others in <>')
                in_torch = str(place).startswith("runners/torch/")
                if re.match(r"(torch|ATen|c10|caffe2)/", name) and not in_torch:
                    wrong.append(f"{place} includes {name}: only runners/torch may know LibTorch")
                if name.startswith("curl/") and not str(place).startswith("reporters/posting/"):
                    wrong.append(f"{place} includes {name}: only reporters/posting may know libcurl")
                if str(place).startswith("gates/statistics/"):
                    if first in PRODUCT and not name.startswith("gates/statistics/"):
                        wrong.append(f"{place} includes {name}: statistics is pure mathematics")
                    if re.match(r"nlohmann/|yaml-cpp/|simdjson|pugixml|fstream$|iostream$|cstdio$|filesystem$", name):
                        wrong.append(f"{place} includes {name}: statistics reads and writes nothing")
    return wrong


def check_top_level(root, _options):
    """The top level is fixed."""
    there = {path.name for path in root.iterdir()} - NOT_OURS
    return ([f"{name} does not belong at the top level" for name in sorted(there - TOP_LEVEL)] +
            [f"{name} is missing at the top level" for name in sorted(NEEDED - there)])


def folders_named_in(readme):
    """The folders of the tables of a README, from cells such as | `json/`, `examples/` | … |."""
    rows = re.findall(r"^\| *((?:`[\w.-]+/`(?:, *)?)+) *\|", readme.read_text(encoding="utf-8"), re.M)
    return {name for row in rows for name in re.findall(r"`([\w.-]+)/`", row)}


def check_readmes(root, _options):
    """Each room has a README whose table names its folders, all of them and no others."""
    wrong = []
    for room in PRODUCT + ("tests",):
        readme = root / room / "README.md"
        if not readme.is_file():
            wrong.append(f"{room} has no README.md")
            continue
        named = folders_named_in(readme)
        there = {path.name for path in (root / room).iterdir()
                 if path.is_dir() and path.name not in NOT_OURS and any(path.iterdir())}
        wrong += [f"{room}/README.md does not say what {room}/{name} holds" for name in sorted(there - named)]
        wrong += [f"{room}/README.md names {room}/{name}, which is not there" for name in sorted(named - there)]
    return wrong


def check_names(root, _options):
    """Names say what a thing is: no utils, common, manager, helper; snake_case; .h and .cpp."""
    wrong = []
    for folder in PRODUCT + ("tests",):
        for path in sorted((root / folder).rglob("*")):
            place = path.relative_to(root)
            if any(part in NOT_OURS for part in place.parts) or "tests/cli" in str(place):
                continue
            if SAY_NOTHING.search(path.stem.lower().replace("-", "_")):
                wrong.append(f"{place}: the name says nothing")
            if path.suffix in (".hpp", ".hh", ".hxx", ".cc", ".cxx", ".c"):
                wrong.append(f"{place}: our endings are .h and .cpp")
            if path.suffix in (".h", ".cpp") and not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", path.stem):
                wrong.append(f"{place}: file names are snake_case")
    return wrong


def check_length(root, _options):
    """No source file is so long that nobody reads it."""
    wrong = []
    for path in sources(root, *PRODUCT, endings=(".h", ".cpp", ".py")):
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > MOST_LINES:
            wrong.append(f"{path.relative_to(root)} has {lines} lines, and at most {MOST_LINES} are read")
    return wrong


def check_format(root, options):
    """The C++ is formatted by .clang-format, of the version that Debian 12 has."""
    if not options.clang_format:
        print("there is no clang-format here")
        sys.exit(SKIPPED)
    version = subprocess.run([options.clang_format, "--version"], capture_output=True, text=True, check=True).stdout
    if " version 14." not in version:
        print(f"another version formats differently: {version.strip()}")
        sys.exit(SKIPPED)
    paths = list(sources(root, *ROOMS, "tests"))
    done = subprocess.run([options.clang_format, "--dry-run", "--ferror-limit=1"] + [str(path) for path in paths],
                          cwd=root, capture_output=True, text=True, check=False)
    offenders = sorted(set(re.findall(r"^(\S.*?):\d+:\d+: (?:warning|error): code should be clang-formatted",
                                      done.stderr, re.M)))
    if done.returncode != 0 and not offenders:
        return [f"clang-format: {done.stderr[:500]}"]
    return [f"{path}: run clang-format -i" for path in offenders]


# Texts in the gates that look like codes and are none: metrics, quantities, words in counts.
NO_REASONS = {"real_time", "cpu_time", "balanced_accuracy", "lower_case", "gain_of", "known_failures", "verdict_digest",
              "expect_slices"}
ASSIGNED = re.compile(r'(?:reason = |doubt_because\(|\{Status::\w+, )(?:[^;,"]*\? )?"([a-z]+)"')


def codes_in_gates(root):
    """What the gates may say as a reason: every text like_this, and single words where a reason is given."""
    codes = set()
    for path in sources(root, "gates", endings=(".cpp",)):
        inside = path.relative_to(root).parts
        if "statistics" in inside or "baseline" in inside or path.name == "catalogue.cpp":
            continue
        text = path.read_text(encoding="utf-8")
        codes |= set(re.findall(r'"([a-z]+(?:_[a-z]+)+)"', text)) | set(ASSIGNED.findall(text))
    return codes - NO_REASONS


def codes_of_runners(root):
    """What our runners and readers may say as a problem, which a gate passes on."""
    text = "".join(path.read_text(encoding="utf-8")
                   for path in sources(root, "runners", "schemas/formats", endings=(".cpp",)))
    return set(re.findall(r'"([a-z]+(?:_[a-z]+)*)"', text))


def check_reasons(root, _options):
    """schemas/README.md lists every reason code of the gates, and no others."""
    readme = (root / "schemas/README.md").read_text(encoding="utf-8")
    section = re.search(r"^## Reason codes$(.*?)^## ", readme, re.M | re.S)
    if not section:
        return ["schemas/README.md has no section 'Reason codes'"]
    listed, wrong = {}, []
    for codes, status in re.findall(r"^\| (`.*?`) \| (\w+) \|", section.group(1), re.M):
        for code in re.findall(r"`([a-z_]+)`", codes):
            if code in listed:
                wrong.append(f"{code} is listed twice")
            listed[code] = status
    used = codes_in_gates(root)
    known = used | codes_of_runners(root)
    wrong += [f"the gates say '{code}', which schemas/README.md does not list" for code in sorted(used - set(listed))]
    wrong += [f"schemas/README.md lists '{code}', which nobody says" for code in sorted(set(listed) - known)]
    for example in sorted((root / "schemas/examples").glob("verdict-*.json")):
        text = example.read_text(encoding="utf-8")
        for status, reason in re.findall(r'"status": "(\w+)",\s*"reason": "(\w+)"', text):
            waived = status == "pass" and '"waiver"' in text
            if listed.get(reason) != status and not waived:
                wrong.append(f"{example.name} has a check that is {status} by '{reason}', which is {listed.get(reason)}")
    return wrong


def check_driver(_root, options):
    """The rules themselves find what breaks them."""
    wrong = []
    breaches = {
        "includes": [("schemas/a.cpp", '#include "gates/b.h"\n'), ("gates/a.cpp", '#include "runners/b.h"\n'),
                     ("reporters/a.cpp", '#include "gates/b.h"\n'), ("reporters/a.h", "#include <curl/curl.h>\n"),
                     ("gates/x/a.cpp", "#include <torch/script.h>\n"),
                     ("gates/statistics/a.h", "#include <fstream>\n"), ("gates/a.h", '#include "b.h"\n'),
                     ("gates/statistics/a.cpp", '#include "schemas/b.h"\n')],
        "top_level": [("src/a.cpp", ""), ("notes.txt", "")],
        "readmes": [("gates/zebra/a.cpp", ""), ("gates/README.md", "| `none/` | x |\n")],
        "names": [("gates/string_utils.cpp", ""), ("gates/common/a.cpp", ""), ("gates/CamelCase.h", ""), ("gates/a.cc", "")],
        "length": [("gates/a.cpp", "\n" * (MOST_LINES + 1))],
        "reasons": [("gates/a.cpp", 'check.reason = "zebra_proven";\n'), ("gates/a.cpp", 'check.reason = "zebra";\n')],
    }
    for rule, files in breaches.items():
        for name, content in files:
            with tempfile.TemporaryDirectory(prefix="modelgate structure ") as folder:
                root = pathlib.Path(folder)
                for room in PRODUCT + ("tests", ".ci"):
                    (root / room).mkdir()
                    (root / room / "README.md").write_text("")
                for plain in NEEDED - set(PRODUCT) - {"tests", ".ci"}:
                    (root / plain).write_text("")
                (root / "schemas/README.md").write_text("## Reason codes\n## Next\n")
                (root / "schemas/b.h").write_text("")
                if (found := RULES[rule](root, options)):
                    wrong.append(f"{rule} finds in nothing: {found}")
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(content)
                if not RULES[rule](root, options):
                    wrong.append(f"{rule} does not see {name}: {content[:60]!r}")
    return wrong


RULES = {"includes": check_includes, "top_level": check_top_level, "readmes": check_readmes, "names": check_names,
         "length": check_length, "format": check_format, "reasons": check_reasons, "driver": check_driver}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--clang-format", default="")
    parser.add_argument("rule", choices=sorted(RULES))
    options = parser.parse_args()
    wrong = RULES[options.rule](options.root.resolve(), options)
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
