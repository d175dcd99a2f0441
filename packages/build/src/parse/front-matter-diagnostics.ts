// The diagnostics of front matter that is not valid YAML, has values of the wrong kind, or has unknown keys.

import { type Diagnostic, diagnose, presetsWith } from "@cuecard/model";
import { nearest, pointerKeys } from "@cuecard/runtime";
import type { ErrorObject } from "ajv/dist/2020.js";
import { type Document, isNode, isScalar, visit } from "yaml";
import { suggestForKey, suggestForMember } from "../hints/front-matter-keys.js";
import { suggestForValue } from "../hints/front-matter-values.js";
import { findStrayInName, findStrayQuotes, type Stray } from "../hints/stray-characters.js";
import { suggestForLine } from "../hints/yaml-habits.js";
import { describeSchemaError } from "../schema/describe-schema-error.js";
import { isObject } from "../schema/json-schema.js";
import type { SourceText } from "../text/source-text.js";
import type { MetadataKeys } from "./accepted-forms.js";
import { FRONT_MATTER_KEYS } from "./front-matter-schema.js";
import { locateKey } from "./parse-yaml.js";

interface Parsed {
  readonly document: Document.Parsed;
  readonly source: SourceText;
  /** The offsets of the value at a path of keys. */
  readonly locate: (path: readonly string[]) => readonly [start: number, end: number];
}

/** What is not as the schema wants it, by the validator's errors. */
export function invalidValues(errors: readonly ErrorObject[], data: unknown, parsed: Parsed): Diagnostic[] {
  const { document, source, locate } = parsed;
  const firstLine = source.text.split("\n").find((line) => line.trim() !== "") ?? "";
  const keyed = isObject(data) ? undefined : suggestForLine(firstLine);
  return errors.map((error) => {
    const path = pointerKeys(error.instancePath);
    const args = { path: path.join("."), problem: describeSchemaError(error) };
    if (error.keyword !== "additionalProperties") {
      const instead = keyed ?? suggestForValue(path, error.data);
      const place = source.place(...locate(path));
      return diagnose("front-matter/invalid", { ...args, nearest: undefined, instead }, place);
    }
    const extra = String(error.params["additionalProperty"]);
    const allowed = Object.keys((error.parentSchema?.["properties"] ?? {}) as object);
    const unknown = Object.entries(error.data as object).filter(([key]) => !allowed.includes(key));
    const instead = suggestForMember(path, extra, Object.fromEntries(unknown));
    const hint = { nearest: nearest(extra, allowed), instead };
    return diagnose(
      "front-matter/invalid",
      { ...args, ...hint },
      source.place(...(locateKey(document, [...path, extra]) ?? NOWHERE)),
    );
  });
}

/** Where values are the author's own data, and quotes may be meant. */
const OWN_DATA = ["examples", "metadata", "ext"];

/** Characters that look like others, or like nothing, in keys and around values. */
export function strayCharacters(document: Document.Parsed, source: SourceText): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (node: unknown, stray: Stray | undefined, isKey: boolean) => {
    if (stray === undefined || !isNode(node) || !node.range) return;
    const { character, name, instead } = stray;
    const at = node.range[0] + stray.at;
    const args = { character, name, isKey, instead };
    diagnostics.push(diagnose("front-matter/stray-character", args, source.place(at, at + 1)));
  };
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key)) return undefined;
      const name = String(key.value);
      if (key.type === "PLAIN") report(key, findStrayInName(name), true);
      if (OWN_DATA.includes(name)) return visit.SKIP;
      if (isScalar(value) && value.type === "PLAIN") report(value, findStrayQuotes(String(value.value)), false);
      return undefined;
    },
  });
  return diagnostics;
}

export function unknownKeys(
  data: Readonly<Record<string, unknown>>,
  metadataKeys: MetadataKeys,
  document: Document.Parsed,
  source: SourceText,
): Diagnostic[] {
  const unknown = Object.entries(data).filter(([key]) => !FRONT_MATTER_KEYS.includes(key) && !key.includes("."));
  // Tools share keys: a file with several is most likely read by the tool that has most of them.
  const owners = unknown.flatMap(([key]) => presetsWith(key));
  const count = (preset: string) => owners.filter((owner) => owner === preset).length;
  return unknown.map(([key, value]) => {
    const all = presetsWith(key);
    const most = Math.max(...all.map(count));
    const presets = all.filter((preset) => count(preset) === most);
    const near = presets.length === 0 ? nearest(key, [...FRONT_MATTER_KEYS, ...metadataKeys.keys()]) : undefined;
    const args = { key, nearest: near, instead: suggestForKey(key, value), presets };
    return diagnose("front-matter/unknown-key", args, source.place(...(locateKey(document, [key]) ?? NOWHERE)));
  });
}

/** @param paths Keys of other tools that `metadata` has as well. */
export function shadowedValues(
  paths: readonly (readonly string[])[],
  document: Document.Parsed,
  source: SourceText,
): Diagnostic[] {
  return paths.map((path) => {
    const place = source.place(...(locateKey(document, path) ?? NOWHERE));
    return diagnose("front-matter/shadowed-key", { key: path.join("."), member: path[0] ?? "" }, place);
  });
}

const NOWHERE = [0, 0] as const;
