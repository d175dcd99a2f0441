// `npm test` and `npm run test:tools`: builds everything, then runs the tests that need no other tools, or those that do
// (vitest.config.ts). The other arguments go to vitest.

import { createRequire } from "node:module";
import path from "node:path";
import { buildPackages, run } from "./run-step.js";

const [which, ...args] = process.argv.slice(2);
const project = which === "tools" ? "tools" : "!tools";
const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

process.exitCode = (await buildPackages()) || (await run(vitest, ["run", `--project=${project}`, ...args]));
