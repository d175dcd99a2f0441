// `npm start`: builds everything, compiles this repository's prompts, and shows what the example service sends to a model.

import path from "node:path";
import { buildPackages, root, run } from "./run-step.js";

process.stdout.write("Cuecard: prompts as code\n\n");
process.exitCode = (await buildPackages()) || (await show());

async function show(): Promise<number> {
  process.stdout.write('\nload("cost_analyst_prompt", "production").format({ query, user_context }) gives\n\n');
  const code = await run(path.join(root, "examples", "cost-service", "dist", "main.js"), []);
  if (code !== 0) return code;
  process.stdout.write(`
Next:
  npm run cuecard list    every prompt, its versions and where its aliases point
  edit aliases.json       point production of cost_analyst_prompt at v3
  npm start               and see it here
`);
  return 0;
}
