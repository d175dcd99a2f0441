// What one rendering takes, by shape of prompt, beside a template literal written by hand and other template engines.

import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatRatio, formatTarget } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { CHECKOUT, packageEntry, processFile } from "./paths.js";
import { shapes } from "./processes/render-shapes.mjs";
import { runProcess } from "./run-process.js";

type Compiler = typeof import("../packages/build/src/index.js");

/** Nanoseconds by engine. */
type Times = Readonly<Record<string, number>>;

export async function measureRender({ folder, rounds }: Bench): Promise<readonly Table[]> {
  const index = await writeShapes(join(folder, "rendering"));
  const times = new Map<string, Times>();
  // Each shape in a process of its own: code that renders one prompt is compiled for that prompt, as it is in a service.
  for (const { name } of shapes) {
    const request = JSON.stringify({ index: pathToFileURL(index).href, name, rounds: rounds * 3 });
    const { stdout } = await runProcess([processFile("render-prompts.mjs"), request]);
    times.set(name, (JSON.parse(stdout) as { results: Times }).results);
  }
  const engines = [...new Set([...times.values()].flatMap((results) => Object.keys(results)))];
  const time = (shape: string, engine: string) => times.get(shape)?.[engine] ?? Number.NaN;
  return [
    {
      title: "render: nanoseconds a rendering, the text read once",
      columns: ["", ...engines],
      rows: shapes.map(({ name }) => [name, ...engines.map((engine) => formatNanoseconds(time(name, engine)))]),
      notes: ["Of engines without messages, the chat is its text with markers in it."],
    },
    {
      title: "render: how many times as long or as short",
      columns: [
        "",
        "literal → unvalidated",
        "→ validated",
        "precompiled → literal",
        "→ unvalidated",
        "→ validated",
        "target",
      ],
      rows: shapes.map(({ name }) => {
        const [literal, unvalidated, validated, precompiled] = [
          time(name, "template literal"),
          time(name, "cuecard, unvalidated"),
          time(name, "cuecard"),
          time(name, "Handlebars, precompiled"),
        ];
        const targets = [
          formatTarget("≤ 1.3 × the literal unvalidated", unvalidated <= 1.3 * literal),
          formatTarget("≤ 1.5 × validated", validated <= 1.5 * literal),
        ];
        return [
          name,
          formatRatio(unvalidated / literal),
          formatRatio(validated / literal),
          formatRatio(precompiled / literal),
          formatRatio(precompiled / unvalidated),
          formatRatio(precompiled / validated),
          targets.join("; "),
        ];
      }),
    },
  ];
}

function formatNanoseconds(nanoseconds: number): string {
  return Number.isNaN(nanoseconds) ? "" : nanoseconds.toFixed(0);
}

/** The shapes as a generated package; gives its index module. */
async function writeShapes(dir: string): Promise<string> {
  const { compile } = (await import(packageEntry("build"))) as Compiler;
  const working = shapes.map(({ name, schema, prompt, partials = {} }) => ({
    name: name.replaceAll(/[^a-z0-9]+/g, "_"),
    digest: `sha256-${name}`,
    content: {
      prompt: { path: `prompts/${name}.md`, text: `---\n${JSON.stringify({ input: { schema } })}\n---\n${prompt}` },
      partials: Object.entries(partials).map(([partial, text]) => ({ path: `prompts/_${partial}.md`, text })),
    },
  }));
  const snapshot = {
    promptsDir: "prompts",
    working,
    workingNames: [],
    workingPartials: [],
    schemaNames: [],
    versions: [],
    aliases: [],
    scores: [],
  };
  const { files, diagnostics } = compile(snapshot, { versions: "all", working: true });
  if (files.size === 0) throw new Error(JSON.stringify(diagnostics));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(dir, "dist", path)), { recursive: true });
    writeFileSync(join(dir, "dist", path), text);
  }
  writeFileSync(join(dir, "package.json"), '{ "type": "module" }');
  mkdirSync(join(dir, "node_modules/@cuecard"), { recursive: true });
  symlinkSync(join(CHECKOUT, "packages/runtime"), join(dir, "node_modules/@cuecard/runtime"), "junction");
  return join(dir, "dist/index.js");
}
