// Forms of front matter that other tools read, turned into Cuecard's own: `tools: Read, Write`, `tags: [a, b]`, and what goes
// to `metadata`.

import { yamlEntry } from "../hints/inline-yaml.js";
import { isObject } from "../schema/json-schema.js";
import { FRONT_MATTER_KEYS, type FrontMatter, PASSED_OUTPUT_KEYS } from "./front-matter-schema.js";

type Values = Readonly<Record<string, unknown>>;

/** The front-matter keys of other tools that go to `metadata`: the setting `metadataKeys`, with its presets expanded. */
export interface MetadataKeys {
  has(key: string): boolean;
  keys(): Iterable<string>;
}

/** For readers that need only Cuecard's own keys. */
export const EVERY_KEY: MetadataKeys = { has: () => true, keys: () => [] };

/** Keys that Cuecard accepts and does not use. */
const IGNORED = ["name", "variant", "version"];

/** Keys that Cuecard reads, and that other tools may have with another meaning. */
const PASSED_IF_NAMED = ["model", "budget"];

/** Whether the value of a key can go to `metadata`. */
export function isMetadataKey(key: string, keys: MetadataKeys): boolean {
  const isRead = FRONT_MATTER_KEYS.includes(key) && !PASSED_IF_NAMED.includes(key) && !IGNORED.includes(key);
  return keys.has(key) && !key.includes(".") && !isRead;
}

/**
 * Separates what the setting names from what Cuecard reads. Text under `model` is always the model's name. A key of Cuecard
 * without a value, which templates of other tools have, is as good as left out.
 */
export function separateMetadata(data: Values, keys: MetadataKeys): { readonly own: Values; readonly passed: Values } {
  const isPassed = ([key, value]: [string, unknown]) =>
    isMetadataKey(key, keys) && (key !== "model" || isObject(value) || Array.isArray(value));
  const entries = Object.entries(data);
  return {
    own: Object.fromEntries(entries.filter((entry) => !isPassed(entry)).flatMap(withoutEmpty)),
    passed: Object.fromEntries(entries.filter(isPassed)),
  };
}

function withoutEmpty([key, value]: [string, unknown]): [string, unknown][] {
  // Without a value, these two usually have members that are not indented.
  const isGroup = key === "input" || key === "output";
  if (value === null) return FRONT_MATTER_KEYS.includes(key) && !isGroup ? [] : [[key, value]];
  if (key === "examples" && Array.isArray(value)) return [[key, value.map((example) => present(example, ["input"]))]];
  return [[key, isGroup ? present(value) : value]];
}

/** An object without the members that have no value. */
function present(value: unknown, names?: readonly string[]): unknown {
  if (!isObject(value)) return value;
  const isPresent = ([name, member]: [string, unknown]) => member !== null || names?.includes(name) === false;
  return Object.fromEntries(Object.entries(value).filter(isPresent));
}

/**
 * @param own What fits the front matter's schema.
 * @param passed Values of other tools' keys. Where `metadata` has a key as well, its value counts.
 */
export function toFrontMatter(own: Values, passed: Values): FrontMatter {
  const { tools, tags, output } = own;
  const fields = isObject(output) ? output : {};
  const ofOutput = Object.fromEntries(Object.entries(fields).filter(([key]) => PASSED_OUTPUT_KEYS.includes(key)));
  const metadata = { ...passed, ...(Object.keys(ofOutput).length === 0 ? {} : { output: ofOutput }) };
  return {
    ...own,
    ...(typeof tools === "string" ? { tools: splitList(tools) } : {}),
    ...(typeof tags === "string" || Array.isArray(tags) ? { tags: toTags(tags) } : {}),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata: { ...metadata, ...(own["metadata"] as Values) } }),
  };
}

/** The keys of other tools that `metadata` has as well, so that they are not passed on. */
export function shadowedKeys(own: Values, passed: Values): (readonly string[])[] {
  const { metadata, output } = own;
  if (!isObject(metadata)) return [];
  const shadowed = Object.keys(passed).flatMap((key) => (Object.hasOwn(metadata, key) ? [[key]] : []));
  const ofOutput = PASSED_OUTPUT_KEYS.filter((key) => isObject(output) && Object.hasOwn(output, key));
  return Object.hasOwn(metadata, "output") ? [...shadowed, ...ofOutput.map((key) => ["output", key])] : shadowed;
}

/** `[a, b]` → `{ a: "true", b: "true" }`. */
function toTags(tags: string | readonly unknown[]): Readonly<Record<string, string>> {
  const names = typeof tags === "string" ? splitList(tags) : tags.map(String);
  return Object.fromEntries(names.map((name) => [name, "true"]));
}

/** A list that is written as a text, and what in it is not read as it looks. */
export interface UnclearList {
  readonly key: string;
  readonly problem: string;
  readonly instead: string;
}

export function findUnclearLists(own: Values): UnclearList[] {
  return ["tools", "tags"].flatMap((key) => {
    const text = own[key];
    if (typeof text !== "string") return [];
    const items = splitList(text);
    const quoted = items.find((item) => /^["'`]/.test(item));
    if (quoted !== undefined) {
      const plain = items.map((item) => item.replace(/^["'`]|["'`]$/g, ""));
      return [
        { key, problem: `has an item with quotes as part of it: ${quoted}`, instead: `write ${yamlEntry(key, plain)}` },
      ];
    }
    if (isBalanced(text)) return [];
    const instead = `complete the brackets, or write a list: ${yamlEntry(key, text.split(/\s*,\s*/))}`;
    return [{ key, problem: "has a bracket without its other half", instead }];
  });
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** `Read, Bash(git add:*, git commit:*)` has two items: commas in brackets do not separate. */
function splitList(text: string): string[] {
  const items = [""];
  let depth = 0;
  for (const character of text) {
    if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    if (character === "," && depth <= 0) items.push("");
    else items.push((items.pop() ?? "") + character);
  }
  return items.map((item) => item.trim()).filter((item) => item !== "");
}
