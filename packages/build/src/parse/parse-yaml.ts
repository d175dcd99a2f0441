// Reads strict YAML 1.2 with positions: front matter, and files of named schemas. It takes what JSON can hold, and no more.

import { type Document, isMap, isNode, isScalar, type Node, type ParsedNode, parseDocument, visit } from "yaml";
import { explainYaml, suggestForAlias } from "../hints/yaml-habits.js";

// Available in Node, browsers and workers; declared here so that the compiler needs no host's type definitions.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** In bytes. The `yaml` package takes quadratic time in the number of keys: this bounds it to a fraction of a second. */
export const YAML_LIMIT: number = 32 * 1024;
/** The package is recursive, and a stack overflow can crash Node itself. */
const MAX_DEPTH = 64;

/** A mistake in the text, from one offset to another. */
export interface YamlProblem {
  readonly problem: string;
  readonly instead?: string | undefined;
  readonly start: number;
  readonly end: number;
  /** The text to put there, if it is certain what was meant. */
  readonly fix?: string | undefined;
}

export type ParsedYaml =
  | { readonly kind: "parsed"; readonly document: Document.Parsed; readonly data: unknown }
  | { readonly kind: "too-large"; readonly bytes: number }
  /** Without a document if the text was not parsed. */
  | { readonly kind: "broken"; readonly problems: readonly YamlProblem[]; readonly document?: Document.Parsed };

/** @param prepare Called with a map before its values are read. */
export function parseYaml(text: string, prepare: (document: Document.Parsed) => void = () => {}): ParsedYaml {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > YAML_LIMIT) return { kind: "too-large", bytes };

  const tooDeep = findTooDeep(text);
  if (tooDeep !== undefined) {
    const problem = `it is nested more than ${MAX_DEPTH} levels deep`;
    return { kind: "broken", problems: [{ problem, start: tooDeep, end: tooDeep + 1 }] };
  }

  const uniqueKeys = (a: ParsedNode, b: ParsedNode) => keyText(a) === keyText(b);
  const document = parseDocument(text, { version: "1.2", prettyErrors: false, logLevel: "silent", uniqueKeys });
  const errors = findErrors(document, text);
  if (errors.length > 0) return { kind: "broken", problems: errors, document };

  if (isMap(document.contents)) prepare(document);
  const refused = findRefused(document, text);
  if (refused !== undefined) return { kind: "broken", problems: [refused], document };
  // The value as the cache will return it: -0 becomes 0. Everything else that JSON cannot hold was rejected above.
  const data: unknown = JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 0 })));
  return { kind: "parsed", document, data };
}

/** A key as the object has it: `1` and `"1"` are one key, and so are `null`, `~` and an empty text. */
function keyText(key: ParsedNode): string {
  return isScalar(key) ? String(key.value ?? "") : String(key);
}

/**
 * The errors of a text that is not YAML. One mistake often makes the parser report many later lines, so of those whose cause
 * is not recognized only the first is kept.
 */
function findErrors(document: Document.Parsed, text: string): YamlProblem[] {
  const places = new Set<number>();
  return [...document.errors, ...document.warnings].flatMap((error, index) => {
    const explained = explainYaml(text, document, error);
    const [start, end] = error.pos;
    const found = { start, end, ...explained, problem: explained?.problem ?? error.message };
    const isNews = !places.has(found.start) && (explained !== undefined || index === 0);
    places.add(found.start);
    return isNews ? [found] : [];
  });
}

/**
 * The offset at which a text nests too deeply, by its flow brackets and by the indicators at the start of its lines
 * (`- - - x`); indentation cannot, within the size allowed. Brackets in quoted text count too, harmlessly.
 */
function findTooDeep(text: string): number | undefined {
  let depth = 0;
  for (const mark of text.matchAll(/[[\]{}]|^[ ]*(?:[-?:] +)*/gm)) {
    const [found] = mark;
    if (found === "[" || found === "{") depth++;
    else if (found === "]" || found === "}") depth = Math.max(0, depth - 1);
    const indicators = found.length > 1 ? found.replace(/ /g, "").length : 0;
    if (depth > MAX_DEPTH || indicators > MAX_DEPTH) return mark.index;
  }
  return undefined;
}

/** What YAML can say and JSON cannot, or what grows without bounds: aliases, infinities, NaN. */
function findRefused(document: Document.Parsed, text: string): YamlProblem | undefined {
  let refused: YamlProblem | undefined;
  const refuse = (problem: string, node: Node, instead?: string) => {
    const [start, end] = node.range ?? [0, 0];
    refused ??= { problem, instead, start, end };
  };
  visit(document, {
    Alias: (_, node) =>
      refuse("aliases (`*name`) are not supported", node, suggestForAlias(text, node.range?.[0] ?? 0)),
    Scalar: (_, node) => {
      if (typeof node.value !== "number") return;
      if (!Number.isFinite(node.value)) refuse("a number must be finite", node);
      else if (
        Number.isInteger(node.value) &&
        !Number.isSafeInteger(node.value) &&
        /^[-+]?\d+$/.test(node.source ?? "")
      )
        refuse("this number would lose digits: write it in quotes", node);
    },
  });
  return refused;
}

/** The offsets of the value at a path of keys, or of the nearest value above it. */
export function locateValue(document: Document.Parsed, path: readonly string[]): readonly [number, number] {
  for (let length = path.length; length >= 0; length--) {
    const keys = indices(path.slice(0, length));
    const node =
      length === 0 ? document.contents : (document.getIn(keys, true) ?? document.getIn(path.slice(0, length), true));
    if (isNode(node) && node.range) return [node.range[0], node.range[1]];
  }
  return [0, 0];
}

/** The offsets of the key at the end of a path; `undefined` if it is not written. */
export function locateKey(
  document: Document.Parsed,
  path: readonly string[],
): readonly [start: number, end: number] | undefined {
  const parent = document.getIn(indices(path.slice(0, -1)), true) ?? document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1));
  return isScalar(pair?.key) && pair.key.range ? [pair.key.range[0], pair.key.range[1]] : undefined;
}

/** A path in the form that the document expects: list indexes are numbers. */
function indices(path: readonly string[]): (string | number)[] {
  return path.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
}
