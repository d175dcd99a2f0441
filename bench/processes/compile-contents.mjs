// Compiles the repository's contents after a warm-up, first by the clock, then with a profiler. One argument, JSON: `dir`,
// the `registry` and `build` modules, and `isUnique`: whether every front matter is made to differ from all others.

import { Session } from "node:inspector/promises";

/** @typedef {{ name: string, version: number, digest: string, content: { prompt: { path: string, text: string } } }} Version */

const { dir, registry, build, isUnique } = JSON.parse(process.argv[2] ?? "{}");
const { readSnapshot } = await import(registry);
const { compile, partialReferences } = await import(build);

const { snapshot } = await readSnapshot({ dir, promptsDir: "prompts", git: "native", partialReferences });
/** @type {readonly Version[]} */
const versions = snapshot.versions;

/**
 * Some of the versions as a snapshot of their own.
 * @param {(version: Version) => boolean} isChosen
 */
function choose(isChosen) {
  const chosen = versions.filter(isChosen);
  return { ...snapshot, working: [], aliases: [], versions: isUnique ? chosen.map(makeUnique) : chosen };
}

/**
 * @param {Version} version
 * @returns {Version}
 */
function makeUnique(version) {
  const { prompt } = version.content;
  const text = prompt.text.replaceAll("variable_0", `variable_${version.version}_${version.name.slice(-4)}`);
  return { ...version, content: { ...version.content, prompt: { ...prompt, text } } };
}

const options = { versions: "all", working: false };
const warmUp = choose(({ version }) => version === 1);
const work = choose(({ version }) => (isUnique ? version === 2 : version > 1));
compile(warmUp, options);

const started = performance.now();
const { diagnostics } = compile(work, options);
const milliseconds = performance.now() - started;
if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.setSamplingInterval", { interval: 500 });
await session.post("Profiler.start");
compile(work, options);
const { profile } = await session.post("Profiler.stop");
console.log(JSON.stringify({ contents: work.versions.length, milliseconds, stages: sumStages(profile) }));

/**
 * Each sample counts for the innermost stage on its stack.
 * @param {import("node:inspector").Profiler.Profile} profile
 */
function sumStages({ nodes, samples = [], timeDeltas = [] }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const stageOf = new Map();
  /** @param {number} id @param {string | undefined} outer */
  function visit(id, outer) {
    const node = byId.get(id);
    if (node === undefined) return;
    const stage = stageOfFrame(node.callFrame) ?? outer;
    stageOf.set(id, stage ?? "other");
    for (const child of node.children ?? []) visit(child, stage);
  }
  const [root] = nodes;
  if (root !== undefined) visit(root.id, undefined);
  /** @type {Record<string, number>} */
  const sums = {};
  for (const [index, id] of samples.entries()) {
    const stage = stageOf.get(id) ?? "other";
    if (stage !== "") sums[stage] = (sums[stage] ?? 0) + (timeDeltas[index] ?? 0) / 1000;
  }
  return Object.fromEntries(Object.entries(sums).sort(([, a], [, b]) => b - a));
}

/** @param {import("node:inspector").Runtime.CallFrame} frame */
function stageOfFrame({ url, functionName }) {
  if (functionName === "(garbage collector)") return "garbage collection";
  if (functionName === "(idle)") return "";
  if (url.includes("/node_modules/handlebars/")) return "Handlebars";
  if (url.includes("/node_modules/yaml/")) return "YAML";
  if (/\/node_modules\/(?:ajv|fast-|json-schema-traverse)/.test(url)) return "Ajv";
  const part = /\/packages\/build\/dist\/(\w+)/.exec(url)?.[1];
  if (part === undefined) return undefined;
  return { parse: "parse/", template: "template/", check: "check/", schema: "schema/", emit: "emit/" }[part];
}
