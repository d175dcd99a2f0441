// What can be written at a place of a template, from the compiler's names.

import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { KnownName, KnownNames, KnownVariable } from "../../../dev/protocol.js";

/** No tag is longer. */
const LONGEST_TAG = 500;

export function completing(names: () => KnownNames | undefined): Extension {
  return autocompletion({ override: [(context) => complete(context, names())], icons: false });
}

/** @returns null where nothing is known. */
function complete({ state, pos }: CompletionContext, names: KnownNames | undefined): CompletionResult | null {
  const before = state.sliceDoc(Math.max(0, pos - LONGEST_TAG), pos);
  const tag = /\{\{\{?~?([^{}]*)$/.exec(before)?.[1];
  if (names === undefined || tag === undefined || tag.startsWith("!")) return null;
  const [word = ""] = /[\w./@-]*$/.exec(tag) ?? [];
  const lead = tag.slice(0, tag.length - word.length);
  const options = optionsAt(lead, word, pos, names);
  if (options.length === 0) return null;
  const from = pos - word.length + (isMemberOf(lead) ? word.lastIndexOf(".") + 1 : 0);
  return { from, options, validFor: /^[\w/@-]*$/ };
}

function optionsAt(lead: string, word: string, pos: number, names: KnownNames): Completion[] {
  if (/^#?>\s*$/.test(lead)) return names.partials.map((one) => option(one, "partial", closed));
  if (/^[#^]\s*$/.test(lead)) return names.blocks.map((one) => option(one, "block", spaced));
  if (/^\/\s*$/.test(lead)) return names.blocks.map((one) => option(one, "block", closed));
  if (/^role\s+["']$/.test(lead)) return names.roles.map((name) => option({ name }, "role", closedText));
  if (/["'][^"']*$/.test(lead.replace(/"[^"]*"|'[^']*'/g, ""))) return [];
  const isFirst = /^\s*$/.test(lead);
  const apply = isFirst ? closed : undefined;
  const variables = membersOf(variablesAt(pos, names), word).map((one) => option(one, one.type, apply));
  if (word.includes(".")) return variables;
  const helpers =
    isFirst || lead.endsWith("(")
      ? names.helpers.map((one) => ({ ...option(one, "helper", spaced), detail: one.signature }))
      : [];
  return [...variables, ...helpers];
}

function isMemberOf(lead: string): boolean {
  return !/^(?:#?>|[#^/])\s*$/.test(lead);
}

function variablesAt(pos: number, { variables, scopes }: KnownNames): readonly KnownVariable[] {
  return scopes.findLast(({ from, to }) => from <= pos && pos <= to)?.variables ?? variables;
}

/** `customer.na`: the members of `customer`. */
function membersOf(variables: readonly KnownVariable[], word: string): readonly KnownVariable[] {
  let found = variables;
  for (const part of word.split(".").slice(0, -1)) found = found.find(({ name }) => name === part)?.members ?? [];
  return found;
}

type Apply = (view: EditorView, completion: Completion, from: number, to: number) => void;

function option({ name, description }: KnownName, detail: string, apply?: Apply): Completion {
  return {
    label: name,
    detail,
    ...(description === undefined ? {} : { info: description }),
    ...(apply === undefined ? {} : { apply }),
  };
}

const closed: Apply = (view, { label }, from, to) => insert(view, { from, to, text: label, end: "}}" });
const closedText: Apply = (view, { label }, from, to) => insert(view, { from, to, text: label, end: '"}}' });
const spaced: Apply = (view, { label }, from, to) => insert(view, { from, to, text: `${label} `, end: "" });

interface Insertion {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** What closes the tag, unless it is there. */
  readonly end: string;
}

function insert(view: EditorView, { from, to, text, end }: Insertion): void {
  const after = view.state.sliceDoc(to, to + end.length);
  const isClosed =
    after === end || (end === "}}" && /^(?:~?\}|\s)/.test(view.state.sliceDoc(to, to + 2)) && after !== "");
  const inserted = isClosed ? text : text + end;
  const anchor = from + text.length + (after === end || !isClosed ? end.length : 0);
  view.dispatch({ changes: { from, to, insert: inserted }, selection: { anchor }, userEvent: "input.complete" });
}
