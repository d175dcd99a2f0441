// Imports a module in a fresh process and tells how long that took. Arguments: the module; optionally JSON `[name, ref,
// input]` of a prompt to load and render afterwards, which counts, too.

import { processorMilliseconds } from "./usage.mjs";

const [module = "", call] = process.argv.slice(2);
const [name, ref, input] = call === undefined ? [] : JSON.parse(call);
const usedBefore = processorMilliseconds();
const started = performance.now();
const { load } = await import(module);
if (name !== undefined && load(name, ref).format(input).length === 0) throw new Error("nothing was rendered");
const milliseconds = performance.now() - started;
console.log(JSON.stringify({ milliseconds, processorMilliseconds: processorMilliseconds() - usedBefore }));
