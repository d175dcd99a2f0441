// Versions in their compact form (docs/decisions/043-cold-versions.md): the data of all of them as one JSON text, in which what they
// have in common is there once, and a function for each structure that they have. The runtime makes prompts of it (unpack.ts).

import type { CompiledPrompt, CompiledVersion, ResolvedAlias } from "../model.js";
import { jsonLiteral } from "../text/escape.js";
import { LineTable } from "./line-table.js";

/** What a version needs from the code of its structure. */
export interface VersionStructure {
  /** Source of the function that makes the version. */
  readonly make: string;
  /** The texts that the function gets. */
  readonly texts: readonly string[];
}

/** A member of every version: see `Column` of the runtime. */
type Column = readonly [values: readonly unknown[], indexes?: readonly number[]];

/**
 * The arguments of the runtime's `unpack`.
 *
 * @param structures Those of the versions, in their order.
 * @example
 * ```js
 * '{"name":"greet","versions":[1,2],…,"texts":[[["You greet ","You say hello to "]]]}', [
 *   ($, [$0]) => textPrompt($, { render: (input) => $0 + asText(input.name), … }),
 * ]
 * ```
 */
export function emitPack({ name, versions, aliases }: CompiledPrompt, structures: readonly VersionStructure[]): string {
  const table = new LineTable();
  const column = (value: (version: CompiledVersion, index: number) => unknown): Column => columnOf(versions.map(value));
  const makers = [...new Set(structures.map(({ make }) => make))];
  const slots = Math.max(0, ...structures.map(({ texts }) => texts.length));
  const members = {
    commit: column((version) => version.commit),
    digest: column((version) => version.digest),
    notes: column((version) => version.notes),
    retired: column((version) => version.retired),
    description: column(({ content }) => content.description),
    model: column(({ content }) => content.model),
    config: column(({ content }) => content.config),
    tags: column(({ content }) => content.tags),
    tools: column(({ content }) => content.tools),
    privateVariables: column(({ content }) => content.privateVariables),
    staticMessages: column(({ content }) => content.staticMessages),
    metadata: column(({ content }) => (Object.keys(content.metadata).length === 0 ? undefined : content.metadata)),
  };
  const data = {
    name,
    versions: versions.map(({ version }) => version),
    members: Object.fromEntries(
      Object.entries(members).filter(([, [values]]) => values.some((value) => value !== null)),
    ),
    template: column(({ content }) => table.pack(content.template)),
    inputSchema: column(({ content }) => content.inputSchema),
    outputSchema: column(({ content }) => content.outputSchema),
    make: column((_, index) => makers.indexOf(structures[index]?.make ?? "")),
    texts: Array.from({ length: slots }, (_, slot) =>
      column((_version, index) => {
        const text = structures[index]?.texts[slot];
        return text === undefined ? null : table.pack(text);
      }),
    ),
    aliases: aliases.map((alias) => [alias.alias, targetOf(alias, versions)]),
    lines: table.lines,
  };
  return `${jsonLiteral(data)}, [\n${makers.map((make) => `  ${make},\n`).join("")}]`;
}

function targetOf({ arms }: ResolvedAlias, versions: readonly CompiledVersion[]): unknown {
  const indexes = arms.map((arm) => versions.findIndex(({ version }) => version === arm.version));
  return arms.length === 1 ? indexes[0] : arms.map(({ weight }, arm) => [indexes[arm], weight]);
}

/** The versions' values, each once; `undefined` as null. */
function columnOf(values: readonly unknown[]): Column {
  const indexes = new Map<string, number>();
  const at = values.map((value) => {
    const key = JSON.stringify(value ?? null);
    const index = indexes.get(key) ?? indexes.size;
    indexes.set(key, index);
    return index;
  });
  const distinct = values.filter((_, index) => at.indexOf(at[index] ?? 0) === index).map((value) => value ?? null);
  return distinct.length === 1 || distinct.length === values.length ? [distinct] : [distinct, at];
}
