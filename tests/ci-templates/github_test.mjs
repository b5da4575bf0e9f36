// GitHub's templates, run as a runner runs them, on the example project.
//   github_test.mjs TEMPLATES PROJECT BIN SCRATCH SCENARIO
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import {tell} from "./job_table.mjs";
import {Runner} from "./github_runner.mjs";

const [templates, project, bin, scratch, scenario] = process.argv.slice(2);
const github = path.join(templates, "github");
const longestSummary = 1 << 20, mostAnnotations = 10;

function runner({programs = bin, ...given} = {}) {
  fs.mkdirSync(scratch, {recursive: true});
  const temp = fs.mkdtempSync(path.join(scratch, `${scenario} `));
  process.on("exit", () => fs.rmSync(temp, {recursive: true, force: true}));
  return new Runner({project, action: path.join(github, "action.yml"), temp,
                     environment: {PATH: `${programs}:/usr/bin:/bin`}, ...given});
}

/** The table of jobs, which `tests/run` shows. */
function show(title, done) {
  tell(`\nGitHub, ${title}`);
  for (const [id, job] of Object.entries(done.jobs))
    for (const run of job.runs ?? [{name: id, result: job.result}])
      tell(`  ${run.result.padEnd(8)} ${id === run.name ? id : `${id} / ${run.name}`}`);
}

/** What holds whatever the verdict is: limits of the platform, and nothing that a model could have said to the runner. */
function expectWithinLimits(run) {
  for (const step of run.steps) {
    assert.ok(step.summary.length < longestSummary, `${step.name}: a summary of ${step.summary.length} bytes`);
    assert.equal(step.left, "", `${step.name} left something for later steps`);
    for (const kind of ["error", "warning", "notice"])
      assert.ok(step.commands.filter((command) => command.kind === kind).length <= mostAnnotations, `${step.name}: ${kind}`);
    for (const command of step.commands) assert.ok(["error", "warning", "notice"].includes(command.kind), command.kind);
  }
}

function gate(run, inputs) {
  const done = run.workflow(path.join(github, "gate.yml"), inputs);
  expectWithinLimits(run);
  const summaries = run.steps.filter((step) => step.summary !== "");
  return {...done, summaries, annotations: run.steps.flatMap((step) => step.commands)};
}

const onRelease = {ref: "refs/heads/release/1", ref_name: "release/1"};

