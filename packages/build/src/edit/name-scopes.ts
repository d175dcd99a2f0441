// What names mean inside the blocks of a template, by its tags alone: while it is typed, a template rarely parses.

import { isBlockHelper, isHook, isInlineHelper } from "../language/language.js";
import { scanTags } from "../language/scan-tags.js";
import type { KnownVariable } from "./known-variables.js";

/** Where the names of a block count: from one offset to another. */
export interface NameScope {
  readonly from: number;
  readonly to: number;
  readonly variables: readonly KnownVariable[];
}

interface Block {
  readonly name: string;
  /** Behind its opening tag. */
  readonly from: number;
  /** What names mean in it; `undefined` if that is as outside. */
  readonly own: readonly KnownVariable[] | undefined;
  /** What they mean outside. */
  readonly outer: readonly KnownVariable[];
}

type Value = Omit<KnownVariable, "name">;

const OPENING = /^#[*>]?\s*(\S+)\s*(.*)$/s;
const PARAMETERS = /\s+as\s+\|([^|]*)\|\s*$/;
const PATH = /^(?:(?:\.\.\/)*|@root\.|this\.|\.\/)[\w$.[\]-]*$/;
const INDEXES: readonly KnownVariable[] = [
  { name: "@index", type: "number", description: "Which item it is, from 0" },
  { name: "@first", type: "boolean" },
  { name: "@last", type: "boolean" },
  { name: "@key", type: "string", description: "The name of a member, if an object is looped over" },
];

/** @param from Where the template begins. */
export function findScopes(text: string, from: number, variables: readonly KnownVariable[]): NameScope[] {
  const scopes: { from: number; to: number; variables: readonly KnownVariable[] }[] = [];
  const open: Block[] = [];
  const inner = () => open.at(-1)?.own ?? open.at(-1)?.outer ?? variables;
  const begin = (block: Block) => {
    open.push(block);
    if (block.own !== undefined) scopes.push({ from: block.from, to: text.length, variables: block.own });
  };
  const end = (at: number) => {
    const block = open.pop();
    const scope = block?.own && scopes.findLast((one) => one.from === block.from);
    if (scope) scope.to = at;
    return block;
  };
  for (const { kind, start, end: behind, inside } of scanTags(withoutBegun(text), from)) {
    if (kind !== "tag" || behind === undefined) continue;
    const opening = OPENING.exec(inside);
    if (opening !== null) {
      const [, name = "", rest = ""] = opening;
      begin({
        name,
        from: behind,
        own: contextOf(name, rest, { names: inner(), variables, depth: open.length }),
        outer: inner(),
      });
    } else if (inside.startsWith("/")) {
      // What is never closed ends with the block around it.
      const name = inside.slice(1).trim();
      if (open.some((block) => block.name === name)) while (end(start)?.name !== name);
    } else if (/^(?:else\b|\^)/.test(inside)) {
      const block = end(start);
      if (block !== undefined) begin({ ...block, from: behind, own: undefined });
    }
  }
  return scopes;
}

/** A tag that was begun right before another: its braces and those of the other would be four, which mean something else. */
function withoutBegun(text: string): string {
  return text.replaceAll(/\{\{(?=\{\{[#/^>][^{}]*\}\}(?!\}))/g, "  ");
}

interface Around {
  readonly names: readonly KnownVariable[];
  /** At the top. */
  readonly variables: readonly KnownVariable[];
  readonly depth: number;
}

/** What names mean in a block; `undefined` if that is as outside. */
function contextOf(name: string, written: string, around: Around): readonly KnownVariable[] | undefined {
  const parameters = PARAMETERS.exec(written)?.[1]?.trim().split(/\s+/) ?? [];
  const path = written.replace(PARAMETERS, "").trim();
  if (name !== "each" && name !== "with") return undefined;
  const value = PATH.test(path) ? find(path, around) : undefined;
  const one: Value = (name === "each" ? value?.items : value) ?? { type: "any" };
  const [first, second] = parameters;
  return [
    ...(first === undefined ? [] : [{ ...one, name: first }]),
    ...(second === undefined ? [] : [{ name: second, type: name === "each" ? "number" : "any" }]),
    ...(one.members ?? []),
    { ...one, name: "this" },
    ...(name === "each" ? INDEXES : []),
    ...around.names
      .filter((known) => !/^(?:@|this$)/.test(known.name))
      .map((known) => ({ ...known, name: `../${known.name}` })),
    { name: "@root", type: "object", members: around.variables },
  ];
}

function find(path: string, { names, variables }: Around): Value | undefined {
  const plain = path.replace(/^\.\//, "").replaceAll(/\[([^\]]*)\]/g, "$1");
  const up = names.find(({ name }) => plain === name);
  if (up !== undefined) return up;
  const [top, keys] = plain.startsWith("@root.") ? [variables, plain.slice(6)] : [names, plain.replace(/^this\./, "")];
  // `../a.b`: the first name has dots of its own.
  const above = /^(?:\.\.\/)*/.exec(keys)?.[0] ?? "";
  const [first = "", ...rest] = keys.slice(above.length).split(".");
  let value: Value | undefined = top.find(({ name }) => name === above + first);
  for (const key of rest)
    value = value?.members?.find(({ name }) => name === key) ?? (/^\d+$/.test(key) ? value?.items : undefined);
  return value;
}

/** The variables that tags at the top of a template use, if nothing declares them. */
export function findUsedNames(text: string, from: number): KnownVariable[] {
  const scopes = findScopes(text, from, []);
  const found = new Map<string, KnownVariable>();
  for (const { kind, start, end, inside } of scanTags(withoutBegun(text), from)) {
    if (kind !== "tag" || end === undefined || scopes.some((scope) => scope.from <= start && start < scope.to))
      continue;
    if (/^[>/!&*]|^#\*?>/.test(inside)) continue;
    const words = inside
      .replace(PARAMETERS, "")
      .replaceAll(/"[^"]*"|'[^']*'/g, " ")
      .split(/[\s()]+/);
    const isCall = words.length > 1;
    for (const [index, word] of words.entries()) {
      const [name = ""] = word
        .replace(/^[#^]/, "")
        .replace(/^[\w-]+=/, "")
        .split(".");
      if ((index === 0 && isCall) || !/^[A-Za-z_$][\w$-]*$/.test(name) || isWord(name)) continue;
      found.set(name, { name, type: "any" });
    }
  }
  return [...found.values()];
}

function isWord(name: string): boolean {
  return isBlockHelper(name) || isInlineHelper(name) || isHook(name) || WORDS.has(name);
}

const WORDS = new Set(["else", "this", "true", "false", "null", "undefined", "as"]);
