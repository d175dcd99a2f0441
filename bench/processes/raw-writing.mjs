// The least that writing the package can take: its dist folder, copied file by file. Argument: the package's folder.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { processorMilliseconds } from "./usage.mjs";

const [packageDir = ""] = process.argv.slice(2);
const dist = join(packageDir, "dist");
const copy = join(packageDir, "copy");
const files = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .map((file) => ({ target: join(copy, relative(dist, file)), text: readFileSync(file, "utf8") }));

const usedBefore = processorMilliseconds();
const started = performance.now();
for (const folder of new Set(files.map(({ target }) => dirname(target)))) mkdirSync(folder, { recursive: true });
for (const { target, text } of files) writeFileSync(target, text);
const milliseconds = performance.now() - started;
console.log(JSON.stringify({ milliseconds, processorMilliseconds: processorMilliseconds() - usedBefore }));
rmSync(copy, { recursive: true });
