// Edits a working file and builds again in one process, as `build --watch` does, and prints what one rebuild takes of the processor
// in milliseconds: the median. Arguments: the module with `openRegistry`, the project's folder, the prompt's file, how often.

import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { processorMilliseconds } from "./usage.mjs";

const [module = "", dir = "", file = "", count = ""] = process.argv.slice(2);
const { openRegistry } = await import(pathToFileURL(module).href);
const registry = await openRegistry({ dir });
const options = { keepsCache: false, overwrites: true };
await build();
const target = path.join(dir, file);
const text = readFileSync(target, "utf8");
const times = [];
for (let edit = 1; edit <= Number(count); edit++) {
  writeFileSync(target, `${text}Edit ${edit}.\n`);
  const before = processorMilliseconds();
  const { package: written } = await build();
  times.push(processorMilliseconds() - before);
  if (written?.isNew !== true) throw new Error("nothing was written");
}
writeFileSync(target, text);
await build();
await registry.save();
registry.close();
times.sort((a, b) => a - b);
console.log(JSON.stringify(times[Math.floor(times.length / 2)]));

async function build() {
  const outcome = await registry.build(options);
  if (outcome.package === undefined) throw new Error(JSON.stringify(outcome.diagnostics));
  return outcome;
}
