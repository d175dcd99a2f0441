// `npm test` and `npm run test:tools`: builds everything, then runs the tests that need no other tools, or those that do
// (vitest.config.ts). The other arguments go to vitest.

import { createRequire } from "node:module";
import path from "node:path";
import { withMemoryFolder } from "./memory-folder.js";
import { buildPackages, run } from "./run-step.js";

const [which, ...args] = process.argv.slice(2);
const project = which === "tools" ? "tools" : "!tools";
const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

async function runTests(): Promise<number> {
  const options = ["run", `--project=${project}`, ...args];
  // The other tools install packages, which need more room.
  if (which === "tools") return run(vitest, options);
  return withMemoryFolder((dir) => run(vitest, options, { env: dir === undefined ? {} : { TMPDIR: dir } }));
}

process.exitCode = (await buildPackages()) || (await runTests());
