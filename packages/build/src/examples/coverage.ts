// Counts which branches of templates are rendered. Each branch begins with a call that counts and returns no text, in a second
// rendering function that is emitted for this alone. It renders the same texts, but can have blank messages.

import type { HelperFunction } from "../emit/instantiate.js";
import { emitRenderFunction } from "../emit/render-function.js";
import { type ContentToLower, lowerContent } from "../lower-content.js";
import type { CompiledVersion, JsonSchema } from "../model.js";
import type { Expression, Node } from "../template/ir.js";
import type { Region } from "../template/lowering.js";
import type { SourceText } from "../text/source-text.js";

export interface Coverage {
  /** How many branches there are, and how many of them were rendered. */
  readonly branches: number;
  readonly covered: number;
  /** Prompts and partials, sorted by path. */
  readonly files: readonly FileCoverage[];
}

export interface FileCoverage {
  /** `prompts/greet.md` */
  readonly file: string;
  /** In the order of the file. */
  readonly branches: readonly BranchCoverage[];
  /** The lines of the template that are not blank, with how often each was rendered. */
  readonly lines: readonly LineCoverage[];
}

export interface BranchCoverage {
  /** Of the block's tag, or of `{{else}}`. 1-based. */
  readonly line: number;
  readonly column: number;
  /** Where the block begins. Branches of one block have the same. */
  readonly block: { readonly line: number; readonly column: number };
  /** The block's tag: `{{#if vip}}`. */
  readonly tag: string;
  /** `block`: what follows the tag. `else`: what is rendered otherwise. */
  readonly side: "block" | "else";
  /** False for what happens without an `{{else}}`. */
  readonly written: boolean;
  readonly count: number;
}

export interface LineCoverage {
  readonly line: number;
  readonly count: number;
}

export interface CountingVersion {
  readonly version: CompiledVersion;
  readonly branches: ReadonlySet<number>;
}

/** No helper of a project can have this name, which begins with a digit. */
const PROBE = "0reached";

interface Counted {
  readonly region: Region;
  count: number;
}

export class CoverageCounter {
  readonly #regions: Counted[] = [];
  readonly #indices = new Map<string, number>();
  readonly #files = new Map<string, SourceText>();

  /** The function that counting versions call, by the name under which they do. */
  readonly helpers: ReadonlyMap<string, HelperFunction> = new Map([
    [
      PROBE,
      (index: number) => {
        const counted = this.#regions[index];
        if (counted !== undefined) counted.count++;
        return "";
      },
    ],
  ]);

  /** A version that counts while it renders, and the numbers of its branches. */
  counting(version: CompiledVersion, request: ContentToLower): CountingVersion {
    const { content } = version;
    const own: number[] = [];
    const template = lowerContent(request, (region) => {
      const [index, nodes] = this.#probe(region, content.inputSchema);
      if (region.branch !== undefined && index !== undefined) own.push(index);
      return nodes;
    });
    if (template === undefined) return { version, branches: new Set() };
    const render = emitRenderFunction(template, content.trimMessages === true);
    return { version: { ...version, content: { ...content, render } }, branches: new Set(own) };
  }

