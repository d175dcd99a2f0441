// Reads a snapshot once. One argument, JSON: `dir`, `git` (native or isomorphic), the `registry` and `build` modules, and
// `known`: with `isFirst` the file where to keep what a first reading learnt, otherwise the file where it stands.

import { readFileSync, writeFileSync } from "node:fs";
import { processorMilliseconds } from "./usage.mjs";

const { dir, git, registry, build, known, isFirst } = JSON.parse(process.argv[2] ?? "{}");
const { readSnapshot } = await import(registry);
const { partialReferences } = await import(build);

/** @type {Map<string, string>} */
const digests = new Map(isFirst ? [] : Object.entries(JSON.parse(readFileSync(known, "utf8"))));
/** @param {{ name: string, version: number, commit: string }} version */
const keyOf = ({ name, version, commit }) => `${name}@v${version} ${commit}`;

const usedBefore = processorMilliseconds();
const started = performance.now();
const { snapshot, lock, diagnostics } = await readSnapshot({
  dir,
  promptsDir: "prompts",
  git,
  partialReferences,
  knownDigest: (/** @type {{ name: string, version: number, commit: string }} */ id) => digests.get(keyOf(id)),
  needsContent: (/** @type {{ targeted: boolean }} */ { targeted }) => isFirst && targeted,
});
const milliseconds = performance.now() - started;
const used = processorMilliseconds() - usedBefore;

if (snapshot === undefined || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
if (isFirst) {
  const entries = snapshot.versions.map((/** @type {any} */ version) => [keyOf(version), version.digest]);
  writeFileSync(known, JSON.stringify(Object.fromEntries(entries)));
  writeFileSync(`${known}.lock`, lock.text);
}
console.log(JSON.stringify({ milliseconds, processorMilliseconds: used, versions: snapshot.versions.length }));
