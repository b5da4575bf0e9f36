// Every template is what its platform reads: GitHub's files by its language service and by the schemas that editors use, GitLab's by its
// schema, as they are once inputs are put in.
//   lint.mjs TEMPLATES SCHEMAS
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import {createRequire} from "node:module";
import {pathToFileURL} from "node:url";

const [templates, schemas] = process.argv.slice(2);
if (!fs.existsSync(schemas)) {
  console.log(`the schemas are not there: ${schemas}`);
  process.exit(77);
}
const npm = process.env.MODELGATE_NPM, require = createRequire(npm + "/");
const yaml = require("yaml"), Ajv = require("ajv");
const {languageservice, TextDocument} = await import(pathToFileURL(path.join(npm, "github_language.bundle.mjs")));

const github = path.join(templates, "github");
const validators = {};
function problemsBySchema(name, value) {
  validators[name] ??= new Ajv({strict: false, allErrors: true, validateFormats: false, logger: false})
    .compile(JSON.parse(fs.readFileSync(path.join(schemas, name), "utf8")));
  return validators[name](value) ? [] : validators[name].errors.map((error) => `${error.instancePath} ${error.message}`);
}

let documents = 0;
async function problemsByLanguageService(name, text) {
  // It remembers what it saw at a place.
  const project = `file:///project${++documents}`;
  const place = name === "action.yml" ? `${project}/action.yml` : `${project}/.github/workflows/${name}`;
  const found = await languageservice.validate(TextDocument.create(place, "yaml", 1, text), {});
  return found.map((each) => `${each.range.start.line + 1}: ${each.message}`);
}

/** Everything that is linted is also linted with a mistake in it, so that a linter that sees nothing is seen. */
async function lintGithub(name, mistake) {
  const text = fs.readFileSync(path.join(github, name), "utf8");
  const schema = name === "action.yml" ? "github-action.json" : "github-workflow.json";
  assert.deepEqual(await problemsByLanguageService(name, text), [], name);
  assert.deepEqual(problemsBySchema(schema, yaml.parse(text)), [], name);
  const wrong = text.replace(...mistake);
  assert.notEqual(wrong, text);
  const found = await problemsByLanguageService(name, wrong);
  assert.notEqual(found.length, 0, `${name}: ${mistake} is not found`);
  console.log(`${name}: no problem; with a mistake: ${found[0]}`);
}

await lintGithub("action.yml", ["steps.modelgate.outputs.code", "stepz.modelgate.outputs.code"]);
await lintGithub("gate.yml", ["needs.plan.outputs.matrix", "needs.plam.outputs.matrix"]);
await lintGithub("modelgate.yml", ["merge_group:", "merge_groups:"]);
await lintGithub("comment.yml", ["pull-requests: write", "pull-requests: all"]);
await lintGithub("attest.yml", ["id-token: write", "id-tokens: write"]);

// What no linter holds.
for (const name of fs.readdirSync(github).filter((each) => each.endsWith(".yml"))) {
  const text = fs.readFileSync(path.join(github, name), "utf8");
  for (const [, used] of text.matchAll(/uses: (\S+)/g))
    assert.match(used, /^(actions\/[a-z-]+@[0-9a-f]{40}|modelgate\/modelgate\/.*@v\d.*|\.\/.*)$/, `${name}: ${used} is not pinned`);
  const document = yaml.parse(text);
  for (const job of Object.values(document.jobs ?? {action: document.runs}))
    for (const step of job.steps ?? []) assert.ok(!step.run?.includes("${{"), `${name}: an expression within a script`);
  assert.ok(!/pull_request_target/.test(text), `${name}: pull_request_target`);
  if (name !== "action.yml") assert.ok(/^permissions:/m.test(text), `${name} says no permissions`);
}
const rights = (name, job) => yaml.parse(fs.readFileSync(path.join(github, name), "utf8")).jobs[job].permissions;
assert.deepEqual(yaml.parse(fs.readFileSync(path.join(github, "gate.yml"), "utf8")).permissions, {contents: "read"});
assert.deepEqual(rights("comment.yml", "comment"), {actions: "read", "pull-requests": "write"});
assert.deepEqual(rights("attest.yml", "attest"), {"id-token": "write", attestations: "write"});
const withSameInputs = ["plan", "only", "candidate", "version", "baseline", "first-release", "inconclusive", "budget-seconds", "path", "artifact"];
const action = yaml.parse(fs.readFileSync(path.join(github, "action.yml"), "utf8"));
const gate = yaml.parse(fs.readFileSync(path.join(github, "gate.yml"), "utf8")).on.workflow_call;
for (const input of withSameInputs) assert.ok(input in action.inputs && input in gate.inputs, `the input ${input}`);
for (const output of Object.keys(action.outputs)) assert.ok(output in gate.outputs, `the output ${output}`);

