// `npm test` and `npm run test:tools`: builds everything, then runs the tests of one of the projects in vitest.config.ts. The other
// arguments go to vitest.

import { createRequire } from "node:module";
import path from "node:path";
import { buildPackages, run } from "./run-step.js";

const [project = "product", ...args] = process.argv.slice(2);
const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

process.exitCode = (await buildPackages()) || (await run(vitest, ["run", `--project=${project}`, ...args]));
