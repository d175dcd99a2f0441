// `npm run fuzz`: a long run of the property tests that hold compiled templates against Handlebars and dotprompt. The number
// of random templates is the argument, 100,000 without one.

import { createRequire } from "node:module";
import path from "node:path";
import { run } from "./run-step.js";

const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

process.env["CUECARD_ORACLE_RUNS"] = process.argv[2] ?? "100000";
process.exitCode = await run(vitest, [
  "run",
  "packages/build/src/template/handlebars-oracle",
  "packages/build/src/template/dotprompt-oracle",
]);
