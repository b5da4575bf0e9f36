// Cuts the calls that we make out of GitHub's own OpenAPI description, so that a mock server starts in a moment.
//   description.mjs PACKAGES COMMIT MARKER OUTPUT
// PACKAGES is a folder with node_modules/@octokit/openapi. Fields that GitHub does not name are refused in what is sent.
// The comment of its example begins with MARKER, so that it is taken for ours and brought up to date, and its pull
// request stands at COMMIT.
import fs from "node:fs";
import path from "node:path";

const [packages, commit, marker, output] = process.argv.slice(2);
const folder = path.join(packages, "node_modules", "@octokit", "openapi");
const description = JSON.parse(fs.readFileSync(path.join(folder, "generated", "api.github.com.deref.json")));
const calls = {
  "/user": ["get"],
  "/repos/{owner}/{repo}/statuses/{sha}": ["post"],
  "/repos/{owner}/{repo}/issues/{issue_number}/comments": ["get", "post"],
  "/repos/{owner}/{repo}/issues/comments/{comment_id}": ["patch", "delete"],
  "/repos/{owner}/{repo}/pulls/{pull_number}": ["get"],
  "/repos/{owner}/{repo}/check-runs": ["post"],
  "/repos/{owner}/{repo}/check-runs/{check_run_id}": ["patch"],
  "/repos/{owner}/{repo}/commits/{ref}/check-runs": ["get"],
};

function closed(schema) {
  for (const one of [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])])
    if (one.properties && !schema.oneOf && !schema.anyOf) one.additionalProperties = false;
  for (const property of Object.values(schema.properties ?? {})) {
    if (property.type === "object" && property.properties) closed(property);
    if (property.items?.properties) closed(property.items);
  }
}

const paths = {};
for (const [place, methods] of Object.entries(calls)) {
  paths[place] = {};
  for (const method of methods) {
    const operation = description.paths[place]?.[method];
    if (!operation) throw new Error(`GitHub describes no ${method} ${place}`);
    const sent = operation.requestBody?.content["application/json"].schema;
    if (sent) closed(sent);
    // The media type that GitHub recommends; the description names the plain one alone.
    for (const {content} of Object.values(operation.responses))
      if (content?.["application/json"]) content["application/vnd.github+json"] = content["application/json"];
    paths[place][method] = operation;
  }
}

const list = paths["/repos/{owner}/{repo}/issues/{issue_number}/comments"].get.responses["200"].content["application/json"];
for (const example of Object.values(list.examples ?? {default: {value: list.example}}))
  for (const comment of example.value) comment.body = `${marker}\n${comment.body}`;
const request = paths["/repos/{owner}/{repo}/pulls/{pull_number}"].get.responses["200"].content["application/json"];
for (const example of Object.values(request.examples ?? {default: {value: request.example}})) example.value.head.sha = commit;

fs.writeFileSync(output, JSON.stringify({openapi: description.openapi, info: description.info, paths}));