// GitLab.
const gitlab = path.join(templates, "gitlab");
const parsed = (text) => yaml.parse(text, {customTags: [{tag: "!reference", collection: "seq", resolve: (seq) => seq}]});
function withInputs(text, given) {
  const [header, body] = text.split("\n---\n");
  const {inputs} = parsed(header).spec;
  for (const [name, input] of Object.entries(inputs)) {
    assert.ok(input.description, `the input ${name} is not described`);
    const value = given[name] ?? input.default;
    assert.notEqual(value, undefined, `the input ${name} is required`);
    given[name] = value;
  }
  return body.replace(/\$\[\[ inputs\.(\w+) \]\]/g, (_, name) => {
    assert.ok(name in inputs, `there is no input ${name}`);
    return Array.isArray(given[name]) ? JSON.stringify(given[name]) : String(given[name]);
  });
}
const read = (name) => fs.readFileSync(path.join(gitlab, name), "utf8");
// The schema takes no empty list of tags, which GitLab does.
const given = () => ({image: "modelgate", tags: ["cpu"]});
for (const component of ["gate", "jobs"]) {
  const text = read(`templates/${component}/template.yml`);
  assert.deepEqual(problemsBySchema("gitlab-ci.json", parsed(text.split("\n---\n")[0])), [], `${component}: spec`);
  for (const inconclusive of parsed(text.split("\n---\n")[0]).spec.inputs.inconclusive.options)
    assert.deepEqual(problemsBySchema("gitlab-ci.json", parsed(withInputs(text, {...given(), inconclusive}))), [], component);
  assert.notEqual(problemsBySchema("gitlab-ci.json", parsed(withInputs(text, given()) + "\nwrong: {script: [x], retry: 7}\n")).length, 0);
  console.log(`templates/${component}/template.yml: no problem`);
}
for (const name of ["modelgate.gitlab-ci.yml", "workflow.gitlab-ci.yml"]) {
  assert.deepEqual(problemsBySchema("gitlab-ci.json", parsed(read(name))), [], name);
  console.log(`${name}: no problem`);
}
// The component and the classic include are the same but for where their values come from.
const component = parsed(withInputs(read("templates/gate/template.yml"), given())), classic = parsed(read("modelgate.gitlab-ci.yml"));
for (const job of [".modelgate-measuring", "modelgate"]) {
  assert.deepEqual(component[job].script, classic[job].script, `the scripts of ${job}`);
  assert.deepEqual(component[job].artifacts, classic[job].artifacts, `the artifacts of ${job}`);
}
const scripts = JSON.stringify([component, classic].map((each) => Object.values(each).map((job) => job?.script)));
assert.ok(!scripts.includes("$[["), "an input within a script");
// Exit code 3 is let through where it is asked for alone, and 4 is tried again alone.
const jobsWith = (inconclusive) => parsed(withInputs(read("templates/gate/template.yml"), {...given(), inconclusive}));
assert.ok(jobsWith("allow").modelgate.extends.includes(".modelgate-inconclusive-allow"));
assert.deepEqual(component[".modelgate-inconclusive-allow"].allow_failure, {exit_codes: [3]});
for (const other of ["plan", "block", "warn"]) assert.equal(component[`.modelgate-inconclusive-${other}`].allow_failure, false);
assert.deepEqual(component[".modelgate-measuring"].retry.exit_codes, [4]);

// What the READMEs show are inputs that there are.
const declared = (place) => {
  const workflow = /^\.\/\.github\/workflows\/(.*)$/.exec(place), part = /\/(gate|jobs)@/.exec(place);
  if (part) return parsed(read(`templates/${part[1]}/template.yml`).split("\n---\n")[0]).spec.inputs;
  if (workflow) return yaml.parse(fs.readFileSync(path.join(github, workflow[1]), "utf8")).on.workflow_call.inputs;
  return place.includes("/ci-templates/github@") ? action.inputs : null;
};
let shown = 0;
function expectKnown(value) {
  if (value === null || typeof value !== "object") return;
  const place = value.uses ?? value.component, known = place && declared(place);
  if (known) {
    ++shown;
    for (const name of Object.keys(value.with ?? value.inputs ?? {})) assert.ok(name in known, `${place} has no input ${name}`);
  }
  Object.values(value).forEach(expectKnown);
}
for (const name of ["../README.md", "gitlab/README.md", "github/README.md"])
  for (const [, block] of fs.readFileSync(path.join(templates, name), "utf8").matchAll(/^```yaml\n(.*?)^```$/gms)) expectKnown(yaml.parse(block));
assert.ok(shown >= 6, `only ${shown} of them are found`);
