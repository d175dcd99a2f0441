// What one rendering takes, by shape of prompt, beside a template literal written by hand and other template engines.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { formatRatio, formatTarget } from "./format-figure.js";
import type { Bench, Table } from "./measurement.js";
import { processFile } from "./paths.js";
import { shapes } from "./processes/render-shapes.mjs";
import { runProcess } from "./run-process.js";
import { writePackage } from "./write-package.js";

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
  const prompts = shapes.map(({ name, schema, prompt, partials }) => ({
    name: name.replaceAll(/[^a-z0-9]+/g, "_"),
    text: `---\n${JSON.stringify({ input: { schema } })}\n---\n${prompt}`,
    ...(partials && { partials }),
  }));
  return join(await writePackage(dir, prompts), "index.js");
}