const scenarios = {
  green() {
    const run = runner(), done = gate(run, {plan: "whole.yaml"});
    show("green: v1.1.0 on main", done);
    assert.deepEqual(Object.values(done.jobs).map((job) => job.result), ["success", "success", "success"]);
    assert.deepEqual(done.jobs.gates.runs.map((each) => each.name), ["unit", "regression+quality"]);
    assert.equal(done.outputs.status, "pass");
    assert.equal(done.outputs["exit-code"], "0");
    assert.equal(done.outputs.artifact, "modelgate-verdict");
    assert.equal(Number(done.outputs.passed), Number(done.outputs.checks));
    const verdict = JSON.parse(fs.readFileSync(path.join(run.artifacts, "modelgate-verdict", "verdict.json"), "utf8"));
    assert.equal(verdict.candidate.commit, run.github.sha);
    assert.equal(verdict.pipeline.platform, "GitHub Actions");
    assert.equal(done.summaries.length, 1);
    assert.match(done.summaries[0].summary, /modelgate: pass/);
    assert.deepEqual(done.annotations.map((each) => each.kind), ["notice"]);
  },

  red() {
    const done = gate(runner(), {candidate: "broken-test"});
    show("red: broken-test", done);
    assert.equal(done.jobs.plan.result, "success");
    assert.deepEqual(done.jobs.gates.runs.map((each) => each.result), ["failure", "success"]);
    assert.equal(done.jobs.verdict.result, "failure");
    assert.equal(done.outputs.status, "fail");
    assert.equal(done.outputs["exit-code"], "1");
    assert.ok(Number(done.outputs.failed) > 0);
    assert.match(done.summaries[0].summary, /modelgate: FAIL/);
    const errors = done.annotations.filter((each) => each.kind === "error");
    assert.ok(errors.some((each) => each.properties.title?.startsWith("unit: ")), JSON.stringify(errors));
  },

  inconclusive() {
    const blocked = gate(runner({github: onRelease}), {plan: "undecided.yaml"});
    show("inconclusive on release/1, where that blocks", blocked);
    assert.equal(blocked.jobs.verdict.result, "failure");
    assert.equal(blocked.outputs.status, "inconclusive");
    assert.equal(blocked.outputs["exit-code"], "3");
    assert.ok(Number(blocked.outputs.undecided) > 0);
    const warned = gate(runner({github: onRelease}), {plan: "undecided.yaml", inconclusive: "warn"});
    show("the same, and it was asked to warn", warned);
    assert.equal(warned.jobs.verdict.result, "success");
    assert.equal(warned.outputs.status, "inconclusive");
    assert.equal(warned.outputs["exit-code"], "0");
    assert.ok(warned.annotations.every((each) => each.kind === "warning"), JSON.stringify(warned.annotations));
  },

  error() {
    const done = gate(runner(), {candidate: "without-answers"});
    show("error: a candidate without its answers", done);
    assert.equal(done.jobs.verdict.result, "failure");
    assert.equal(done.outputs.status, "error");
    assert.equal(done.outputs["exit-code"], "4");
    assert.match(done.summaries[0].summary, /modelgate: ERROR/);
  },

  gpu() {
    const run = runner(), done = gate(run, {plan: "gpu.yaml"});
    show("a gate on a GPU runner, which is none here", done);
    const runners = Object.fromEntries(done.jobs.gates.runs.map((each) => [each.name, each.runner]));
    assert.deepEqual(runners, {unit: "ubuntu-24.04", quality: ["self-hosted", "gpu"]});
    const named = gate(runner(), {plan: "gpu.yaml", runner: '["self-hosted", "cpu"]', "gpu-runner": "h200", only: "quality"});
    assert.deepEqual(named.jobs.gates.runs.map((each) => each.runner), ["h200"]);
    assert.deepEqual(named.jobs.verdict.runs.map((each) => each.runner), [["self-hosted", "cpu"]]);
  },

  settings() {
    const verdictOf = (run) => JSON.parse(fs.readFileSync(path.join(run.artifacts, "modelgate-verdict", "verdict.json"), "utf8"));
    const run = runner();
    const done = gate(run, {candidate: "v1.1.0", version: "v1.2.0", baseline: "v1.0.0", "budget-seconds": "60", inconclusive: "block"});
    show("every input", done);
    assert.equal(done.outputs.status, "pass");
    assert.equal(verdictOf(run).candidate.version, "v1.2.0");
    assert.equal(verdictOf(run).baseline.version, "v1.0.0");
    assert.equal(verdictOf(run).inconclusive.action, "block");
    const first = runner();
    assert.equal(gate(first, {"first-release": true}).outputs.status, "pass");
    assert.equal(verdictOf(first).first_release, true);
    assert.equal(gate(runner(), {baseline: "v9.9.9"}).outputs["exit-code"], "4");
  },

  artifact() {
    // Another job built the candidate, and left it as a tar file in an artifact.
    const run = runner(), artifact = path.join(run.artifacts, "candidate");
    fs.mkdirSync(artifact);
    execFileSync("tar", ["-cf", path.join(artifact, "candidate.tar"), "-C", project, "--transform", "s/v1.1.0/built/", "candidates/v1.1.0"]);
    const done = gate(run, {artifact: "candidate", archive: "candidate.tar", candidate: "built", version: "v1.2.0", shards: 2});
    show("a candidate that another job built", done);
    assert.equal(done.outputs.status, "pass", run.log.slice(-3000));
    const verdict = JSON.parse(fs.readFileSync(path.join(run.artifacts, "modelgate-verdict", "verdict.json"), "utf8"));
    assert.equal(verdict.candidate.version, "v1.2.0");
  },

  missing() {
    const none = gate(runner({programs: "/nonexistent"}), {});
    show("without modelgate", none);
    assert.deepEqual(Object.values(none.jobs).map((job) => job.result), ["failure", "skipped", "failure"]);
    assert.match(none.annotations[0].message, /not in the PATH/);
    assert.equal(none.outputs.status, "");
    const given = gate(runner({programs: "/nonexistent"}), {path: bin, only: "unit"});
    assert.equal(given.outputs.status, "pass");
    // A job that never ran: its artifact is not there, and what it should have judged is an error.
    const run = runner();
    run.upload = () => ({});
    const lost = gate(run, {});
    show("whose results got lost", lost);
    assert.equal(lost.jobs.verdict.result, "failure");
    assert.equal(lost.outputs["exit-code"], "4");
  },

  shards() {
    const done = gate(runner(), {shards: 3});
    show("unit in three parts", done);
    assert.deepEqual(done.jobs.gates.runs.map((each) => each.name), ["unit-1", "unit-2", "unit-3", "quality"]);
    assert.equal(done.outputs.status, "pass");
    const whole = gate(runner(), {});
    assert.equal(done.outputs.checks, whole.outputs.checks);
    assert.equal(gate(runner(), {shards: 2, candidate: "broken-test"}).outputs.status, "fail");
    // As a step of somebody's own job a shard says nothing for people: its part is no verdict.
    const run = runner(), workspace = path.join(run.temp, "workspace");
    run.checkout({"persist-credentials": "false"}, workspace);
    const step = run.composite({only: "unit", shard: "1/2"}, {github: run.github}, workspace, "shard");
    assert.equal(step.code, 0);
    assert.equal(step.outputs.status, "error", "and nobody can take it for one that passes");
    assert.ok(run.steps.every((each) => each.summary === "" && each.commands.length === 0), JSON.stringify(run.steps));
  },

  hostile() {
    const words = ["$(touch pwned)", "`touch pwned`", "x\n::error title=forged::forged\n", "'; touch pwned #", "%0A::set-output name=a::b",
                   "--output=/tmp/elsewhere", "a b\tc", "ü\"\\"];
    const run = runner(), workspace = path.join(run.temp, "workspace");
    run.checkout({"persist-credentials": "false"}, workspace);
    for (const word of words)
      for (const input of ["plan", "only", "candidate", "version", "baseline", "inconclusive", "budget-seconds", "shard", "merge", "path"]) {
        run.steps = [];
        // What is asked for besides is judged fast.
        const done = run.composite({only: "unit", [input]: word}, {github: run.github}, workspace, "hostile");
        expectWithinLimits(run);
        assert.ok(!fs.existsSync(path.join(workspace, "pwned")), `${input}: ${word} was run`);
        const forged = run.steps.flatMap((step) => step.commands).filter((each) => /forged/.test(each.properties.title ?? ""));
        assert.deepEqual(forged, [], `${input}: ${word}`);
        if (!["version", "path"].includes(input)) assert.equal(done.code, 1, `${input}: ${word} was taken`);
      }
    // What tests print is not obeyed, and the runner's files are not shown to them.
    run.steps = [];
    const tests = path.join(workspace, "candidates", "v1.1.0", "intents_tests");
    fs.renameSync(tests, tests + ".real");
    fs.writeFileSync(tests, `#!/bin/sh
echo "::error title=forged::forged" >&2
for file in "$GITHUB_ENV" "$GITHUB_OUTPUT" "$GITHUB_PATH" "$GITHUB_STEP_SUMMARY"; do [ -z "$file" ] || echo "code=0" >> "$file"; done
exec "$0.real" "$@"
`, {mode: 0o755});
    run.composite({only: "unit"}, {github: run.github}, workspace, "hostile");
    expectWithinLimits(run);
    assert.deepEqual(run.steps.flatMap((step) => step.commands).filter((each) => each.properties.title === "forged"), []);
  },

  large() {
    // 10,000 checks of which 500 fail, as a run would leave them; what reports them is real.
    const verdict = JSON.parse(fs.readFileSync(path.join(templates, "..", "schemas", "examples", "verdict-fail.json"), "utf8"));
    const failed = verdict.checks.find((check) => check.status === "fail"), passed = verdict.checks.find((check) => check.status === "pass");
    verdict.checks = Array.from({length: 10_000}, (_, i) => ({...(i % 20 === 0 ? failed : passed), name: `Suite.Test${i}`}));
    const run = runner(), programs = path.join(run.temp, "programs"), workspace = path.join(run.temp, "workspace");
    fs.mkdirSync(programs);
    fs.mkdirSync(workspace);
    fs.writeFileSync(path.join(run.temp, "verdict.json"), JSON.stringify(verdict));
    fs.writeFileSync(path.join(programs, "modelgate"), `#!/bin/sh\nmkdir gate-results && cp "$RUNNER_TEMP/verdict.json" gate-results && exit 1\n`, {mode: 0o755});
    run.environment.PATH = `${programs}:${run.environment.PATH}`;
    const done = run.composite({}, {github: run.github}, workspace, "large");
    expectWithinLimits(run);
    assert.equal(done.code, 1);
    assert.equal(done.outputs.failed, "500");
    const {summary, commands} = run.steps.find((step) => step.summary !== "");
    assert.equal(commands.length, 10);
    assert.match(commands.at(-1).message, /^… and 492 more checks/);
    assert.match(summary, /<details>/);
    tell(`\nGitHub, 10,000 checks of which 500 fail: a summary of ${Buffer.byteLength(summary)} bytes, ${commands.length} annotations`);
  },

  attest() {
    const run = runner();
    gate(run, {});
    const done = run.workflow(path.join(github, "attest.yml"), {});
    show("attested", done);
    assert.equal(done.jobs.attest.result, "success");
    const [{predicate, ...given}] = run.attested;
    assert.match(given["subject-digest"], /^sha256:[0-9a-f]{64}$/);
    assert.equal(given["subject-name"], "acme/support-intents");
    assert.equal(given["predicate-type"], "https://in-toto.io/attestation/test-result/v0.1");
    assert.equal(predicate.result, "PASSED");
    assert.equal(predicate.url, "https://github.com/acme/support-intents/actions/runs/4711");
    assert.ok(predicate.passedTests.some((name) => name.startsWith("quality: accuracy")));
    assert.deepEqual(predicate.configuration.map((each) => each.name), ["plan", "baseline support-intents v1.0.0"]);
    assert.equal(done.outputs.bundle, "https://github.com/acme/support-intents/attestations/1");
    // A verdict that nobody can tie to files is not signed.
    const verdict = path.join(run.artifacts, "modelgate-verdict", "verdict.json");
    const document = JSON.parse(fs.readFileSync(verdict, "utf8"));
    delete document.candidate.digest;
    fs.writeFileSync(verdict, JSON.stringify(document));
    assert.equal(run.workflow(path.join(github, "attest.yml"), {}).jobs.attest.result, "failure");
    assert.equal(run.attested.length, 1);
  },
};

assert.ok(scenario in scenarios, `there is no scenario ${scenario}`);
await scenarios[scenario]();
