// Reads front matter: strict YAML 1.2 with positions, checked against the schema. Front matter with errors is not used
// at all.

import { type Diagnostic, diagnose } from "@cuecard/model";
import { nearest, pointerKeys } from "@cuecard/runtime";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { type Document, isMap, isNode, isPair, isScalar, type Node, parseDocument, visit } from "yaml";
import { describeSchemaError } from "../schema/describe-schema-error.js";
import type { SourceText } from "../text/source-text.js";
import { type FrontMatter, frontMatterSchema } from "./front-matter-schema.js";

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
}

type Parsed = { readonly value: ParsedFrontMatter | undefined; readonly diagnostics: Diagnostic[] };

let validator: ValidateFunction | undefined;

/** Compiled when it is first needed, and once in a process: that takes longer than reading a prompt. */
function frontMatterValidator(): ValidateFunction {
  validator ??= new Ajv2020({ allErrors: true, strict: false, verbose: true }).compile(frontMatterSchema);
  return validator;
}

/** Reads front matter; equal texts are read once (released versions repeat theirs). */
export class FrontMatterReader {
  readonly #clean = new Map<string, ParsedFrontMatter>();

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
    const reports = [...document.errors, ...document.warnings];
    const problems = reports
      // The package reports some mistakes twice, in other words.
      .filter(({ pos: [start] }, index) => reports.findIndex(({ pos }) => pos[0] === start) === index)
      .map((problem) => diagnose("front-matter/syntax", { problem: problem.message }, source.place(...problem.pos)));
    if (problems.length > 0) return { value: undefined, diagnostics: problems };

    const refused = findRefused(document);
    if (refused !== undefined)
      return failed(diagnose("front-matter/syntax", { problem: refused.problem }, source.place(...refused.range)));
    // The value as the cache will return it: -0 becomes 0. Everything else that JSON cannot hold was rejected above.
    const data: unknown = JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 0 }) ?? {}));

    const locate = (path: readonly string[]) => locateValue(document, path);
    const validate = frontMatterValidator();
    if (!validate(data)) return { value: undefined, diagnostics: invalid(validate.errors, document, source, locate) };
    const frontMatter = data as FrontMatter;
    return {
      value: { data: frontMatter, locate },
      diagnostics: unknownKeys(frontMatter, document, source),
    };
  }
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
function findRefused(document: Document.Parsed): { problem: string; range: readonly [number, number] } | undefined {
  let refused: { problem: string; range: readonly [number, number] } | undefined;
  const refuse = (problem: string, node: Node) => {
    refused ??= { problem, range: node.range ? [node.range[0], node.range[1]] : [0, 0] };
  };
  visit(document, {
    Alias: (_, node) => refuse("aliases (`*name`) are not supported", node),
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

function invalid(
  errors: readonly ErrorObject[] | null | undefined,
  document: Document.Parsed,
  source: SourceText,
  locate: ParsedFrontMatter["locate"],
): Diagnostic[] {
  return (errors ?? []).map((error) => {
    const path = pointerKeys(error.instancePath);
    const problem = describeSchemaError(error);
    if (error.keyword !== "additionalProperties")
      return diagnose(
        "front-matter/invalid",
        { path: path.join("."), problem, nearest: undefined },
        source.place(...locate(path)),
      );
    const extra = String(error.params["additionalProperty"]);
    const allowed = Object.keys((error.parentSchema?.["properties"] ?? {}) as object);
    const args = { path: path.join("."), problem, nearest: nearest(extra, allowed) };
    return diagnose("front-matter/invalid", args, source.place(...locateKey(document, [...path, extra])));
  });
}

function unknownKeys(data: FrontMatter, document: Document.Parsed, source: SourceText): Diagnostic[] {
  const known = Object.keys(frontMatterSchema.properties);
  return Object.keys(data)
    .filter((key) => !known.includes(key) && !key.includes("."))
    .map((key) => {
      const place = source.place(...locateKey(document, [key]));
      return diagnose("front-matter/unknown-key", { key, nearest: nearest(key, known) }, place);
    });
}

function locateKey(document: Document.Parsed, path: readonly string[]): readonly [number, number] {
  const key = path.at(-1);
  const map = path.length === 1 ? document.contents : document.getIn(indices(path.slice(0, -1)), true);
  const items: readonly unknown[] = isMap(map) ? map.items : [];
  const pair = items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
  const node = isPair(pair) ? pair.key : undefined;
  return isNode(node) && node.range ? [node.range[0], node.range[1]] : [0, 0];
}

/** A path in the form that the document expects: list indexes are numbers. */
function indices(path: readonly string[]): (string | number)[] {
  return path.map((key) => (/^\d+$/.test(key) ? Number(key) : key));
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
