// A runner for workflows and composite actions as far as ours go: scripts run in bash with the variables and files that GitHub's
// runner gives them, expressions are GitHub's, a checkout is a clone, an artifact a folder.
import {execFileSync, spawnSync} from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import {createRequire} from "node:module";
import {expand, expandText, holds} from "./expressions.mjs";

const yaml = createRequire(process.env.MODELGATE_NPM + "/")("yaml");
export const readYaml = (file) => yaml.parse(fs.readFileSync(file, "utf8"));

/** What a step wrote to GITHUB_OUTPUT, by the runner's rules. */
export function readOutputs(text) {
  const outputs = {}, lines = text.split("\n");
  for (let i = 0; i < lines.length; ++i) {
    if (lines[i] === "") continue;
    const equals = lines[i].indexOf("="), here = lines[i].indexOf("<<");
    if (equals >= 0 && (here < 0 || equals < here)) {
      outputs[lines[i].slice(0, equals)] = lines[i].slice(equals + 1);
    } else if (here > 0) {
      const [name, end] = [lines[i].slice(0, here), lines[i].slice(here + 2)], value = [];
      while (lines[++i] !== end) {
        if (lines[i] === undefined) throw new Error(`GITHUB_OUTPUT: '${end}' does not come`);
        value.push(lines[i]);
      }
      outputs[name] = value.join("\n");
    } else {
      throw new Error(`GITHUB_OUTPUT: '${lines[i]}' is no output`);
    }
  }
  return outputs;
}

/** The commands of a log that the runner obeys: [{kind, properties, message}]. */
export function readCommands(log) {
  const commands = [];
  let resume = null;
  const unescape = (text) => text.replace(/%0D/g, "\r").replace(/%0A/g, "\n").replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%25/g, "%");
  for (const line of log.split("\n")) {
    const found = /^\s*::([\w-]+)((?: [^:]*?)?)::(.*)$/.exec(line);
    if (!found) continue;
    const [, kind, words, message] = found;
    if (resume !== null) {
      if (kind === resume) resume = null;
      continue;
    }
    if (kind === "stop-commands") resume = message;
    else commands.push({kind, message: unescape(message), properties: Object.fromEntries(words.trim().split(",").filter(Boolean)
      .map((word) => [word.slice(0, word.indexOf("=")), unescape(word.slice(word.indexOf("=") + 1))]))});
  }
  return commands;
}

export class Runner {
  /** `project` is the repository that is checked out, `action` our action.yml, `temp` a folder of this runner's own. */
  constructor({project, action, temp, github = {}, event = {}, vars = {}, environment = {}}) {
    Object.assign(this, {project, action, temp, vars, environment});
    this.artifacts = path.join(temp, "artifacts");
    fs.mkdirSync(this.artifacts, {recursive: true});
    this.eventFile = path.join(temp, "event.json");
    fs.writeFileSync(this.eventFile, JSON.stringify(event));
    this.github = {
      repository: "acme/support-intents", server_url: "https://github.com", api_url: "https://api.github.com", run_id: "4711",
      event_name: "push", ref: "refs/heads/main", ref_name: "main", ref_type: "branch", sha: this.commit(), token: "", event, ...github};
    this.log = "";
    this.steps = [];
    this.attested = [];
  }

  commit() {
    return execFileSync("git", ["-C", this.project, "rev-parse", "HEAD"], {encoding: "utf8"}).trim();
  }

  /** Runs every job of a workflow; returns {jobs: {id: {result, outputs, …}}, outputs}. */
  workflow(file, given = {}) {
    const workflow = readYaml(file);
    const declared = workflow.on.workflow_call?.inputs ?? {};
    for (const name of Object.keys(given)) if (!(name in declared)) throw new Error(`no input '${name}'`);
    const inputs = Object.fromEntries(Object.entries(declared).map(([name, input]) => [name, given[name] ?? input.default ?? ""]));
    const done = {}, waiting = Object.entries(workflow.jobs);
    while (waiting.length > 0) {
      const at = waiting.findIndex(([, job]) => [job.needs ?? []].flat().every((need) => need in done));
      if (at < 0) throw new Error("the needs of jobs go round in a circle");
      const [[id, job]] = waiting.splice(at, 1);
      const needs = Object.fromEntries([job.needs ?? []].flat().map((need) => [need, done[need]]));
      done[id] = this.job(id, job, {github: this.github, inputs, needs, vars: this.vars});
    }
    const contexts = {jobs: done, inputs, github: this.github};
    const outputs = Object.fromEntries(Object.entries(workflow.on.workflow_call?.outputs ?? {})
      .map(([name, output]) => [name, expandText(output.value, contexts)]));
    return {jobs: done, outputs};
  }

