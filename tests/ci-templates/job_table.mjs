// What a test tells of the jobs that it ran; `tests/run` shows it at its end.
import fs from "node:fs";
import path from "node:path";

const file = process.env.MODELGATE_JOB_TABLE;
if (file) {
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, "");
}

export function tell(line) {
  console.log(line);
  if (file) fs.appendFileSync(file, line + "\n");
}
