// Reads front matter: strict YAML with positions, checked against the schema. Front matter with errors is not used at all.

import { type Diagnostic, diagnose, withFix } from "@cuecard/model";
import { plainCheck } from "@cuecard/runtime";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { type Document, isMap, isScalar, visit } from "yaml";
import { findMisplacedFrontMatter } from "../hints/misplaced-front-matter.js";
import { isObject } from "../schema/json-schema.js";
import type { SourceText } from "../text/source-text.js";
import {
  findUnclearLists,
  type MetadataKeys,
  separateMetadata,
  shadowedKeys,
  toFrontMatter,
} from "./accepted-forms.js";
import { invalidValues, shadowedValues, strayCharacters, unknownKeys } from "./front-matter-diagnostics.js";
import { FRONT_MATTER_KEYS, type FrontMatter, frontMatterSchema } from "./front-matter-schema.js";
import { locateKey, locateValue, type ParsedYaml, parseYaml, YAML_LIMIT } from "./parse-yaml.js";
import type { SplitPrompt } from "./split-front-matter.js";
import { keepWritten } from "./written-values.js";

export interface ParsedFrontMatter {
  readonly data: FrontMatter;
  /** The offsets of the value at a path of keys, or of the nearest value above it. */
  locate(path: readonly string[]): readonly [start: number, end: number];
  /** The offsets of the key at the end of a path; `undefined` if it is not written. */
  locateKey(path: readonly string[]): readonly [start: number, end: number] | undefined;
}

type Parsed = { readonly value: ParsedFrontMatter | undefined; readonly diagnostics: Diagnostic[] };

let validator: ValidateFunction | undefined;

const findIssues = plainCheck(frontMatterSchema);

/** What is wrong with front matter. Ajv is compiled only to explain it: that takes longer than reading a hundred prompts. */
function findErrors(data: unknown): readonly ErrorObject[] {
  if (findIssues(data).length === 0) return [];
  validator ??= new Ajv2020({ allErrors: true, strict: false, verbose: true }).compile(frontMatterSchema);
  return validator(data) ? [] : (validator.errors ?? []);
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
    const parsed = parseYaml(source.text, (document) => keepWritten(document, source.text, this.#metadataKeys));
    if (parsed.kind !== "parsed") return { value: undefined, diagnostics: explainUnparsed(parsed, source) };
    const { document } = parsed;
    const data = parsed.data ?? {};
    const locate = (path: readonly string[]) => locateValue(document, path);
    const stray = [...strayCharacters(document, source), ...cutTexts(document, source)];
    const { own, passed } = isObject(data) ? separateMetadata(data, this.#metadataKeys) : { own: data, passed: {} };
    const unknown = isObject(own) ? unknownKeys(own, this.#metadataKeys, document, source) : [];
    const errors = findErrors(own);
    if (errors.length > 0 || !isObject(own)) {
      const invalid = invalidValues(errors, own, { document, source, locate });
      // The members of a group without a value usually are the unknown keys below it.
      const isSplit = isObject(own) && (own["input"] === null || own["output"] === null);
      return { value: undefined, diagnostics: [...stray, ...invalid, ...(isSplit ? [] : unknown)] };
    }
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
      stray.push(...onlyComments(source));
    const unclear = findUnclearLists(own).map((args) =>
      diagnose("front-matter/unclear-list", { ...args }, source.place(...locate([args.key]))),
    );
    return {
      value: { data: toFrontMatter(own, passed), locate, locateKey: (path) => locateKey(document, path) },
      diagnostics: [...stray, ...unknown, ...unclear, ...shadowedValues(shadowedKeys(own, passed), document, source)],
    };
  }
}

/** Why front matter cannot be read. */
export function explainUnparsed(
  parsed: Exclude<ParsedYaml, { readonly kind: "parsed" }>,
  source: SourceText,
): Diagnostic[] {
  if (parsed.kind === "too-large")
    return [diagnose("front-matter/too-large", { bytes: parsed.bytes, limit: YAML_LIMIT }, source.place(0, 0))];
  return parsed.problems.map(({ problem, instead, start, end, fix }) => {
    const finding = diagnose("front-matter/syntax", { problem, instead }, source.place(start, end));
    return withFix(finding, fix === undefined ? [] : [source.edit(start, end, fix)]);
  });
}

/** `description: Fixes #12`: a comment that begins without a space was probably meant as text. */
function cutTexts(document: Document.Parsed, source: SourceText): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Scalar: (_, { type, value, comment, range }) => {
      if (type !== "PLAIN" || value === null || !range || !comment || /^[\s#!-]/.test(comment)) return;
      const [start, end] = range;
      const at = source.text.indexOf("#", end);
      const rest = `#${comment.split("\n")[0] ?? ""}`;
      const written = JSON.stringify(`${source.text.slice(start, end)} ${rest}`);
      found.push(diagnose("front-matter/cut-text", { rest, written }, source.place(at, at + rest.length)));
    },
  });
  return found;
}

/** Front matter that is text, because it is not at the beginning of its file. */
export function findFrontMatterInText({ frontMatter, template }: SplitPrompt): Diagnostic[] {
  const follows = frontMatter === undefined ? "nothing" : frontMatter.text.trim() === "" ? "empty" : "other";
  return findMisplacedFrontMatter(template, FRONT_MATTER_KEYS, follows);
}

/** What is between the fences of a partial is ignored: it is reported if it is not front matter. */
export function findTextInFences(source: SourceText): Diagnostic[] {
  const parsed = parseYaml(source.text);
  const document = parsed.kind === "too-large" ? undefined : parsed.document;
  if (document === undefined) return [];
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
