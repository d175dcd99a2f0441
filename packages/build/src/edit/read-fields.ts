// The front matter of a prompt's text as a form needs it.

import { type Diagnostic, plainText, type Range } from "@cuecard/model";
import { type InputIssue, plainCheck } from "@cuecard/runtime";
import { isMap, isNode, isScalar, type Pair, visit } from "yaml";
import type { JsonSchema } from "../model.js";
import { frontMatterSchema } from "../parse/front-matter-schema.js";
import { keepWritten } from "../parse/written-values.js";
import { SourceText } from "../text/source-text.js";
import { findFrontMatter } from "./find-front-matter.js";
import { endOf, findProperty } from "./yaml-node.js";

export interface FrontMatterField {
  readonly key: string;
  readonly schema: JsonSchema;
  /** As data; left out if the key is not written. */
  readonly value?: unknown;
  /** Where key and value are, if they are written. */
  readonly range?: Range;
  /** Why a form cannot show it; the text can. */
  readonly textOnly?: string;
}

export interface FrontMatterFields {
  /** In the order in which a form shows them. */
  readonly fields: readonly FrontMatterField[];
  /** Keys that a form leaves to the text. */
  readonly others: readonly { readonly key: string; readonly range: Range }[];
  /** Why the front matter cannot be read: then no field has a value. */
  readonly problem?: Diagnostic;
  /** Where the front matter is, without its fences; left out if there is none. */
  readonly range?: Range;
}

/** In the order of a form. Other keys of front matter are ignored, or belong to other tools. */
const FORM_KEYS = [
  ...["description", "model", "config", "input", "output", "tools", "tags", "examples", "budget"],
  ...["renamed_from", "metadata", "ext", "toolDefs"],
];

const NO_KEYS = { has: () => false, keys: () => [] };

const findIssues = plainCheck(frontMatterSchema);

/** @param path The file, for findings. */
export function readFields(path: string, text: string): FrontMatterFields {
  const file = { path, text: plainText(text) };
  const found = findFrontMatter(file, (document, yaml) => keepWritten(document, yaml, NO_KEYS));
  if ("diagnostics" in found) {
    const [problem] = found.diagnostics;
    return { fields: FORM_KEYS.map((key) => fieldOf(key)), others: [], ...(problem === undefined ? {} : { problem }) };
  }
  const source = new SourceText(path, file.text, found.start, found.end);
  const { document, data } = found.parsed;
  const pairs: readonly Pair[] = isMap(document.contents) ? document.contents.items : [];
  const issues = findIssues(data ?? {});
  const written = new Map(
    pairs.flatMap((pair) => {
      if (!isScalar(pair.key) || !pair.key.range) return [];
      const key = String(pair.key.value ?? "");
      const value = (data as Readonly<Record<string, unknown>>)[key];
      const issue = value === null ? undefined : issues.find(({ keys: [first] }) => first === key);
      const textOnly = findForm(pair, found.text) ?? (issue && describe(issue));
      return [[key, { value, range: source.range(pair.key.range[0], endOf(pair)), textOnly }] as const];
    }),
  );
  return {
    fields: FORM_KEYS.map((key) => fieldOf(key, written.get(key))),
    others: [...written].flatMap(([key, { range }]) => (FORM_KEYS.includes(key) ? [] : [{ key, range }])),
    ...(found.isFenced ? { range: source.range(0, found.text.length) } : {}),
  };
}

interface WrittenField {
  readonly value: unknown;
  readonly range: Range;
  readonly textOnly: string | undefined;
}

function fieldOf(key: string, written?: WrittenField): FrontMatterField {
  const schema = frontMatterSchema.properties[key] ?? {};
  if (written === undefined) return { key, schema };
  const { value, range, textOnly } = written;
  // A key without a value is as good as left out.
  return { key, schema, ...(value === null ? {} : { value }), range, ...(textOnly === undefined ? {} : { textOnly }) };
}

/** A form of YAML that edits of single values would break. */
function findForm({ key, value }: Pair, text: string): string | undefined {
  if (isNode(key) && /\?\s*$/.test(text.slice(0, key.range?.[0]))) return "its key is written with `?`";
  let found: string | undefined;
  if (isNode(value))
    visit(value, {
      Node(_, node) {
        found = findProperty(node) ?? found;
      },
    });
  return found;
}

function describe({ path, expected, actual }: InputIssue): string {
  return `${path} is ${actual}; expected ${expected}`;
}
