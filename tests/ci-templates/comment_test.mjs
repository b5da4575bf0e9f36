// comment.yml against a server that answers as GitHub's API does: whose pull request is commented, with which token, and what is refused.
//   comment_test.mjs TEMPLATES PROJECT BIN SCRATCH VERDICT
import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import {Worker, isMainThread, parentPort, workerData} from "node:worker_threads";

const token = "ghs_planted_token_of_this_test";

if (isMainThread) {
  const [templates, project, bin, scratch, verdict] = process.argv.slice(2);
  await main(templates, project, bin, scratch, verdict);
} else {
  serve();
}

/** The API, in a thread of its own, because scripts are run in step. */
function serve() {
  const {repository, requests} = workerData;
  const comments = [], calls = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (part) => body += part);
    request.on("end", () => {
      const url = new URL(request.url, "http://localhost");
      calls.push({method: request.method, url: request.url, authorization: request.headers.authorization ?? ""});
      const answer = (code, value) => {
        response.writeHead(code, {"content-type": "application/json; charset=utf-8"});
        response.end(JSON.stringify(value));
      };
      if (url.pathname === "/calls") return answer(200, {calls, comments});
      if (request.headers.authorization !== `Bearer ${token}`) return answer(401, {message: "Bad credentials"});
      if (url.pathname === `/repos/${repository}/pulls` && url.searchParams.get("state") === "open")
        return answer(200, requests.filter((each) => each.head.label === url.searchParams.get("head")));
      const one = new RegExp(`^/repos/${repository}/pulls/(\\d+)$`).exec(url.pathname);
      if (one) return answer(200, requests.find((each) => each.number === Number(one[1])));
      const of = new RegExp(`^/repos/${repository}/issues/(\\d+)/comments$`).exec(url.pathname);
      if (of && request.method === "GET") return answer(200, comments.filter((each) => each.request === Number(of[1])));
      if (of && request.method === "POST") {
        comments.push({id: comments.length + 1, request: Number(of[1]), body: JSON.parse(body).body, user: {login: "github-actions[bot]", type: "Bot"}});
        return answer(201, comments.at(-1));
      }
      if (url.pathname === "/user") return answer(403, {message: "Resource not accessible by integration"});
      return answer(404, {message: "Not Found"});
    });
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
}

async function main(templates, project, bin, scratch, verdict) {
  const {Runner} = await import("./github_runner.mjs");
  const repository = "acme/support-intents", commit = "0123456789abcdef0123456789abcdef01234567";
  const branch = "feature $(touch pwned) & head=x";
  const request = (number, sha, from) => ({
    number, state: "open", head: {sha, label: `${from.split("/")[0]}:${branch}`, repo: {full_name: from}, ref: branch},
    base: {sha: commit.replace(/0/g, "f"), repo: {full_name: repository}, ref: "main"}});
  const requests = [request(7, commit, "stranger/support-intents"), request(8, commit.replace(/1/g, "2"), "late/support-intents")];
  const worker = new Worker(new URL(import.meta.url), {workerData: {repository, requests}});
  const port = await new Promise((resolve) => worker.once("message", resolve));
  const api = `http://127.0.0.1:${port}`;
  const asked = async () => (await fetch(`${api}/calls`)).json();

  const comment = (from) => {
    const temp = fs.mkdtempSync(path.join(scratch, "comment "));
    process.on("exit", () => fs.rmSync(temp, {recursive: true, force: true}));
    const [owner] = from.split("/");
    const run = new Runner({
      project, action: path.join(templates, "github", "action.yml"), temp, environment: {PATH: `${bin}:/usr/bin:/bin`, MODELGATE_LOOPBACK_HTTP: "1"},
      vars: {MODELGATE_IMAGE: "", MODELGATE_PATH: ""},
      github: {api_url: api, token, event_name: "workflow_run", repository},
      event: {workflow_run: {id: 4711, event: "pull_request", head_sha: commit, head_branch: branch, pull_requests: [],
                             head_repository: {full_name: from, owner: {login: owner}}}}});
    const made = JSON.parse(fs.readFileSync(verdict, "utf8"));
    if (made.pipeline) made.pipeline.head_commit = commit; // it is posted on the commit alone for which it was made
    fs.mkdirSync(path.join(run.artifacts, "modelgate-verdict"), {recursive: true});
    fs.writeFileSync(path.join(run.artifacts, "modelgate-verdict", "verdict.json"), JSON.stringify(made));
    // An artifact is what a stranger wrote: it names another request, and is not listened to.
    fs.writeFileSync(path.join(run.artifacts, "modelgate-verdict", "event.json"), JSON.stringify({pull_request: {number: 1}}));
    const done = run.workflow(path.join(templates, "github", "comment.yml"));
    assert.ok(!run.log.includes(token), "the token is in the log");
    return {run, done};
  };
  fs.mkdirSync(scratch, {recursive: true});

  const fork = comment("stranger/support-intents");
  assert.equal(fork.done.jobs.comment.result, "success", fork.run.log);
  let {comments, calls} = await asked();
  assert.deepEqual(comments.map((each) => each.request), [7]);
  assert.match(comments[0].body, /modelgate: FAIL/);
  assert.ok(comments[0].body.length < 65_536);
  assert.ok(calls.every((call) => call.url === "/calls" || call.authorization === `Bearer ${token}`));
  assert.ok(calls.every((call) => !call.url.includes("/statuses/")), "a status was set by what a stranger may have written");
  console.log(`commented on request 7, ${comments[0].body.length} bytes`);

  // The request moved on, and the verdict is of another commit than its head.
  const late = comment("late/support-intents");
  assert.equal(late.done.jobs.comment.result, "success", late.run.log);
  assert.match(late.run.log, /nothing is commented/);
  ({comments} = await asked());
  assert.equal(comments.length, 1);
  console.log("a request that moved on is not commented");
  await worker.terminate();
}
