// The least that reading the repository can take: `git for-each-ref`, then `git cat-file --batch` over the ids in a file,
// with the output thrown away. Arguments: the repository, the file.

import { spawnSync } from "node:child_process";
import { openSync } from "node:fs";
import { processorMilliseconds } from "./usage.mjs";

const [dir = "", ids = ""] = process.argv.slice(2);
const started = performance.now();
git(["for-each-ref", "--format=%(refname) %(objectname) %(*objectname)", "refs/tags"], "ignore");
git(["cat-file", "--batch"], openSync(ids, "r"));
const milliseconds = performance.now() - started;
console.log(JSON.stringify({ milliseconds, processorMilliseconds: processorMilliseconds() }));

/**
 * @param {readonly string[]} args
 * @param {"ignore" | number} input
 */
function git(args, input) {
  const { status } = spawnSync("git", args, { cwd: dir, stdio: [input, "ignore", "inherit"] });
  if (status !== 0) throw new Error(`git ${args[0]} failed`);
}
