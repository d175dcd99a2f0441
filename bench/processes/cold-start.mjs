// Evaluates a bundle in a fresh process, and calls it once, as an edge isolate does for its first request. Argument: the bundle, a
// script that sets `globalThis.format`. Prints the microseconds that evaluating it and the first call took, and the length of the text.

import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const [file = ""] = process.argv.slice(2);
const code = readFileSync(file, "utf8");
// What the process itself needs for its first script and its first call is not measured.
runInThisContext("globalThis.format = () => ''")();

const started = process.hrtime.bigint();
runInThisContext(code, file);
const evaluated = process.hrtime.bigint();
const text = /** @type {any} */ (globalThis).format();
const called = process.hrtime.bigint();
console.log(
  JSON.stringify({
    evaluate: Number(evaluated - started) / 1000,
    first: Number(called - evaluated) / 1000,
    length: text.length,
  }),
);
