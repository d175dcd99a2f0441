// Reads front matter: strict YAML 1.2 with positions, checked against the schema. Front matter with errors is not used
// at all.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { type Document, isMap, isNode, isScalar, type Node, parseDocument, visit } from "yaml";
import { suggestForAlias } from "../hints/yaml-habits.js";
import { isObject } from "../schema/json-schema.js";
import type { SourceText } from "../text/source-text.js";
import { type MetadataKeys, separateMetadata, shadowedKeys, toFrontMatter } from "./accepted-forms.js";
import {
  indices,
  invalidValues,
  locateKey,
  shadowedValues,
  strayCharacters,
  unknownKeys,
  yamlErrors,
} from "./front-matter-diagnostics.js";
import { type FrontMatter, frontMatterSchema } from "./front-matter-schema.js";
import { keepWritten } from "./written-values.js";

// Available in Node, browsers and workers; declared here so that the compiler needs no host's type definitions.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

/** The `yaml` package takes quadratic time in the number of keys: 32 kB bounds it to a fraction of a second. */
const MAX_BYTES = 32 * 1024;
/** The package is recursive, and a stack overflow can crash Node itself. */
const MAX_DEPTH = 64;

export interface ParsedFrontMatter {
  readonly data: FrontMatter;
  /** The offsets of the value at a path of keys, or of the nearest value above it. */
  locate(path: readonly string[]): readonly [start: number, end: number];
  /** The offsets of the key at the end of a path; `undefined` if it is not written. */
  locateKey(path: readonly string[]): readonly [start: number, end: number] | undefined;
}

type Parsed = { readonly value: ParsedFrontMatter | undefined; readonly diagnostics: Diagnostic[] };

export const FRONT_MATTER_KEYS: readonly string[] = Object.keys(frontMatterSchema.properties);

let validator: ValidateFunction | undefined;

/** Compiled when it is first needed, and once in a process: that takes longer than reading a prompt. */
function frontMatterValidator(): ValidateFunction {
  validator ??= new Ajv2020({ allErrors: true, strict: false, verbose: true }).compile(frontMatterSchema);
  return validator;
}

/** Reads front matter; equal texts are read once (released versions repeat theirs). */
export class FrontMatterReader {
  readonly #clean = new Map<string, ParsedFrontMatter>();
  readonly #metadataKeys: MetadataKeys;

  constructor(metadataKeys: MetadataKeys) {
    this.#metadataKeys = metadataKeys;
  }

  read(source: SourceText): Parsed {
    const known = this.#clean.get(source.text);
    if (known !== undefined) return { value: known, diagnostics: [] };
    const parsed = this.#parse(source);
    if (parsed.value !== undefined && parsed.diagnostics.length === 0) this.#clean.set(source.text, parsed.value);
    return parsed;
  }

  #parse(source: SourceText): Parsed {
    const bytes = new TextEncoder().encode(source.text).length;
    if (bytes > MAX_BYTES)
      return failed(diagnose("front-matter/too-large", { bytes, limit: MAX_BYTES }, source.place(0, 0)));

    const tooDeep = findTooDeep(source.text);
    if (tooDeep !== undefined) {
      const problem = `it is nested more than ${MAX_DEPTH} levels deep`;
      return failed(diagnose("front-matter/syntax", { problem }, source.place(tooDeep, tooDeep + 1)));
    }

    const document = parseDocument(source.text, { version: "1.2", prettyErrors: false, logLevel: "silent" });
    const broken = yamlErrors(document, source);
    if (broken.length > 0) return { value: undefined, diagnostics: broken };

    if (isMap(document.contents)) keepWritten(document, source.text, this.#metadataKeys);
    const refused = findRefused(document, source.text);
    if (refused !== undefined) {
      const { problem, instead, range } = refused;
      return failed(diagnose("front-matter/syntax", { problem, instead }, source.place(...range)));
    }
    // The value as the cache will return it: -0 becomes 0. Everything else that JSON cannot hold was rejected above.
    const data: unknown = JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 0 }) ?? {}));

    const locate = (path: readonly string[]) => locateValue(document, path);
    const validate = frontMatterValidator();
    const stray = strayCharacters(document, source);
    const { own, passed } = isObject(data) ? separateMetadata(data, this.#metadataKeys) : { own: data, passed: {} };
    if (!validate(own) || !isObject(own)) {
      const invalid = invalidValues(validate.errors ?? [], own, { document, source, locate });
      return { value: undefined, diagnostics: [...stray, ...invalid] };
    }
    const unknown = unknownKeys(own, this.#metadataKeys, document, source);
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
      stray.push(...onlyComments(source));
    return {
      value: { data: toFrontMatter(own, passed), locate, locateKey: (path) => locateKey(document, path) },
      diagnostics: [...stray, ...unknown, ...shadowedValues(shadowedKeys(own, passed), document, source)],
    };
  }
}

/** What is between the fences of a partial is ignored: it is reported if it is not front matter. */
export function findTextInFences(source: SourceText): Diagnostic[] {
  if (source.text.length > MAX_BYTES || findTooDeep(source.text) !== undefined) return [];
  const document = parseDocument(source.text, { version: "1.2", prettyErrors: false, logLevel: "silent" });
  if (document.errors.length === 0 && document.contents === null) return onlyComments(source);
  const isFrontMatter =
    isMap(document.contents) &&
    document.contents.items.some(({ key }) => isScalar(key) && FRONT_MATTER_KEYS.includes(String(key.value)));
  const line = isFrontMatter ? null : /^[ \t]*[^\s#].*$/m.exec(source.text);
  if (line === null) return [];
  const { index, 0: text } = line;
  return [diagnose("front-matter/partial-text", { line: text.trim() }, source.place(index, index + text.length))];
}

/** Between two rules, a heading of Markdown is a comment of YAML: it would vanish. */
function onlyComments(source: SourceText): Diagnostic[] {
  const heading = /^[ \t]*#+[ \t]*[^\s#!].*$/m.exec(source.text);
  if (heading === null || /copyright|licen[sc]e|SPDX/i.test(source.text)) return [];
  const { index, 0: line } = heading;
  const place = source.place(index, index + line.length);
  return [diagnose("front-matter/only-comments", { line: line.trim() }, place)];
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

interface Refused {
  readonly problem: string;
  readonly instead: string | undefined;
  readonly range: readonly [number, number];
}

/** What YAML can say and JSON cannot, or what grows without bounds: aliases, infinities, NaN. */
function findRefused(document: Document.Parsed, text: string): Refused | undefined {
  let refused: Refused | undefined;
  const refuse = (problem: string, node: Node, instead?: string) => {
    refused ??= { problem, instead, range: node.range ? [node.range[0], node.range[1]] : [0, 0] };
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

function failed(diagnostic: Diagnostic): Parsed {
  return { value: undefined, diagnostics: [diagnostic] };
}

function locateValue(document: Document.Parsed, path: readonly string[]): readonly [number, number] {
  for (let length = path.length; length >= 0; length--) {
    const keys = indices(path.slice(0, length));
    const node =
      length === 0 ? document.contents : (document.getIn(keys, true) ?? document.getIn(path.slice(0, length), true));
    if (isNode(node) && node.range) return [node.range[0], node.range[1]];
  }
  return [0, 0];
}
