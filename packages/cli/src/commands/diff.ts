// `cuecard diff <ref> [<ref>]`

import { UsageError } from "@cuecard/model";
import type { Compared, LoadedVersion, RenderedExample } from "@cuecard/project";
import { parseRef } from "@cuecard/registry";
import { exitCode } from "../exit.js";
import { formatBoard } from "../report/format-board.js";
import { formatChange } from "../report/format-change.js";
import { formatWords } from "../report/format-words.js";
import type { TableOptions } from "../report/table.js";
import type { Paint } from "../terminal/paint.js";
import { printableLine } from "../terminal/printable.js";
import type { CommandContext } from "./command-context.js";
import { takeFound } from "./take-found.js";
import { withRegistry } from "./with-registry.js";

export interface DiffOptions {
  readonly rendered?: boolean;
  readonly json?: boolean;
  readonly exitCode?: boolean;
  readonly key?: string;
}

export async function diff(context: CommandContext, options: DiffOptions, args: readonly string[]): Promise<number> {
  const [first, second] = readReferences(args);
  return withRegistry(context, {}, async (registry) => {
    const outcome = await registry.compare(first, second, {
      rendered: options.rendered === true,
      key: options.key,
    });
    const found = await takeFound(context, registry, outcome);
    if (typeof found === "number") return found;
    const compared = found.value;
    const { stdout } = context.terminal;
    const width = Math.min(stdout.columns ?? 100, 100);
    stdout.write(
      options.json === true
        ? `${JSON.stringify(describe(compared), null, 2)}\n`
        : formatComparison(compared, context.paint, width),
    );
    return options.exitCode === true && isDifferent(compared) ? exitCode.findings : exitCode.clean;
  });
}

/** One reference alone is held against the working file; `greet@v1..v2` names both. */
function readReferences([first = "", second]: readonly string[]): [string, string] {
  const range = /^(.+)@([^@]+)\.\.([^@]+)$/.exec(first);
  if (range !== null) {
    if (second !== undefined) throw new UsageError(`${first} names both sides already`);
    return [`${range[1]}@${range[2]}`, `${range[1]}@${range[3]}`];
  }
  const name = parseRef(first)?.name ?? first;
  if (second === undefined) return [first, `${name}@working`];
  return [first, second.startsWith("@") ? `${name}${second}` : second];
}

function isDifferent({ comparison }: Compared): boolean {
  return comparison.changes.length > 0 || comparison.texts.length > 0;
}

/** What `--json` prints. */
function describe({ before, after, comparison, rendered }: Compared) {
  const side = ({ compiled, ref }: LoadedVersion) => {
    const { name, version, digest, scores } = compiled;
    const values = scores.map(({ metric, value, dataset }) => ({ metric, value, dataset: dataset ?? null }));
    return { name, version, ref, digest, scores: values };
  };
  return {
    before: side(before),
    after: side(after),
    ...comparison,
    ...(rendered === undefined ? {} : { rendered }),
  };
}

function formatComparison(compared: Compared, paint: Paint, width: number): string {
  const { before, after, comparison, rendered } = compared;
  const verdict = comparison.breaking ? `  ${paint.red("breaks callers")}` : "";
  const parts = [`${paint.bold(`${label(before)} → ${label(after)}`)}${verdict}\n`];
  if (!isDifferent(compared)) parts.push("  nothing differs\n");
  const look = { paint, width, indent: "  " };
  for (const isBreaking of [true, false])
    for (const { message, breaking } of comparison.changes)
      if (breaking === isBreaking) parts.push(formatChange(message, breaking, look));
  const scored = formatScores(before, after, { paint, width });
  if (scored !== "") parts.push(`\n${paint.bold("Scores")}\n${scored}`);
  for (const { path, change, words } of comparison.texts) {
    const title = path === "" ? "Template" : `${path}${change === "changed" ? "" : ` (${change})`}`;
    parts.push(`\n${paint.bold(title)}\n${formatWords(words, paint)}`);
  }
  if (rendered !== undefined) parts.push(...formatExamples(rendered, label(before), label(after), paint));
  return parts.join("");
}

/** What either side scored; empty where nobody measured. */
function formatScores(before: LoadedVersion, after: LoadedVersion, options: TableOptions): string {
  const sides = new Map([before, after].map(({ compiled }) => [`${compiled.name}@${compiled.version}`, compiled]));
  const columns = [...sides.values()].flatMap(({ version, scores }) =>
    version === "working" ? [] : [{ version, share: undefined, scores }],
  );
  if (columns.every(({ scores }) => scores.length === 0)) return "";
  return formatBoard({ name: before.compiled.name, alias: undefined, columns }, options).replace(/^(?=.)/gm, "  ");
}

function formatExamples(
  rendered: readonly RenderedExample[],
  before: string,
  after: string,
  paint: Paint,
): readonly string[] {
  if (rendered.length === 0) return ["\nNeither side has an example to render.\n"];
  return rendered.map((example) => {
    const title = `\n${paint.bold(`Example: ${printableLine(example.name)}`)}\n`;
    const refused = [
      [before, example.before],
      [after, example.after],
    ] as const;
    const problems = refused.flatMap(([side, rendering]) =>
      "refused" in rendering ? [`  ${side} does not take it: ${printableLine(rendering.refused)}\n`] : [],
    );
    if (problems.length > 0) return title + problems.join("");
    const isSame = example.words.every(({ kind }) => kind === "same");
    return title + (isSame ? "  rendered alike\n" : formatWords(example.words, paint));
  });
}

function label({ compiled: { name, version } }: LoadedVersion): string {
  return `${name}@${version === "working" ? "working" : `v${version}`}`;
}
