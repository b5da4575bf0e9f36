"""GitHub's and GitLab's API in memory, as much of them as is posted to; servers on 127.0.0.1 for tests.

Each keeps what was asked (`requests`) and goes wrong on request: `faults` maps "METHOD path" to answers that come first.
While a request is answered, every command line of the machine is searched for `secret`, if there is one.
"""

import http.server
import json
import pathlib
import re
import threading
import urllib.parse

CONTRACTS = pathlib.Path(__file__).resolve().parents[1] / "gitlab" / "contracts"
FIRST_COMMENT = 1001
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def command_lines_with(secret):
    found = []
    for file in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if secret.encode() in file.read_bytes():
                found.append(str(file))
        except OSError:
            pass  # gone meanwhile
    return found


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words):
        pass

    def do_it(self):
        length = int(self.headers.get("Content-Length", 0))
        text = self.rfile.read(length).decode()
        path, _, query = self.path.partition("?")
        status, answer, headers = self.server.platform.take(
            self.command, path, dict(urllib.parse.parse_qsl(query)), json.loads(text) if text else None, dict(self.headers))
        body = b"" if status == 204 else (answer if isinstance(answer, str) else json.dumps(answer)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = do_it


class Platform:
    """Start with `with`; `url` is the API's address."""

    prefix = ""

    def __init__(self):
        self.requests, self.faults, self.comments, self.statuses = [], {}, [], []
        self.secret, self.leaks, self.wrong = "", [], []
        self.next_comment, self.head = FIRST_COMMENT, COMMIT

    def __enter__(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.platform = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.url = f"http://{self.host}{self.prefix}"
        return self

    def __exit__(self, *_words):
        self.server.shutdown()
        self.server.server_close()

    def take(self, method, path, query, body, headers):
        self.requests.append({"method": method, "path": path, "query": query, "body": body, "headers": headers})
        if self.secret:
            self.leaks += command_lines_with(self.secret)
        path = path.removeprefix(self.prefix)
        waiting = self.faults.get(f"{method} {path}", [])
        if waiting:
            status, answer, more = (*waiting.pop(0), {}, {})[:3]
            return status, answer, more
        status, answer = self.answer(method, path, query, body)
        return status, answer, {}

    def asked(self):
        return [f"{each['method']} {each['path'].removeprefix(self.prefix)}" for each in self.requests]

    def page_of(self, items, query):
        count, number = int(query.get("per_page", 30)), int(query.get("page", 1))
        return items[(number - 1) * count:number * count]


class GitHub(Platform):
    """The repository o/r with pull request 7. `login` is who the token belongs to; None: an app's token."""

    def __init__(self, login=None):
        super().__init__()
        self.login, self.check_runs = login, []

    def author(self):
        return {"login": self.login, "type": "User"} if self.login else {"login": "github-actions[bot]", "type": "Bot"}

    def add_comment(self, body, author):
        comment = {"id": self.next_comment, "body": body, "user": author,
                   "html_url": f"https://github.com/o/r/pull/7#issuecomment-{self.next_comment}"}
        self.next_comment += 1
        self.comments.append(comment)
        return comment

    def answer(self, method, path, query, body):
        if method == "GET" and path == "/user":
            return (200, self.author()) if self.login else (403, {"message": "Resource not accessible by integration"})
        if method == "POST" and re.fullmatch(r"/repos/o/r/statuses/[0-9a-f]{40}", path):
            if len(body["description"]) > 140 or body["state"] not in ("error", "failure", "pending", "success"):
                return 422, {"message": "Validation Failed"}
            self.statuses.append(body)
            return 201, {"id": 1, **body}
        if path == "/repos/o/r/issues/7/comments":
            if method == "GET":
                return 200, self.page_of(self.comments, query)
            if method == "POST":
                return (201, self.add_comment(body["body"], self.author())) if len(body["body"]) <= 65536 else (
                    422, {"message": "body is too long (maximum is 65536 characters)"})
        if found := re.fullmatch(r"/repos/o/r/issues/comments/(\d+)", path):
            comment = next((each for each in self.comments if each["id"] == int(found[1])), None)
            if comment and method == "PATCH":
                comment["body"] = body["body"]
                return 200, comment
            if comment and method == "DELETE":
                self.comments.remove(comment)
                return 204, ""
        if method == "GET" and path == "/repos/o/r/pulls/7":
            return 200, {"number": 7, "head": {"sha": self.head}}
        if method == "POST" and path == "/repos/o/r/check-runs":
            if len(body["output"]["annotations"]) > 50:
                return 422, {"message": "No more than 50 items are allowed"}
            self.check_runs.append({"id": 2001 + len(self.check_runs), **body})
            return 201, {"html_url": "https://github.com/o/r/runs/2001", **self.check_runs[-1]}
        if method == "PATCH" and (found := re.fullmatch(r"/repos/o/r/check-runs/(\d+)", path)):
            run = self.check_runs[int(found[1]) - 2001]
            run["output"]["annotations"] += body["output"]["annotations"]
            return 200, run
        return 404, {"message": "Not Found"}


class GitLab(Platform):
    """The project g/p with merge request 7. Every request is held against GitLab's documentation (contracts/)."""

    prefix = "/api/v4"

    def __init__(self, username="gate-bot"):
        super().__init__()
        self.username = username
        self.contracts = [json.loads(file.read_text()) for file in sorted(CONTRACTS.glob("*.json"))]

    def add_comment(self, body, username):
        example = self.example("POST /projects/:id/merge_requests/:merge_request_iid/notes")
        note = {**example, "id": self.next_comment, "body": body, "system": False,
                "author": {**example["author"], "username": username}}
        self.next_comment += 1
        self.comments.append(note)
        return note

    def example(self, call):
        return next(each["answer"]["body"] for each in self.contracts if each["call"] == call)

    def contract_of(self, method, path):
        for contract in self.contracts:
            wanted, pattern = contract["call"].split(" ")
            if method == wanted and re.fullmatch(re.sub(r":\w+", "[^/]+", pattern), path):
                return contract
        return None

    def check(self, contract, query, body):
        given, known = {**query, **(body or {})}, contract["parameters"]
        for name, value in given.items():
            if name not in known:
                self.wrong.append(f"{contract['call']} knows no {name}")
                continue
            rule = known[name]
            kind = {"string": str, "integer": int}[rule["type"]]
            if name in query and kind is int and value.isdigit():
                value = int(value)
            if not isinstance(value, kind) or isinstance(value, bool):
                self.wrong.append(f"{contract['call']}: {name} is {value!r}")
            elif (len(str(value)) > rule.get("longest", 10**9) or value not in rule.get("one_of", [value])
                  or (kind is int and value > rule.get("most", value))):
                self.wrong.append(f"{contract['call']}: {name} may not be {value!r}")
        self.wrong += [f"{contract['call']} wants {name}" for name, rule in known.items()
                       if rule.get("required") and name not in given]

    def answer(self, method, path, query, body):
        contract = self.contract_of(method, path)
        if contract is None:
            self.wrong.append(f"no contract holds {method} {path}")
            return 404, {"message": "404 Not Found"}
        self.check(contract, query, body)
        status, example = contract["answer"]["status"], contract["answer"]["body"]
        call = contract["call"]
        if call == "GET /user":
            return status, {**example, "username": self.username}
        if call == "POST /projects/:id/statuses/:sha":
            self.statuses.append(body)
            return status, {**example, "status": body["state"], "name": body["name"], "description": body["description"]}
        if call == "GET /projects/:id/merge_requests/:merge_request_iid":
            return status, {**example, "iid": 7, "sha": self.head}
        if call == "GET /projects/:id/merge_requests/:merge_request_iid/notes":
            return status, self.page_of(self.comments, query)
        if call == "POST /projects/:id/merge_requests/:merge_request_iid/notes":
            return status, self.add_comment(body["body"], self.username)
        note = next((each for each in self.comments if each["id"] == int(path.rsplit("/", 1)[1])), None)
        if note is None:
            return 404, {"message": "404 Note Not Found"}
        if method == "DELETE":
            self.comments.remove(note)
            return status, ""
        note["body"] = body["body"]
        return status, note