  /** The branches that were rendered so far, by number. */
  reached(): ReadonlySet<number> {
    const reached = new Set<number>();
    for (const [index, { region, count }] of this.#regions.entries())
      if (region.branch !== undefined && count > 0) reached.add(index);
    return reached;
  }

  /** Starts to count anew. The numbers of the branches stay. */
  reset(): void {
    for (const counted of this.#regions) counted.count = 0;
  }

  read(): Coverage {
    const files = [...this.#files].map(([file, source]) => this.#readFile(file, source));
    const branches = files.flatMap((file) => file.branches);
    return {
      branches: branches.length,
      covered: branches.filter(({ count }) => count > 0).length,
      files: files.sort((a, b) => (a.file < b.file ? -1 : 1)),
    };
  }

  #probe(region: Region, schema: JsonSchema): readonly [index: number | undefined, nodes: readonly Node[]] {
    const { source, body, branch } = region;
    if (!this.#files.has(source.file)) this.#files.set(source.file, source);
    // Without the condition, the branch would count as one that an example could render.
    if (branch !== undefined && !branch.isWritten && branch.side === "else" && isAlwaysPresent(branch.value, schema))
      return [undefined, []];
    const [start = 0, end = 0] = branch?.tag ?? body ?? [];
    const key = `${source.file} ${branch?.side ?? "region"} ${start} ${end}`;
    const index = this.#indices.get(key) ?? this.#regions.push({ region, count: 0 }) - 1;
    this.#indices.set(key, index);
    const origin = { source, start, end };
    const positional = [{ value: { kind: "literal" as const, value: index }, origin }];
    const value: Expression = { kind: "call", helper: PROBE, positional, named: [], takesNamed: false, origin };
    return [index, [{ kind: "output", value, origin }]];
  }

  #readFile(file: string, source: SourceText): FileCoverage {
    const own = this.#regions.filter(({ region }) => region.source.file === file);
    const branches = own
      .flatMap(({ region, count }) =>
        region.branch === undefined ? [] : [describeBranch(region, region.branch, count)],
      )
      .sort((a, b) => a.line - b.line || a.column - b.column);
    return { file, branches, lines: countLines(source, own) };
  }
}

/** Whether a value of the input is there, and true or a list with items, for every valid input. */
function isAlwaysPresent(value: Expression | undefined, schema: JsonSchema): boolean {
  if (value?.kind !== "path" || value.base.kind !== "scope" || value.base.scope.id !== 0) return false;
  let at: JsonSchema | boolean | undefined = schema;
  for (const member of value.members) {
    if (typeof at !== "object" || at.type !== "object" || at.required?.includes(member) !== true) return false;
    at = Object.hasOwn(at.properties ?? {}, member) ? at.properties?.[member] : undefined;
  }
  if (typeof at !== "object" || at.nullable === true) return false;
  if ("const" in at) return Boolean(at.const);
  if (at.enum !== undefined) return at.enum.length > 0 && at.enum.every(Boolean);
  if (at.type === "array") return (at.minItems ?? 0) > 0;
  if (at.type === "string") return typeof at["minLength"] === "number" && at["minLength"] > 0;
  return at.type === "object";
}

function describeBranch(
  { source, body }: Region,
  branch: NonNullable<Region["branch"]>,
  count: number,
): BranchCoverage {
  const [nameStart, nameEnd] = branch.tag;
  const { text } = source;
  const tagStart = Math.max(0, text.lastIndexOf("{{", nameStart));
  const tagEnd = text.indexOf("}}", nameEnd) + 2;
  const tag = (tagEnd < 2 ? text.slice(tagStart, nameEnd) : text.slice(tagStart, tagEnd)).replaceAll("\n", " ");
  const elseAt =
    branch.side === "else" && branch.isWritten && body !== undefined ? text.lastIndexOf("{{", body[0] - 1) : -1;
  const place = (at: number) => source.range(at, at).start;
  const block = place(tagStart);
  return { ...place(Math.max(elseAt, tagStart)), block, tag, side: branch.side, written: branch.isWritten, count };
}

/** How often the smallest region around each line was rendered. Larger regions come first, and smaller ones replace their counts. */
function countLines(source: SourceText, counted: readonly Counted[]): LineCoverage[] {
  const lines: { readonly at: number; readonly line: number; count: number }[] = [];
  let offset = 0;
  for (const text of source.text.split("\n")) {
    const at = offset + text.length - text.trimStart().length;
    if (text.trim() !== "") lines.push({ at, line: source.range(at, at).start.line, count: 0 });
    offset += text.length + 1;
  }
  const sized = counted
    .flatMap(({ region, count }) =>
      region.body === undefined ? [] : [{ start: region.body[0], end: region.body[1], count }],
    )
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.count - b.count);
  for (const { start, end, count } of sized)
    for (let index = firstFrom(lines, start); index < lines.length; index++) {
      const line = lines[index];
      if (line === undefined || line.at >= end) break;
      line.count = count;
    }
  return lines.map(({ line, count }) => ({ line, count }));
}

/** The index of the first line that begins at an offset or after it. */
function firstFrom(lines: readonly { readonly at: number }[], offset: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.at ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
