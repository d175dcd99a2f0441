// `npm test`: builds everything, then runs every test. Arguments go to vitest.

import { createRequire } from "node:module";
import path from "node:path";
import { buildPackages, run } from "./run-step.js";

const vitest = path.join(path.dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

process.exitCode = (await buildPackages()) || (await run(vitest, ["run", ...process.argv.slice(2)]));
