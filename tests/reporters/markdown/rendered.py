#!/usr/bin/env python3
"""Renders the Markdown reporter's summaries by GitHub's own cmark-gfm, and looks at what came out.

    rendered.py --reporter build/release/bin/modelgate-report-markdown --cmark cmark-gfm [--keep FOLDER]

The summaries and what GitHub makes of them are left in FOLDER, to be looked at.
Exit code 77 where there is no cmark-gfm.
"""

import argparse
import html.parser
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import verdicts  # noqa: E402

# Whatever a summary needs, and nothing that a text of somebody else could smuggle in.
ALLOWED = {"h2", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "details", "summary", "pre", "strong", "br",
           "ul", "li"}
VOID = {"br"}
COMMENT_LIMIT = 65_536  # GitHub's, of characters; GitLab's is 1,000,000 and that of a step summary 1 MiB


class Page(html.parser.HTMLParser):
    """Notes unbalanced and foreign tags, cells of rows, and the text of cells."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.rows, self.seen, self.folded = [], [], [], {}, []
        self.texts, self.quoted = [], []  # outside and inside of <pre>, where neither platform looks for references

    def handle_starttag(self, tag, attributes):
        self.seen[tag] = self.seen.get(tag, 0) + 1
        if tag not in ALLOWED:
            self.wrong.append(f"<{tag}> stands in the page")
        if any(name.startswith("on") or name in ("href", "src", "style") for name, _ in attributes):
            self.wrong.append(f"<{tag}> has {attributes}")
        if tag == "table":
            self.rows.append([])
        if tag == "tr" and self.rows:
            self.rows[-1].append(0)
        if tag in ("td", "th") and self.rows:
            self.rows[-1][-1] += 1
        if tag == "details":
            self.folded.append(False)
        if tag == "summary" and self.folded:
            self.folded[-1] = True
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes what is not open")

    def handle_data(self, data):
        (self.quoted if "pre" in self.open else self.texts).append(data)


def summary_of(reporter, document, folder):
    path = verdicts.write(document, folder / "verdict.json") if isinstance(document, dict) else document
    return subprocess.run([reporter, str(path)], check=True, capture_output=True).stdout.decode("utf-8")


def rendered(cmark, text):
    done = subprocess.run([cmark, "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist",
                           "-e", "tagfilter", "-t", "html"], input=text.encode("utf-8"), check=True, capture_output=True)
    page = Page()
    page.html = done.stdout.decode("utf-8")
    page.feed(page.html)
    page.close()
    return page


def obeyed_by_gitlab(text):
    """Lines that GitLab would take for quick actions: it looks for them before anything is rendered."""
    return [line for line in text.split("\n") if re.match(r"\s*/\w", line)]


def problems(name, text, page):
    wrong = [f"{name}: {one}" for one in page.wrong]
    wrong += [f"{name}: {tag} is never closed" for tag in page.open]
    wrong += [f"{name}: GitLab would obey {line!r}" for line in obeyed_by_gitlab(text)]
    wrong += [f"{name}: a row has {row} cells and the table {rows[0]}" for rows in page.rows for row in rows if row != rows[0]]
    wrong += [f"{name}: a fold without a summary" for summary in page.folded if not summary]
    if len(text) >= COMMENT_LIMIT or len(text.encode("utf-8")) >= COMMENT_LIMIT:
        wrong.append(f"{name}: {len(text)} characters are more than a comment takes")
    shown = "".join(page.texts)
    for mention in re.findall(r"(?<!\w)[@#!&~%$](?=[\w\"])", shown):
        wrong.append(f"{name}: {mention} begins a mention or reference")
    for live in ("https://", "www.evil", ":tada:", "GH-4", "[issue:"):
        if live in shown:
            wrong.append(f"{name}: '{live}' stands there unbroken")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reporter", required=True)
    parser.add_argument("--cmark", default="")
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    if not options.cmark:
        print("there is no cmark-gfm here")
        return 77
    wrong = []
    with tempfile.TemporaryDirectory(prefix="modelgate markdown ") as scratch:
        folder = pathlib.Path(scratch)
        cases = {path.name: path for path in verdicts.examples()}
        cases.update(hostile=verdicts.hostile(), many=verdicts.many())
        for name, document in cases.items():
            text = summary_of(options.reporter, document, folder)
            page = rendered(options.cmark, text)
            print(f"{name}: {len(text.encode('utf-8'))} bytes, {page.seen.get('table', 0)} tables, "
                  f"{page.seen.get('details', 0)} folds")
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{name}.md").write_text(text, encoding="utf-8")
                (options.keep / f"{name}.html").write_text(page.html, encoding="utf-8")
            wrong += problems(name, text, page)
            if page.seen.get("h2") != 1 or not page.seen.get("table"):
                wrong.append(f"{name}: there is no headline or no table")
            if name == "many":
                shown = "".join(page.texts)
                for part in ("accuracy [lang=l7]", "Left out here: ", "10,000 checks: 500 fail, 9,500 pass"):
                    if part not in shown:
                        wrong.append(f"{name}: '{part}' is not there")
            if name == "hostile":
                for part in ("准确率", "/close", "<script>alert(1)</script>"):
                    if part not in "".join(page.texts + page.quoted):
                        wrong.append(f"{name}: '{part}' is not shown as it stands")
    # The test itself sees what is wrong.
    if not problems("x", "/close\n", rendered(options.cmark, "<img src=x>\n\n@root https://a.example\n")):
        wrong.append("the test sees nothing")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