  job(id, job, contexts) {
    const failed = Object.values(contexts.needs).some((need) => need.result !== "success");
    if (!holds(job.if, contexts, failed)) return {result: "skipped", outputs: {}};
    const matrix = job.strategy ? expand(job.strategy.matrix, contexts).include : [{}];
    const runs = matrix.map((row, index) => {
      const mine = {...contexts, matrix: row, strategy: {"job-index": index, "job-total": matrix.length}};
      const workspace = path.join(this.temp, "jobs", `${id} ${index}`);
      fs.mkdirSync(workspace, {recursive: true});
      const name = expandText(job.name ?? id, mine);
      const done = this.stepsOf(job.steps, mine, workspace, name);
      const outputs = Object.fromEntries(Object.entries(job.outputs ?? {}).map(([key, value]) => [key, expandText(value, done.contexts)]));
      expandText(job.container.image, mine);  // where it is empty, the job runs on the machine itself
      return {name, runner: expand(job["runs-on"], mine), result: done.failed ? "failure" : "success", outputs};
    });
    const result = runs.some((run) => run.result === "failure") ? "failure" : "success";
    return {result, outputs: runs.at(-1).outputs, runs};
  }

  /** Steps one after the other; returns {failed, contexts}, which hold what the steps said. */
  stepsOf(steps, contexts, workspace, job) {
    const said = {};
    let failed = false;
    const mine = () => ({...contexts, steps: said, runner: {temp: this.temp, os: "Linux"}, job: {status: failed ? "failure" : "success"}});
    for (const step of steps) {
      const name = step.name ?? step.uses ?? "run";
      if (!holds(step.if, mine(), failed)) {
        if (step.id) said[step.id] = {outputs: {}, outcome: "skipped", conclusion: "skipped"};
        continue;
      }
      const done = step.uses ? this.use(step, mine(), workspace, job, failed) : this.script(step, mine(), workspace, failed);
      if (step.id) said[step.id] = {outputs: done.outputs, outcome: done.code === 0 ? "success" : "failure"};
      this.steps.push({job, name, ...done});
      failed = failed || done.code !== 0;
    }
    return {failed, contexts: mine()};
  }

