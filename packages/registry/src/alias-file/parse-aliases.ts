// Parses aliases.json into pointers with their places. resolve-aliases.ts checks whether the targets exist.

import {
  ALIASES_FILE,
  aliasNameProblem,
  type Diagnostic,
  diagnose,
  type JsonNode,
  type LineIndex,
  parseJsonDocument,
  parseVersionNumber,
  type Range,
  type SplitArm,
  type StoredTarget,
  type Subject,
} from "@cuecard/model";
import { hasExactSum, isWeight } from "@cuecard/runtime";
import { findConflictMarker } from "../disk/conflict-markers.js";

export { ALIASES_FILE };

/** The pointers of one prompt. */
export interface PromptPointers {
  readonly name: string;
  /** The place of the prompt's name. */
  readonly range: Range;
  readonly pointers: readonly Pointer[];
}

export interface Pointer {
  readonly alias: string;
  readonly target: StoredTarget;
  /** The place of the target. */
  readonly range: Range;
  /** The place of each version; in a split, that of the arm's key. */
  readonly versions: readonly { readonly version: number; readonly range: Range }[];
}

export interface ParsedAliases {
  readonly prompts: readonly PromptPointers[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The entry of a prompt in the file. */
export interface AliasEntryText extends PromptPointers {
  /** The names of its aliases, also of those with a mistake. */
  readonly keys: readonly string[];
}

export interface ParsedAliasFile extends ParsedAliases {
  readonly prompts: readonly AliasEntryText[];
}

/**
 * Parses aliases.json. Each mistake is a diagnostic of its own, and the pointer with the mistake is skipped. Never
 * throws.
 */
export function parseAliases(text: string): ParsedAliasFile {
  const conflict = findConflictMarker(text);
  if (conflict !== undefined)
    return {
      prompts: [],
      diagnostics: [diagnose("alias/conflict-markers", {}, { file: ALIASES_FILE, range: conflict })],
    };
  const { root, lines, diagnostics } = parseJsonDocument(text, ALIASES_FILE);
  if (root === undefined) return { prompts: [], diagnostics };
  const reader = new AliasReader(lines);
  return { prompts: reader.readRoot(root), diagnostics: reader.diagnostics };
}

type PointerName = { readonly name: string; readonly alias: string };
type Problem = { readonly node: JsonNode; readonly problem: string };

class AliasReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #lines: LineIndex;

  constructor(lines: LineIndex) {
    this.#lines = lines;
  }

  readRoot(root: JsonNode): AliasEntryText[] {
    if (root.type !== "object") {
      this.#reportEntry(root, "aliases.json must be an object with one key per prompt");
      return [];
    }
    const prompts: AliasEntryText[] = [];
    for (const [key, value] of properties(root)) {
      const name = String(key.value);
      if (name === "$schema") continue;
      if (value.type === "object") {
        const keys = [...properties(value)].map(([alias]) => String(alias.value));
        prompts.push({ name, range: this.#range(key), keys, pointers: this.#readPointers(name, value) });
      } else
        this.#reportEntry(value, `"${name}" must be an object of aliases, such as { "production": "v1" }`, { name });
    }
    return prompts;
  }

  #readPointers(name: string, node: JsonNode): Pointer[] {
    const pointers: Pointer[] = [];
    for (const [key, value] of properties(node)) {
      const alias = String(key.value);
      const subject = { name, alias };
      const problem = aliasNameProblem(alias);
      if (problem !== undefined) {
        const place = { file: ALIASES_FILE, range: this.#range(key) };
        this.diagnostics.push(diagnose("alias/invalid-name", { alias, problem }, place, subject));
        continue;
      }
      const pointer = value.type === "object" ? this.#readSplit(subject, value) : this.#readSingle(subject, value);
      if (pointer !== undefined) pointers.push(pointer);
    }
    return pointers;
  }

  #readSingle(subject: PointerName, node: JsonNode): Pointer | undefined {
    const { alias } = subject;
    const range = this.#range(node);
    const { value } = node;
    if (value === "working" || value === "latest") return { alias, range, target: { kind: value }, versions: [] };
    const version = typeof value === "string" ? parseVersionNumber(value) : undefined;
    if (version !== undefined)
      return { alias, range, target: { kind: "version", version }, versions: [{ version, range }] };
    this.#reportTarget(subject, [{ node, problem: explainTarget(node) }]);
    return undefined;
  }

  #readSplit(subject: PointerName, node: JsonNode): Pointer | undefined {
    const arms: (SplitArm & { range: Range })[] = [];
    const problems: Problem[] = [];
    for (const [key, value] of properties(node)) {
      const version = parseVersionNumber(String(key.value));
      if (version === undefined) problems.push({ node: key, problem: explainTarget(key) });
      else if (!isWeight(value.value))
        problems.push({ node: value, problem: `the weight of v${version} must be a positive integer` });
      else arms.push({ version, weight: value.value, range: this.#range(key) });
    }
    arms.sort((a, b) => a.version - b.version);
    if (arms.length === 0 && problems.length === 0) problems.push({ node, problem: "it has no weights" });
    if (!hasExactSum(arms)) problems.push({ node, problem: "the weights add up to more than 2^53" });
    this.#reportTarget(subject, problems);
    if (problems.length > 0) return undefined;
    return {
      alias: subject.alias,
      range: this.#range(node),
      target: { kind: "split", arms: arms.map(({ version, weight }) => ({ version, weight })) },
      versions: arms,
    };
  }

  #reportTarget(subject: PointerName, problems: readonly Problem[]): void {
    for (const { node, problem } of problems) {
      const place = { file: ALIASES_FILE, range: this.#range(node) };
      this.diagnostics.push(diagnose("alias/invalid-target", { alias: subject.alias, problem }, place, subject));
    }
  }

  #reportEntry(node: JsonNode, problem: string, subject?: Subject): void {
    const place = { file: ALIASES_FILE, range: this.#range(node) };
    this.diagnostics.push(diagnose("alias/invalid-entry", { problem }, place, subject));
  }

  #range(node: JsonNode): Range {
    return this.#lines.range(node.offset, node.offset + node.length);
  }
}

/** Why a value, or a key of a split, is not a version, with a suggestion if possible. */
function explainTarget(node: JsonNode): string {
  const written = JSON.stringify(node.value) ?? node.type;
  const digits = /^[vV]?0*([1-9]\d{0,8})$/.exec(String(node.value))?.[1];
  if (digits !== undefined) return `${written} is not a valid version; write "v${digits}"`;
  if (node.type !== "array" && (node.value === "latest" || node.value === "working"))
    return `a split can only contain versions, not ${written}`;
  if (node.type === "string" || node.type === "property") return `${written} is not a valid version`;
  return node.type === "array" ? "it is an array" : `${written} is not a valid version`;
}

function* properties(node: JsonNode): Generator<[key: JsonNode, value: JsonNode]> {
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key !== undefined && value !== undefined) yield [key, value];
  }
}
