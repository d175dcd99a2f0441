// Versions in their compact form: the data of all versions of a prompt in one JSON text, and functions that render, which versions
// with the same structure share. A version is made when it is first asked for. Nothing is evaluated: what is in the JSON text
// only ever becomes a string, or a prompt's metadata.

import type { JsonSchema } from "./json-schema.js";
import { type References, Split, versionOf } from "./load.js";
import { atAlias, type CreateMetadata } from "./prompt.js";
import { isArray } from "./safe-members.js";
import { normalizeRef, promptUri } from "./uri.js";

/** A member of every version: its distinct values, and the index of each version's. Without the indexes, the versions have them in order, or all have the only one. */
type Column<T> = readonly [values: readonly T[], indexes?: readonly number[]];

/** A text, or runs of lines: the first of each in the list of all lines, and how many. */
type PackedText = string | readonly number[];

/** What the compiler writes (build/src/emit/pack.ts). A member that a version does not have is null. */
interface Pack {
  readonly name: string;
  readonly versions: readonly (number | "working")[];
  /** Every line that several texts may share, once. */
  readonly lines: readonly string[];
  /** The prompt's metadata, in the order of the members of a prompt. */
  readonly members: Readonly<Record<string, Column<unknown>>>;
  readonly template: Column<PackedText>;
  readonly inputSchema: Column<JsonSchema>;
  readonly outputSchema: Column<JsonSchema | null>;
  /** Which of the functions makes the version. */
  readonly make: Column<number>;
  /** The texts that the function gets. */
  readonly texts: readonly Column<PackedText | null>[];
  /** An alias gives a version by its index here, a weighted alias several with their weights. */
  readonly aliases: readonly (readonly [
    alias: string,
    target: number | readonly (readonly [index: number, weight: number])[],
  ])[];
}

/** Makes a version from its texts. */
type MakeVersion = (createMetadata: CreateMetadata, texts: readonly string[]) => object;

/** Reads the compact form of a prompt. Each reference gives a function that makes its prompt: see {@link versionOf}. */
export function unpack(json: string, makers: readonly MakeVersion[]): References {
  const pack: Pack = JSON.parse(json);
  const references: Record<string, object> = Object.create(null);
  const refs = pack.versions.map(normalizeRef);
  const versionAt = (index: number): object => versionOf(references, refs[index] as string) as object;
  for (const [index, ref] of refs.entries()) references[ref] = () => makeVersion(pack, index, makers);
  for (const [alias, target] of pack.aliases)
    references[alias] = () =>
      typeof target === "number"
        ? atAlias(versionAt(target), alias)
        : new Split(
            `${pack.name}:${alias}`,
            target.map(([index, weight]) => ({ weight, value: versionAt(index) })),
          );
  return references;
}

/** The same references, with all prompts made. */
export function unpackAll(references: References): References {
  for (const ref in references) versionOf(references, ref);
  return references;
}

function makeVersion(pack: Pack, index: number, makers: readonly MakeVersion[]): object {
  const at = <T>([values, indexes]: Column<T>): T => values[indexes?.[index] ?? (values.length > 1 ? index : 0)] as T;
  const textOf = (text: PackedText): string => (typeof text === "string" ? text : joinRuns(text, pack.lines));
  const name = pack.name;
  const version = pack.versions[index] as number | "working";
  const template = textOf(at(pack.template));
  const createMetadata = () => {
    // Without a prototype: members are set, whatever was added to Object.prototype.
    const members: Record<string, unknown> = Object.create(null);
    for (const [member, column] of Object.entries(pack.members)) {
      const value = at(column);
      if (value !== null) members[member] = value;
    }
    const facts = { name, version, uri: promptUri(name, version), ...members, template };
    const [input, output] = [at(pack.inputSchema), at(pack.outputSchema)];
    return output === null
      ? {
          ...facts,
          get inputSchema() {
            return copyOf(input);
          },
        }
      : {
          ...facts,
          get inputSchema() {
            return copyOf(input);
          },
          get outputSchema() {
            return copyOf(output);
          },
        };
  };
  const texts = pack.texts.map((column) => textOf(at(column) ?? ""));
  return (makers[at(pack.make)] as MakeVersion)(createMetadata, texts);
}

function joinRuns(runs: readonly number[], lines: readonly string[]): string {
  const all: string[] = [];
  for (let run = 0; run < runs.length; run += 2) {
    const first = runs[run] as number;
    all.push(...lines.slice(first, first + (runs[run + 1] as number)));
  }
  return all.join("\n");
}

/** JSON data as new objects and lists: what a caller does to them concerns no one else. */
function copyOf<T>(value: T): T {
  if (isArray(value)) return value.map(copyOf) as T;
  return typeof value === "object" && value !== null
    ? (Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyOf(member)])) as T)
    : value;
}
