// GitHub's expressions, evaluated by GitHub's own evaluator (npm @actions/expressions).
import path from "node:path";
import {pathToFileURL} from "node:url";

const npm = process.env.MODELGATE_NPM;
const {expressions} = await import(pathToFileURL(path.join(npm, "github_language.bundle.mjs")));
const {data, Evaluator, Lexer, Parser} = expressions;

const statusFunctions = ["success", "failure", "always", "cancelled"];
const functionInfo = statusFunctions.map((name) => ({name, description: "", minArgs: 0, maxArgs: 0}));

const toData = (value) => JSON.parse(JSON.stringify(value ?? null), data.reviver);
const fromData = (value) => JSON.parse(JSON.stringify(value, data.replacer));

/** The value of an expression without ${{ }}. `contexts` is an object of contexts, `failed` says how the job stands. */
export function evaluate(expression, contexts, failed = false) {
  const parser = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functionInfo);
  const answers = {success: !failed, failure: failed, always: true, cancelled: false};
  const functions = new Map(functionInfo.map((info) =>
    [info.name, {...info, call: () => new data.BooleanData(answers[info.name])}]));
  return fromData(new Evaluator(parser.parse(), toData(contexts), functions).evaluate());
}

const asText = (value) => value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** A value of a workflow with its ${{ }} replaced: of one that is an expression alone the value, else text. */
export function expand(value, contexts, failed = false) {
  if (Array.isArray(value)) return value.map((each) => expand(each, contexts, failed));
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, expand(each, contexts, failed)]));
  if (typeof value !== "string") return value;
  const whole = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(value);
  if (whole) return evaluate(whole[1].trim(), contexts, failed);
  return value.replace(/\$\{\{(.*?)\}\}/gs, (_, expression) => asText(evaluate(expression.trim(), contexts, failed)));
}

/** As text, which is all that a script's environment and an action's inputs hold. */
export const expandText = (value, contexts, failed) => asText(expand(value, contexts, failed));

/** Whether a step or job runs: by its condition, and without a word about the status only after success. */
export function holds(condition, contexts, failed) {
  if (condition === undefined) return !failed;
  const text = String(condition).replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1");
  const speaks = statusFunctions.some((name) => new RegExp(`\\b${name}\\s*\\(`).test(text));
  if (!speaks && failed) return false;
  return Boolean(evaluate(text, contexts, failed));
}
