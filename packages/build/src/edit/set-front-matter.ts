// Changes the front matter of a prompt's text. Everything else stays byte for byte as it is.

import { type Diagnostic, diagnose, plainText } from "@cuecard/model";
import { deepEqual } from "@cuecard/runtime";
import { parseDocument } from "yaml";
import { FRONT_MATTER_KEYS } from "../parse/front-matter-schema.js";
import { parseYaml } from "../parse/parse-yaml.js";
import { isObject } from "../schema/json-schema.js";
import { asWritten } from "./as-written.js";
import { afterStep, type FieldChange, type Step, stepsOf } from "./changed-data.js";
import { type FrontMatterText, findFrontMatter } from "./find-front-matter.js";
import { addKey, insertItem, removeAt, renameKey, replaceValue, type Yaml } from "./yaml-edits.js";
import { NotEditable, type Splice } from "./yaml-node.js";

export interface SetResult {
  /** `undefined` if the front matter cannot be changed. */
  readonly text: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * @param path The file, for findings.
 * @param text With its byte-order mark and line ends.
 * @param changes Carried out in this order; all or none.
 */
export function setFrontMatter(path: string, text: string, changes: readonly FieldChange[]): SetResult {
  const plain = plainText(text);
  const refused = (...diagnostics: readonly Diagnostic[]) => ({ text: undefined, diagnostics });
  const found = findFrontMatter({ path, text: plain });
  if ("diagnostics" in found) return refused(...found.diagnostics);
  let edited: Edited = { text: found.text, data: found.parsed.data ?? {} };
  for (const change of changes) {
    try {
      edited = applyChange(edited, change);
    } catch (error) {
      if (!(error instanceof NotEditable)) throw error;
      const args = { path: change.path.join("."), problem: error.message };
      return refused(diagnose("edit/invalid-change", args, { file: path }));
    }
  }
  const yaml = edited.text;
  if (yaml === found.text) return { text, diagnostics: [] };
  const changed = withFrontMatter(plain, found, yaml);
  const again = findFrontMatter({ path, text: changed });
  if ("diagnostics" in again || again.text !== yaml) {
    const problem = "a line would begin with ---, which ends the front matter";
    return refused(diagnose("edit/invalid-change", { path: "", problem }, { file: path }));
  }
  return { text: asWritten(changed, text), diagnostics: [] };
}

function withFrontMatter(plain: string, { start, end, isFenced }: FrontMatterText, yaml: string): string {
  const written = isFenced ? yaml : `---\n${yaml}---\n`;
  return plain.slice(0, start) + written + plain.slice(end);
}

/** Front matter without its fences, and the data that it has. */
interface Edited {
  readonly text: string;
  readonly data: unknown;
}

function applyChange(edited: Edited, change: FieldChange): Edited {
  if (change.path.length === 0) throw new NotEditable("the path is empty");
  if (!isObject(edited.data)) throw new NotEditable("the front matter is not a map");
  return stepsOf(edited.data, change).reduce(applyStep, edited);
}

function applyStep({ text, data: before }: Edited, step: Step): Edited {
  const options = { version: "1.2", prettyErrors: false, logLevel: "silent", keepSourceTokens: true } as const;
  const changed = splice(text, editsOf({ text, document: parseDocument(text, options) }, step));
  // YAML has more forms than these edits know. A text that does not say what it should is not used.
  const parsed = parseYaml(changed);
  if (parsed.kind !== "parsed") throw new NotEditable(reasonOf(parsed));
  const data = parsed.data ?? {};
  if (!deepEqual(data, afterStep(before, step)))
    throw new NotEditable("it is written in a way that only text can express");
  return { text: changed, data };
}

function reasonOf(parsed: Exclude<ReturnType<typeof parseYaml>, { readonly kind: "parsed" }>): string {
  if (parsed.kind === "too-large") return `the front matter would have ${parsed.bytes} bytes`;
  return parsed.problems[0]?.problem ?? "it would not be YAML";
}

function editsOf(yaml: Yaml, step: Step): Splice[] {
  const { path } = step;
  switch (step.kind) {
    case "replace":
      return replaceValue(yaml, path, step.value);
    case "add":
      return addKey(yaml, path, step.value, path.length === 1 ? FRONT_MATTER_KEYS : []);
    case "insert":
      return insertItem(yaml, path, step.value);
    case "remove":
      return removeAt(yaml, path);
    case "rename":
      return renameKey(yaml, path, step.name);
  }
}

function splice(text: string, splices: readonly Splice[]): string {
  return [...splices]
    .sort((a, b) => b.from - a.from)
    .reduce((result, { from, to, insert }) => result.slice(0, from) + insert + result.slice(to), text);
}
