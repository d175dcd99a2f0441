// Registers versions of ten prompts in one process, as an optimizer does, and prints what one takes of the processor on average, in
// milliseconds: in the first half, and in the second. Arguments: the module with `openRegistry`, the project's folder, how many.

import { pathToFileURL } from "node:url";
import { processorMilliseconds } from "./usage.mjs";

const [module = "", dir = "", count = ""] = process.argv.slice(2);
const { openRegistry } = await import(pathToFileURL(module).href);
const registry = await openRegistry({ dir });
const half = Number(count) / 2;
const halves = [await registerAll(0), await registerAll(half)];
registry.close();
console.log(JSON.stringify(halves));

/** @param {number} start */
async function registerAll(start) {
  const before = processorMilliseconds();
  for (let index = start; index < start + half; index++) {
    const prompt = { name: `new/prompt-${index % 10}`, template: `Hello {{name}}, this is attempt ${index}.` };
    const { result, diagnostics } = await registry.register(prompt);
    if (result?.created !== true) throw new Error(JSON.stringify(diagnostics));
  }
  return (processorMilliseconds() - before) / half;
}
