// Imports the index of a package, and loads and renders prompts of it, in a fresh process. Arguments: the module, and JSON of
// references: `{ "hot": "v10", "cold": "v3" }`. Prints what each took. Run with --expose-gc.

import { processorMilliseconds } from "./usage.mjs";

/** The median of the prompts is taken. */
const PROMPTS = 200;
const CALLS = 100;

const [module = "", refs = "{}"] = process.argv.slice(2);
const before = { processor: processorMilliseconds(), memory: usedBytes() };
const { load, promptNames } = await import(module);
const processor = processorMilliseconds() - before.processor;
const memory = usedBytes() - before.memory;
let sink = 0;

const calls = Object.fromEntries(Object.entries(JSON.parse(refs)).map(([kind, ref]) => [kind, timeCalls(ref)]));
const names = promptNames.slice(0, PROMPTS);
const loads = { reference: timeLoads("reference"), uri: timeLoads("uri") };
console.log(JSON.stringify({ processor, memory, calls, loads, sink: typeof sink }));

/** What is alive, the texts of modules included, in bytes. */
function usedBytes() {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * Nanoseconds of the first call, loading included, and of the hundredth.
 * @param {string} ref
 */
function timeCalls(ref) {
  /** @type {number[]} */
  const first = [];
  /** @type {number[]} */
  const hundredth = [];
  for (const name of promptNames.slice(0, PROMPTS)) {
    const started = process.hrtime.bigint();
    const prompt = load(name, ref);
    const input = inputFor(prompt);
    sink += prompt.format(input).length;
    first.push(Number(process.hrtime.bigint() - started));
    for (let call = 2; call < CALLS; call++) sink += prompt.format(input).length;
    const last = process.hrtime.bigint();
    sink += prompt.format(input).length;
    hundredth.push(Number(process.hrtime.bigint() - last));
  }
  return { first: median(first), hundredth: median(hundredth) };
}

/** @param {{ inputSchema: any }} prompt */
function inputFor({ inputSchema }) {
  const values = inputSchema.required.map((/** @type {string} */ name) => [
    name,
    inputSchema.properties[name].type === "number" ? 1 : "some text",
  ]);
  return Object.fromEntries(values);
}

/**
 * Nanoseconds of one `load`, the best of several rounds over all names.
 * @param {"reference" | "uri"} kind
 */
function timeLoads(kind) {
  const uris = names.map((/** @type {string} */ name) => `prompts:/${name}@latest`);
  const times = Array.from({ length: 15 }, () => {
    const started = process.hrtime.bigint();
    for (let round = 0; round < 200; round++)
      for (let index = 0; index < names.length; index++)
        sink += (kind === "uri" ? load(uris[index]) : load(names[index], "latest")).version;
    return Number(process.hrtime.bigint() - started) / (200 * names.length);
  });
  return Math.min(...times);
}

/** @param {readonly number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
