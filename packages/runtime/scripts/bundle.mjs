// Makes what the package contains beside its declarations: one file of the runtime, one for following pointers, and a file for each SDK
// with what these share. Each is an ES module and, in dist/cjs, one for `require`; compilers read the declarations there as those of
// CommonJS modules.

import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "rolldown";

const root = path.resolve(import.meta.dirname, "..");
const dist = path.join(root, "dist");
const { exports, peerDependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const sources = Object.values(exports).map(({ "cuecard-source": source }) => path.join(root, source));
const [index, ...others] = sources;
const sdks = others.filter((source) => path.basename(path.dirname(source)) === "sdk");

for (const [format, dir] of [
  ["esm", dist],
  ["cjs", path.join(dist, "cjs")],
]) {
  const output = { format, strict: format === "cjs" };
  const external = Object.keys(peerDependencies);
  await build({ input: index, output: { ...output, file: path.join(dir, "index.js") } });
  await build({
    input: path.join(root, "src/follow/index.ts"),
    output: { ...output, file: path.join(dir, "follow/index.js") },
  });
  await build({
    input: sdks,
    external,
    output: { ...output, dir: path.join(dir, "sdk"), chunkFileNames: "shared.js" },
  });
}

for (const file of readdirSync(dist, { recursive: true }))
  if (file.endsWith(".d.ts") && !file.startsWith("cjs")) cpSync(path.join(dist, file), path.join(dist, "cjs", file));
writeFileSync(path.join(dist, "cjs/package.json"), '{ "type": "commonjs" }\n');