  script(step, contexts, workspace, failed) {
    if (step.shell !== "bash") throw new Error(`${step.name}: a script of another shell: ${step.shell}`);
    if (step.run.includes("${{")) throw new Error(`${step.name}: an expression within a script`);
    const folder = fs.mkdtempSync(path.join(this.temp, "step "));
    const files = {};
    for (const file of ["OUTPUT", "ENV", "PATH", "STATE", "STEP_SUMMARY"]) {
      files[`GITHUB_${file}`] = path.join(folder, file);
      fs.writeFileSync(files[`GITHUB_${file}`], "");
    }
    const script = path.join(folder, "script.sh");
    fs.writeFileSync(script, step.run);
    const own = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, expandText(value, contexts, failed)]));
    const {github} = this;
    const environment = {
      PATH: process.env.PATH, HOME: process.env.HOME, LC_ALL: "C.UTF-8", ...this.environment,
      CI: "true", GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: workspace, RUNNER_TEMP: this.temp, RUNNER_OS: "Linux",
      GITHUB_EVENT_PATH: this.eventFile, GITHUB_EVENT_NAME: github.event_name, GITHUB_REPOSITORY: github.repository,
      GITHUB_REF: github.ref, GITHUB_REF_NAME: github.ref_name, GITHUB_REF_TYPE: github.ref_type, GITHUB_SHA: github.sha,
      GITHUB_RUN_ID: github.run_id, GITHUB_SERVER_URL: github.server_url, GITHUB_API_URL: github.api_url,
      GITHUB_HEAD_REF: github.head_ref ?? "", GITHUB_BASE_REF: github.base_ref ?? "", ...files, ...own};
    const done = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script],
                           {cwd: workspace, env: environment, encoding: "utf8", maxBuffer: 1 << 28});
    const log = done.stdout + done.stderr;
    this.log += log;
    const read = (name) => fs.readFileSync(files[name], "utf8");
    return {code: done.status ?? 128, log, outputs: readOutputs(read("GITHUB_OUTPUT")), commands: readCommands(log),
            summary: read("GITHUB_STEP_SUMMARY"), left: read("GITHUB_ENV") + read("GITHUB_PATH")};
  }

  use(step, contexts, workspace, job, failed) {
    const given = Object.fromEntries(Object.entries(step.with ?? {}).map(([name, value]) => [name, expandText(value, contexts, failed)]));
    const name = step.uses.split("@")[0];
    const known = {
      "actions/checkout": () => this.checkout(given, workspace),
      "actions/upload-artifact": () => this.upload(given, workspace),
      "actions/download-artifact": () => this.download(given, workspace),
      "actions/attest": () => this.attest(given, workspace),
      "modelgate/modelgate/ci-templates/github": () => this.composite(given, contexts, workspace, job),
    }[name];
    if (!known) throw new Error(`nobody knows ${step.uses}`);
    return {outputs: {}, code: 0, log: "", commands: [], summary: "", left: "", ...known()};
  }

  composite(given, contexts, workspace, job) {
    const action = readYaml(this.action);
    for (const name of Object.keys(given)) if (!(name in action.inputs)) throw new Error(`the action has no input '${name}'`);
    const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, given[name] ?? input.default ?? ""]));
    const done = this.stepsOf(action.runs.steps, {github: contexts.github, inputs}, workspace, `${job} / action`);
    const outputs = Object.fromEntries(Object.entries(action.outputs).map(([name, output]) => [name, expandText(output.value, done.contexts)]));
    return {code: done.failed ? 1 : 0, outputs};
  }

  checkout(given, workspace) {
    if (given["persist-credentials"] !== "false") throw new Error("a checkout leaves its token on the disk");
    execFileSync("git", ["clone", "-q", this.project, workspace]);
    // A container's root finds the workspace in the hands of the runner's user.
    if (process.getuid() === 0) execFileSync("chown", ["-R", "1001:1001", workspace]);
    return {};
  }

  upload(given, workspace) {
    if (given["if-no-files-found"] !== "error") throw new Error("an upload without files would go unseen");
    const from = path.join(workspace, given.path), to = path.join(this.artifacts, given.name);
    if (fs.existsSync(to)) return {code: 1, log: `an artifact '${given.name}' is there already`};
    if (!fs.existsSync(from) || path.basename(from).startsWith(".")) return {code: 1, log: `nothing to upload at ${given.path}`};
    fs.cpSync(from, to, {recursive: true, filter: (file) => !path.basename(file).startsWith(".")});
    // Artifacts lose the right to be executed.
    execFileSync("chmod", ["-R", "a-x+X", to]);
    return {};
  }

  download(given, workspace) {
    const to = path.join(workspace, given.path ?? ".");
    fs.mkdirSync(to, {recursive: true});
    if (given.name) {
      const from = path.join(this.artifacts, given.name);
      if (!fs.existsSync(from)) return {code: 1, log: `there is no artifact '${given.name}'`};
      fs.cpSync(from, to, {recursive: true});
      return {};
    }
    const begins = given.pattern.replace(/\*$/, "");
    for (const name of fs.readdirSync(this.artifacts))
      if (name.startsWith(begins)) fs.cpSync(path.join(this.artifacts, name), path.join(to, name), {recursive: true});
    return {};
  }

  attest(given, workspace) {
    const predicate = JSON.parse(fs.readFileSync(path.join(workspace, given["predicate-path"]), "utf8"));
    this.attested.push({...given, predicate});
    return {outputs: {"attestation-url": "https://github.com/acme/support-intents/attestations/1"}};
  }
}
