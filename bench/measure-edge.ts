// The cold start of an edge function with five prompts: a bundle that imports them and formats each once, beside the same prompts as
// precompiled Handlebars templates and as prompt objects of Langfuse's client. The texts that they give are equal.

import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import Handlebars from "handlebars";
import { rolldown } from "rolldown";
import { formatBytes, formatRatio, formatTarget } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { processFile } from "./paths.js";
import { runProcess } from "./run-process.js";
import { median } from "./sample.js";
import { writePackage } from "./write-package.js";

const require = createRequire(import.meta.url);
const NAMES = ["triage", "answer", "summary", "forecast", "review"];
const INPUT = { team: "FinOps", period: "May", query: "What did we spend?" };

/** The process starts in 40 ms, so that there is time for many. */
const PROCESSES = 10;

/** The template of a prompt: 1 kB of text and three variables. */
function template(name: string): string {
  const rules = Array.from(
    { length: 10 },
    (_, n) => `${n + 1}. Rule ${n} of ${name}: name the source of every figure you give.`,
  );
  return `You write the ${name} for {{team}}, about {{period}}.\n${rules.join("\n")}\nQuestion: {{query}}`;
}

interface Start {
  /** Microseconds. */
  readonly evaluate: number;
  readonly first: number;
  /** Of all texts together. */
  readonly length: number;
}

export async function measureEdge({ folder, rounds }: Bench): Promise<readonly Table[]> {
  const dir = join(folder, "edge");
  const bundles = {
    cuecard: await bundle(join(dir, "cuecard"), await cuecardEntry(dir)),
    Handlebars: await bundle(join(dir, "handlebars"), handlebarsEntry()),
    Langfuse: await bundle(join(dir, "langfuse"), langfuseEntry()),
  };
  const names = Object.keys(bundles) as (keyof typeof bundles)[];
  const starts = new Map<string, Start[]>(names.map((name) => [name, []]));
  for (let run = 0; run < rounds * PROCESSES; run++)
    for (const name of names) {
      const { stdout } = await runProcess([processFile("cold-start.mjs"), bundles[name].file]);
      starts.get(name)?.push(JSON.parse(stdout) as Start);
    }
  const figure = (name: string, of: (start: Start) => number) => median((starts.get(name) ?? []).map(of));
  const total = (name: string) => figure(name, ({ evaluate, first }) => evaluate + first);
  const lengths = new Set(names.map((name) => figure(name, ({ length }) => length)));
  if (lengths.size !== 1) throw new Error(`the texts differ: ${[...lengths].join(", ")} characters`);
  const own = total("cuecard");
  return [
    {
      title: "edge: cold start of a bundle with five prompts, each formatted once",
      columns: ["", "bundle", "gzip", "evaluate", "first calls", "together", "of cuecard", "target"],
      rows: names.map((name) => [
        name,
        formatBytes(bundles[name].code.length),
        formatBytes(gzipSync(bundles[name].code).length),
        formatMicroseconds(figure(name, ({ evaluate }) => evaluate)),
        formatMicroseconds(figure(name, ({ first }) => first)),
        formatMicroseconds(total(name)),
        formatRatio(total(name) / own),
        name === "cuecard" ? "" : formatTarget("≥ 1 ×", total(name) >= own),
      ]),
      notes: [
        "Each in a fresh process of Node, in turn. Bundles are minified. Cuecard validates the input; the others do not.",
        "Langfuse's client fetches its prompts first; here they are part of the bundle.",
      ],
    },
  ];
}

async function cuecardEntry(dir: string): Promise<string> {
  const schema = { team: "string", period: "string", query: "string" };
  const texts = NAMES.map((name) => ({
    name,
    text: `---\n${JSON.stringify({ input: { schema } })}\n---\n${template(name)}`,
  }));
  const dist = await writePackage(join(dir, "package"), texts);
  const imports = NAMES.map(
    (name) => `import { working as ${name} } from ${JSON.stringify(join(dist, `prompts/${name}.js`))};`,
  );
  return `${imports.join("\n")}
globalThis.format = () => [${NAMES.join(", ")}].map((prompt) => prompt.format(${JSON.stringify(INPUT)})).join("");`;
}

function handlebarsEntry(): string {
  const runtime = require.resolve("handlebars/dist/cjs/handlebars.runtime.js");
  const specs = NAMES.map((name) => Handlebars.precompile(template(name), { noEscape: true }));
  return `import runtime from ${JSON.stringify(runtime)};
const Handlebars = runtime.default ?? runtime;
const templates = [${specs.join(",\n")}].map((spec) => Handlebars.template(spec));
globalThis.format = () => templates.map((format) => format(${JSON.stringify(INPUT)})).join("");`;
}

function langfuseEntry(): string {
  const prompts = NAMES.map((name) => ({
    ...{ name, version: 1, type: "text", prompt: template(name), config: {}, labels: ["production"], tags: [] },
  }));
  return `import { TextPromptClient } from ${JSON.stringify(langfuseModule())};
const prompts = ${JSON.stringify(prompts)}.map((prompt) => new TextPromptClient(prompt));
globalThis.format = () => prompts.map((prompt) => prompt.compile(${JSON.stringify(INPUT)})).join("");`;
}

/** The ES module, which bundlers use. */
function langfuseModule(): string {
  return require.resolve("@langfuse/client").replace(/\.cjs$/, ".mjs");
}

/**
 * Bundles a module's text to a script, minified.
 *
 * @param path Where both are written, without an ending.
 */
async function bundle(path: string, source: string): Promise<{ readonly file: string; readonly code: string }> {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.mjs`, source);
  const build = await rolldown({ input: `${path}.mjs`, platform: "browser" });
  const { output } = await build.generate({ format: "iife", minify: true });
  await build.close();
  writeFileSync(`${path}.js`, output[0].code);
  return { file: `${path}.js`, code: output[0].code };
}

function formatMicroseconds(microseconds: number): string {
  return `${(microseconds / 1000).toFixed(2)} ms`;
}
