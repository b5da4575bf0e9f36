#!/usr/bin/env python3
"""The programs that post, against platforms in memory: what arrives, what is told, and where the token is not.

    programs_test.py --bin build/release/bin [TEST...]
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from platforms import COMMIT, FIRST_COMMENT, GitHub, GitLab

ROOT = pathlib.Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "schemas" / "examples"
TOKEN = "planted-0a1b2c3d4e5f-secret"
MARKER = "<!-- modelgate comment: modelgate -->\n"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")
BIN = None


class Case(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="modelgate posting ")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def start(self, platform):
        self.addCleanup(platform.__exit__)
        return platform.__enter__()

    def run_program(self, program, *words, environment=None, token=TOKEN):
        variable = {"modelgate-report-github": "GITHUB_TOKEN", "modelgate-report-gitlab": "MODELGATE_GITLAB_TOKEN"}[program]
        clean = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.folder)}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH"):
            if name in os.environ:
                clean[name] = os.environ[name]
        if token:
            clean[variable] = token
        clean.update(environment or {})
        done = subprocess.run([str(BIN / program), *map(str, words)], cwd=self.folder, env=clean, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60)
        done.out, done.err = done.stdout.decode(), done.stderr.decode()
        for text in (done.out, done.err):
            self.assertNotIn(TOKEN, text)
            self.assertIsNone(CONTROL.search(text), text)
        return done

    def example(self, name):
        """The example, as if it had been made for COMMIT."""
        document = json.loads((EXAMPLES / name).read_text())
        if "pipeline" in document:
            document["pipeline"]["head_commit"] = COMMIT
        return document

    def written(self, document, name="verdict.json"):
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_text(json.dumps(document, ensure_ascii=False))
        return self.folder / name

    def github(self, platform, *words, verdict="verdict-fail.json", **more):
        verdict = self.written(self.example(verdict)) if isinstance(verdict, str) else verdict
        return self.run_program("modelgate-report-github", verdict, "--api-url", platform.url, "--loopback-http",
                                "--project", "o/r", "--commit", COMMIT, *words, **more)

    def gitlab(self, platform, *words, verdict="verdict-fail.json", **more):
        done = self.run_program("modelgate-report-gitlab", self.written(self.example(verdict)), "--api-url", platform.url, "--loopback-http",
                                "--project", "g/p", "--commit", COMMIT, *words, **more)
        self.assertEqual(platform.wrong, [])
        return done


class OnGitHub(Case):
    def test_posts_all_three_and_updates_the_comment_the_second_time(self):
        hub = self.start(GitHub())
        first = self.github(hub, "--status", "--comment", "--check-run", "--request", "7", "--json")
        self.assertEqual(first.returncode, 0, first.err)
        told = json.loads(first.out)
        self.assertEqual([(each["what"], each["outcome"]) for each in told["posts"]],
                         [("status", "posted"), ("comment", "posted"), ("check-run", "posted")])
        self.assertEqual(told["posts"][1]["url"], f"https://github.com/o/r/pull/7#issuecomment-{FIRST_COMMENT}")
        self.assertEqual(hub.statuses[0]["state"], "failure")
        self.assertEqual(hub.check_runs[0]["conclusion"], "failure")
        second = self.github(hub, "--comment", "--request", "7", verdict="verdict-pass.json")
        self.assertEqual(second.out, f"comment: updated, https://github.com/o/r/pull/7#issuecomment-{FIRST_COMMENT}\n")
        self.assertEqual(len(hub.comments), 1)
        self.assertIn("modelgate: pass", hub.comments[0]["body"])

    def test_says_of_every_example_what_its_exit_code_says(self):
        for verdict, state in (("pass", "success"), ("fail", "failure"), ("error", "error"), ("first-release", "success"),
                               ("inconclusive", "success")):
            hub = self.start(GitHub())
            self.assertEqual(self.github(hub, "--status", verdict=f"verdict-{verdict}.json").returncode, 0)
            self.assertEqual(hub.statuses[0]["state"], state, verdict)
        self.assertIn("does not block", hub.statuses[0]["description"])

    def test_leaves_alone_what_a_stranger_wrote_with_our_marker(self):
        hub = self.start(GitHub())
        hub.add_comment(MARKER + "everything passes", {"login": "mallory", "type": "User"})
        self.github(hub, "--comment", "--request", "7")
        self.assertEqual(hub.comments[0]["body"], MARKER + "everything passes")
        self.assertEqual(len(hub.comments), 2)

    def test_comments_of_other_names_are_other_comments(self):
        hub = self.start(GitHub("me"))
        for name in ("modelgate", "intents", "modelgate", "intents --> x"):
            self.assertEqual(self.github(hub, "--comment", "--request", "7", "--name", name).returncode, 0)
        self.assertEqual(len(hub.comments), 3)

    def test_a_failed_post_is_told_apart_and_the_others_are_made(self):
        hub = self.start(GitHub())
        hub.faults[f"POST /repos/o/r/statuses/{COMMIT}"] = [(403, {"message": "Resource not accessible by integration"})]
        done = self.github(hub, "--status", "--comment", "--request", "7", "--json")
        self.assertEqual(done.returncode, 4)
        self.assertEqual([each["outcome"] for each in json.loads(done.out)["posts"]], ["failed", "posted"])
        self.assertIn("error: status not posted: 127.0.0.1:", done.err)
        self.assertIn("it answers 403 (Resource not accessible by integration)", done.err)
        self.assertIn("workflow_run", done.err)
        self.assertEqual(len(hub.comments), 1)

    def test_without_a_request_there_is_no_comment_and_no_failure(self):
        hub = self.start(GitHub())
        done = self.github(hub, "--comment")
        self.assertEqual((done.returncode, done.out), (0, "comment: skipped, there is no pull request to comment on\n"))

    def test_posts_nothing_on_a_commit_that_was_not_judged(self):
        hub = self.start(GitHub())
        done = self.github(hub, "--status", "--comment", "--request", "7", verdict=EXAMPLES / "verdict-fail.json")
        self.assertEqual(done.returncode, 2)
        self.assertIn("and is not posted on 0123456789ab…", done.err)
        self.assertEqual(hub.requests, [])

    def test_a_hostile_server_commands_no_terminal(self):
        hub = self.start(GitHub())
        hub.faults[f"POST /repos/o/r/statuses/{COMMIT}"] = [(422, {"message": "\x1b[2J\r\n::error::x \u202e" + "y" * 100_000})]
        done = self.github(hub, "--status")
        self.assertEqual(done.returncode, 4)
        self.assertLess(len(done.err), 1000)
        self.assertNotIn("\n::", done.err)

    def test_follows_no_redirect_and_asks_no_other_host(self):
        hub, other = self.start(GitHub()), self.start(GitHub())
        hub.faults[f"POST /repos/o/r/statuses/{COMMIT}"] = [
            (307, {}, {"Location": f"{other.url}/repos/o/r/statuses/{COMMIT}?token=x"})]
        done = self.github(hub, "--status")
        self.assertEqual(done.returncode, 4)
        self.assertIn(f"points to {other.host}, where the token is not sent", done.err)
        self.assertEqual(other.requests, [])

    def test_takes_an_artifact_for_data(self):
        hub = self.start(GitHub())
        document = self.example("verdict-fail.json")
        document["sentence"] = "/approve @everyone <img src=x>"
        verdict = self.written(document, "of-the-artifact.json")
        words = ("--comment", "--from-artifact", "--request", "7")
        done = self.github(hub, *words, verdict=verdict)
        self.assertEqual(done.returncode, 0, done.err)
        body = hub.comments[0]["body"]
        self.assertNotIn("@everyone", body)
        self.assertNotIn("<img", body)
        self.assertFalse(any(line.startswith("/") for line in body.splitlines()))
        self.assertIn("they say what that run says", body)
        hub.head = "f" * 40
        moved = self.github(hub, *words, verdict=verdict)
        self.assertIn("comment: skipped, pull request 7 does not stand at this commit", moved.out)
        for refused in (("--status",), ("--check-run",), ("--comment", "--summary", "summary.md")):
            self.assertEqual(self.github(hub, *refused, "--from-artifact", "--request", "7").returncode, 2)
        self.assertEqual(hub.statuses + hub.check_runs, [])

    def test_annotates_by_50_a_request(self):
        checks = [{"gate": "unit", "name": f"Suite.Test{i}", "status": "fail", "reason": "new_failure", "sentence": "fails",
                   "file": f"{self.folder}/tests/a.cpp", "line": i + 1} for i in range(120)]
        document = self.example("verdict-fail.json")
        document["checks"] = checks
        hub = self.start(GitHub())
        done = self.github(hub, "--check-run", "--root", self.folder, verdict=self.written(document))
        self.assertEqual(done.returncode, 0, done.err)
        self.assertEqual([each["start_line"] for each in hub.check_runs[0]["output"]["annotations"]], list(range(1, 121)))
        self.assertEqual(hub.check_runs[0]["output"]["annotations"][0]["path"], "tests/a.cpp")

    def test_writes_the_comment_of_ten_thousand_checks_within_the_limit(self):
        document = self.example("verdict-fail.json")
        document["checks"] = [
            {"gate": "unit", "name": f"Suite.Test{i}", "sentence": f"Suite.Test{i}: " + "x" * 200, "details": "line\n" * 50,
             **({"status": "fail", "reason": "new_failure"} if i % 20 == 0 else {"status": "pass", "reason": "still_passes"})}
            for i in range(10_000)]
        hub = self.start(GitHub())
        done = self.github(hub, "--comment", "--write-comment", "comment.md", verdict=self.written(document), token="")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertEqual(hub.requests, [])
        body = (self.folder / "comment.md").read_text()
        self.assertLess(len(body.encode()), 65_536)
        self.assertIn("500 fail", body)
        self.assertEqual(body.count("<details>"), body.count("</details>"))

    def test_cuts_a_summary_that_is_too_long_and_says_so(self):
        (self.folder / "summary.md").write_text("".join(f"paragraph {i}\n\n" for i in range(20_000)))
        hub = self.start(GitHub())
        self.assertEqual(self.github(hub, "--comment", "--request", "7", "--summary", "summary.md").returncode, 0)
        self.assertLess(len(hub.comments[0]["body"].encode()), 65_536)
        self.assertIn("… cut here: ", hub.comments[0]["body"])


class OnGitLab(Case):
    def test_posts_both_and_updates_the_note_the_second_time(self):
        lab = self.start(GitLab())
        first = self.gitlab(lab, "--status", "--comment", "--request", "7")
        self.assertEqual(first.returncode, 0, first.err)
        self.assertEqual(lab.statuses[0]["state"], "failed")
        second = self.gitlab(lab, "--status", "--comment", "--request", "7", "--pipeline", "12", verdict="verdict-pass.json")
        self.assertEqual(second.returncode, 0, second.err)
        self.assertEqual(lab.statuses[1]["state"], "success")
        self.assertEqual(lab.statuses[1]["pipeline_id"], 12)
        self.assertEqual(len(lab.comments), 1)
        self.assertTrue(lab.comments[0]["body"].startswith(MARKER))
        self.assertIn(f"#note_{FIRST_COMMENT}", second.out)

    def test_leaves_alone_what_a_stranger_wrote_with_our_marker(self):
        lab = self.start(GitLab())
        for _ in range(60):
            lab.add_comment("talk", "somebody")
        lab.add_comment(MARKER + "everything passes", "mallory")
        lab.add_comment(MARKER + "old", "gate-bot")
        self.assertIn("comment: updated", self.gitlab(lab, "--comment", "--request", "7").out)
        self.assertEqual(lab.comments[-2]["body"], MARKER + "everything passes")
        self.assertEqual(len(lab.comments), 62)

    def test_a_lost_answer_makes_no_second_note(self):
        lab = self.start(GitLab())
        call = "POST /projects/g%2Fp/merge_requests/7/notes"
        lab.faults[call] = [(502, "<html>Bad Gateway</html>")]
        original = lab.take

        def arrives(method, path, query, body, headers):
            if f"{method} {path.removeprefix(lab.prefix)}" == call and lab.faults[call]:
                lab.add_comment(body["body"], "gate-bot")
            return original(method, path, query, body, headers)

        lab.take = arrives
        done = self.gitlab(lab, "--comment", "--request", "7")
        self.assertIn("comment: updated", done.out)
        self.assertEqual(len(lab.comments), 1)

    def test_the_job_token_is_not_sent(self):
        lab = self.start(GitLab())
        done = self.gitlab(lab, "--status", token="", environment={"CI_JOB_TOKEN": TOKEN})
        self.assertEqual(done.returncode, 2)
        self.assertIn("MODELGATE_GITLAB_TOKEN is not set", done.err)
        self.assertEqual(lab.requests, [])


class InAPipeline(Case):
    """The lines of the README as they stand, with the variables that each platform sets."""

    def run_line(self, program, platform, variables):
        self.written(self.example("verdict-fail.json"), "gate-results/verdict.json")
        readme = (ROOT / "reporters/posting/README.md").read_text()
        lines = [line.split("#")[0].split() for block in re.findall(r"^```\n(.*?)^```$", readme, re.M | re.S)
                 for line in block.splitlines()]
        self.assertEqual([line[0] for line in lines], ["modelgate-report-github", "modelgate-report-gitlab"])
        words = next(line[1:] for line in lines if line[0] == program)
        return self.run_program(program, *words, environment={"MODELGATE_LOOPBACK_HTTP": "1", **variables})

    def test_of_GitHub(self):
        hub = self.start(GitHub())
        (self.folder / "event.json").write_text(json.dumps({"pull_request": {
            "number": 7, "head": {"sha": COMMIT, "ref": "feature", "repo": {"full_name": "o/r"}},
            "base": {"sha": "a" * 40, "ref": "main", "repo": {"full_name": "o/r"}}}}))
        variables = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": "event.json",
                     "GITHUB_REF": "refs/pull/7/merge", "GITHUB_REF_NAME": "7/merge", "GITHUB_HEAD_REF": "feature",
                     "GITHUB_BASE_REF": "main", "GITHUB_SHA": "f" * 40, "GITHUB_REPOSITORY": "o/r", "GITHUB_RUN_ID": "4711",
                     "GITHUB_SERVER_URL": "https://github.com", "GITHUB_API_URL": hub.url}
        done = self.run_line("modelgate-report-github", hub, variables)
        self.assertEqual(done.returncode, 0, done.err)
        self.assertEqual((len(hub.statuses), len(hub.comments), len(hub.check_runs)), (1, 1, 1))
        self.assertIn(f"POST /repos/o/r/statuses/{COMMIT}", hub.asked())
        self.assertEqual(hub.statuses[0]["target_url"], "https://github.com/o/r/actions/runs/4711")
        pushed = self.run_line("modelgate-report-github", hub, {
            **variables, "GITHUB_SHA": COMMIT, "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main",
            "GITHUB_BASE_REF": "", "GITHUB_HEAD_REF": "", "GITHUB_EVENT_PATH": ""})
        self.assertEqual(pushed.returncode, 0, pushed.err)
        self.assertIn("comment: skipped, there is no pull request to comment on", pushed.out)
        self.assertEqual(len(hub.comments), 1)

    def test_of_GitHub_of_a_fork(self):
        hub = self.start(GitHub())
        (self.folder / "event.json").write_text(json.dumps({"pull_request": {
            "number": 7, "head": {"sha": COMMIT, "ref": "feature", "repo": {"full_name": "stranger/r"}},
            "base": {"sha": "a" * 40, "ref": "main", "repo": {"full_name": "o/r"}}}}))
        for call in (f"POST /repos/o/r/statuses/{COMMIT}", "POST /repos/o/r/issues/7/comments", "POST /repos/o/r/check-runs"):
            hub.faults[call] = [(403, {"message": "Resource not accessible by integration"})]
        done = self.run_line("modelgate-report-github", hub, {
            "GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": "event.json",
            "GITHUB_REF": "refs/pull/7/merge", "GITHUB_REF_NAME": "7/merge", "GITHUB_HEAD_REF": "feature",
            "GITHUB_BASE_REF": "main", "GITHUB_SHA": "f" * 40, "GITHUB_REPOSITORY": "o/r", "GITHUB_API_URL": hub.url})
        self.assertEqual(done.returncode, 4)
        self.assertEqual(done.err.count("A pull request of a fork has a token that may only read"), 3)

    def test_of_GitLab(self):
        lab = self.start(GitLab())
        variables = {"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_IID": "7",
                     "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "feature",
                     "CI_MERGE_REQUEST_EVENT_TYPE": "merged_result", "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": COMMIT,
                     "CI_COMMIT_SHA": "f" * 40, "CI_MERGE_REQUEST_PROJECT_ID": "5", "CI_PROJECT_ID": "5",
                     "CI_API_V4_URL": lab.url, "CI_SERVER_URL": "https://gitlab.example.com",
                     "CI_JOB_URL": "https://gitlab.example.com/g/p/-/jobs/12", "CI_JOB_TOKEN": "job-" + TOKEN}
        done = self.run_line("modelgate-report-gitlab", lab, variables)
        self.assertEqual((done.returncode, lab.wrong), (0, []), done.err)
        self.assertIn(f"POST /projects/5/statuses/{COMMIT}", lab.asked())
        self.assertEqual((len(lab.statuses), len(lab.comments)), (1, 1))
        self.assertNotIn("ref", lab.statuses[0])
        branch = {name: value for name, value in variables.items() if "MERGE_REQUEST" not in name}
        done = self.run_line("modelgate-report-gitlab", lab, {
            **branch, "CI_COMMIT_SHA": COMMIT, "CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": "main", "CI_COMMIT_REF_NAME": "main"})
        self.assertEqual((done.returncode, lab.wrong), (0, []), done.err)
        self.assertEqual(lab.statuses[1]["ref"], "main")
        self.assertIn("comment: skipped, there is no merge request to comment on", done.out)


class TheToken(Case):
    def test_planted_in_environment_address_and_file_is_nowhere_else(self):
        (self.folder / "token").write_text(TOKEN + "\n")
        (self.folder / "summary.md").write_text(f"# a test printed its environment: GITHUB_TOKEN={TOKEN}\n")
        for platform, run, call in ((GitHub(), self.github, f"POST /repos/o/r/statuses/{COMMIT}"),
                                    (GitLab(), self.gitlab, f"POST /projects/g%2Fp/statuses/{COMMIT}")):
            server = self.start(platform)
            server.secret = TOKEN
            echo = {"message": f"{'x' * 190}{TOKEN} {TOKEN}"}
            words = ["--status", "--comment", "--request", "7", "--summary", "summary.md", "--json"]
            if run == self.github:
                words.append("--check-run")
            for more, options in (((), {}), (("--token-file", "token"), {"token": ""})):
                server.faults[call] = [(422, echo), (400, echo)]
                done = run(server, *words, *more, **options)
                self.assertEqual(done.returncode, 4)
                self.assertNotIn("planted", done.out + done.err)
                run(server, *words, *more, "--write-comment", "comment.md", **options)
            self.assertEqual(server.leaks, [])
            for request in server.requests:
                self.assertEqual(sum(TOKEN in value for value in request["headers"].values()), 1)
                self.assertNotIn(TOKEN, request["path"] + json.dumps(request["query"]) + json.dumps(request["body"]))
            self.assertIn("GITHUB_TOKEN=***", server.comments[0]["body"])
            program = "modelgate-report-github" if run == self.github else "modelgate-report-gitlab"
            for url in (f"https://me:{TOKEN}@127.0.0.1/", f"https://{TOKEN}@127.0.0.1/", f"http://127.0.0.1/?t={TOKEN}"):
                done = self.run_program(program, EXAMPLES / "verdict-pass.json", "--status", "--project", "o/r", "--commit",
                                        COMMIT, "--api-url", url)
                self.assertEqual(done.returncode, 2)
                self.assertNotIn("planted", done.err)
        for file in self.folder.rglob("*"):
            if file.name not in ("token", "summary.md"):
                self.assertNotIn(TOKEN.encode(), file.read_bytes(), file)

    def test_given_as_an_option_is_refused_and_not_repeated(self):
        done = self.run_program("modelgate-report-github", EXAMPLES / "verdict-pass.json", "--status", "--token", TOKEN)
        self.assertEqual(done.returncode, 2)
        self.assertIn("unknown option '--token'", done.err)
        done = self.run_program("modelgate-report-github", EXAMPLES / "verdict-pass.json", "--status", "--project", "o/r",
                                "--commit", COMMIT, "--api-url", "https://api.github.com", "--token-file", TOKEN)
        self.assertEqual(done.returncode, 4)


def main():
    global BIN
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True, type=pathlib.Path)
    options, rest = parser.parse_known_args()
    BIN = options.bin.resolve()
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
