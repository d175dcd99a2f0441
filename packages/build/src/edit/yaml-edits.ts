// Edits of YAML as replacements in its text, so that everything else stays as it is: comments, order, quotes, indentation.

import { type Document, isCollection, isMap, isScalar, isSeq, Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { flowYaml } from "../hints/inline-yaml.js";
import { printYaml } from "../text/print-yaml.js";
import {
  dashOf,
  endOf,
  findProperty,
  isBlockText,
  lineEnd,
  lineStart,
  NotEditable,
  type Path,
  pairOf,
  type Slot,
  type Splice,
  slotAt,
  startOf,
} from "./yaml-node.js";

/** A parsed text, with its source tokens. */
export interface Yaml {
  readonly text: string;
  readonly document: Document.Parsed;
}

/** Replaces a value that is there, also one that is left out behind its key. */
export function replaceValue({ text, document }: Yaml, path: Path, value: unknown): Splice[] {
  const slot = slotAt(document, path);
  const { node, mark, inFlow } = slot;
  refuseProperties(node);
  const [from, to] = isScalar(node) || isCollection(node) ? [startOf(node), endOf(node)] : [0, 0];
  const isLeftOut = from === to;
  if (inFlow) {
    const written = inline(value, node);
    if (!isLeftOut) return [{ from, to, insert: written }];
    if (mark !== undefined) return [{ from: mark, to: mark, insert: ` ${written}` }];
    // `{ a }`
    const key = isMap(slotAt(document, path.slice(0, -1)).node) ? ": " : "";
    const end = slot.start + text.slice(slot.start).search(/[,}\]\n#]|$/);
    return [{ from: end, to: end, insert: `${key}${written}` }];
  }
  if (mark === undefined) throw new NotEditable("it is not written as a key and a value");
  const [first = "", ...rest] = printBehind(slot, value, columnOf(text, slot.start));
  const isWide = isBlockText(node) || (isCollection(node) && node.flow !== true);
  if (!isWide) {
    if (rest.length === 0)
      return [isLeftOut ? { from: mark, to: mark, insert: first } : { from, to, insert: first.slice(1) }];
    // A comment behind the old value stays on the line.
    const behind = isLeftOut ? mark : to;
    const end = lineEnd(text, behind);
    const tail = withoutEnd(text.slice(behind, end));
    return [{ from: mark, to: end, insert: `${[first + tail, ...rest].join("\n")}\n` }];
  }
  const header = withoutEnd(text.slice(mark, lineEnd(text, mark)));
  const comment = isBlockText(node) ? / +#.*$/.exec(header)?.[0] : /^[ \t]*(?:#.*)?$/.exec(header)?.[0];
  const end = isBlockText(node) ? to : lineEnd(text, to);
  // Empty lines behind the old text separate it from what follows.
  const blank = /\n(\s*\n)*$/.exec(text.slice(from, end))?.[0].slice(1) ?? "";
  const kept = isBlockText(node) && !/^[|>]\d*\+|^[|>]\+/.test(text.slice(from, from + 3)) ? blank : "";
  return [{ from: mark, to: end, insert: `${[first + (comment ?? ""), ...rest].join("\n")}\n${kept}` }];
}

/**
 * Adds a key that a map does not have.
 *
 * @param order Which keys it comes behind, if they are there. Default: behind all.
 */
export function addKey(yaml: Yaml, path: Path, value: unknown, order: readonly string[] = []): Splice[] {
  const { text, document } = yaml;
  const key = String(path.at(-1));
  const { node: map, inFlow } = slotAt(document, path.slice(0, -1));
  if (map === null || (path.length === 1 && isScalar(map) && map.value === null))
    return [{ from: text.length, to: text.length, insert: printYaml({ [key]: value }) }];
  if (!isMap(map)) throw new NotEditable("what it is in is not a map");
  refuseProperties(map);
  if (inFlow || map.flow === true) return addInBraces(text, map, `${flowKey(key)}: ${inline(value)}`);
  const column = columnOf(text, startOf(map));
  const written = indent(printYaml({ [key]: value }), column);
  const before = order.slice(0, Math.max(0, order.indexOf(key)));
  const known = map.items.findLastIndex((pair) => isScalar(pair.key) && before.includes(String(pair.key.value)));
  if (known === -1 && order.includes(key)) {
    const at = aboveComments(text, lineStart(text, startOf(map)));
    return [{ from: at, to: at, insert: written }];
  }
  const end = lineEnd(text, endOf(map.items[known === -1 ? map.items.length - 1 : known]));
  return [{ from: end, to: end, insert: written }];
}

/** Above the comments that are right above a line. */
function aboveComments(text: string, line: number): number {
  let at = line;
  while (at > 0 && /^[ \t]*#/.test(text.slice(lineStart(text, at - 1), at))) at = lineStart(text, at - 1);
  return at;
}

function addInBraces(text: string, collection: YAMLMap | YAMLSeq, written: string): Splice[] {
  const last: unknown = collection.items.at(-1);
  if (last !== undefined) {
    const end = endOf(last);
    return [{ from: end, to: end, insert: `, ${written}` }];
  }
  const from = startOf(collection) + 1;
  const isMapping = isMap(collection);
  const [before, behind] = isMapping ? [" ", /^[\s]/.test(text.slice(from)) ? "" : " "] : ["", ""];
  return [{ from, to: from, insert: `${before}${written}${behind}` }];
}

/** Inserts an item before the one with this index, or behind the last one. */
export function insertItem(yaml: Yaml, path: Path, value: unknown): Splice[] {
  const { text, document } = yaml;
  const index = Number(path.at(-1));
  const { node: seq, inFlow } = slotAt(document, path.slice(0, -1));
  if (!isSeq(seq)) throw new NotEditable("what it is in is not a list");
  refuseProperties(seq);
  if (inFlow || seq.flow === true) {
    const written = inline(value);
    if (index >= seq.items.length) return addInBraces(text, seq, written);
    const at = startOf(seq.items[index]);
    return [{ from: at, to: at, insert: `${written}, ` }];
  }
  const first = dashOf(seq, 0);
  if (first === undefined) throw new NotEditable("it is not written as a list");
  const column = columnOf(text, first);
  const written = indent(printYaml([value]), column);
  if (index === 0) {
    const lines = written.slice(column);
    return [{ from: first, to: first, insert: `${lines}${" ".repeat(column)}` }];
  }
  const end = lineEnd(text, endOfItem(seq, Math.min(index, seq.items.length) - 1));
  return [{ from: end, to: end, insert: written }];
}

function endOfItem(seq: YAMLSeq, index: number): number {
  const dash = dashOf(seq, index);
  return Math.max(endOf(seq.items[index]), dash === undefined ? 0 : dash + 1);
}

/** Removes a key with its value, or an item. A map or list without others is left empty. */
export function removeAt(yaml: Yaml, path: Path): Splice[] {
  const { text, document } = yaml;
  const above = path.slice(0, -1);
  const { node: parent, inFlow } = slotAt(document, above);
  const { start } = slotAt(document, path);
  if (!isCollection(parent)) throw new NotEditable("what it is in is neither a map nor a list");
  const index = isMap(parent) ? parent.items.indexOf(pairOf(parent, path.at(-1) ?? "") as never) : Number(path.at(-1));
  if (parent.items.length === 1 && above.length > 0) return replaceValue(yaml, above, isMap(parent) ? {} : []);
  if (inFlow || parent.flow === true) return removeInBraces(text, parent, index);
  const item = parent.items[index];
  const end = lineEnd(text, isSeq(parent) ? endOfItem(parent, index) : endOf(item));
  const line = lineStart(text, start);
  if (text.slice(line, start).trim() === "") return [{ from: line, to: end, insert: "" }];
  // It shares its line with the dash of the item that it is in: what follows moves up, or the dash stays alone.
  const next = isSeq(parent) ? dashOf(parent, index + 1) : startOf((parent as YAMLMap).items[index + 1]?.key);
  if (next === undefined) throw new NotEditable("it shares its line with another value");
  if (!text.slice(end, next).includes("#")) return [{ from: start, to: next, insert: "" }];
  return [{ from: start, to: end - 1, insert: "" }];
}

function removeInBraces(text: string, parent: YAMLMap | YAMLSeq, index: number): Splice[] {
  const items: readonly unknown[] = parent.items;
  const start = (item: unknown) => startOf(isMap(parent) ? (item as { key: unknown }).key : item);
  const own = items[index];
  if (items.length === 1) {
    const from = startOf(parent);
    return [{ from, to: endOf(parent), insert: isMap(parent) ? "{}" : "[]" }];
  }
  if (index + 1 < items.length) return [{ from: start(own), to: start(items[index + 1]), insert: "" }];
  const before = endOf(items[index - 1]);
  const comma = text.indexOf(",", before);
  const between = text.slice(comma + 1, start(own));
  if (between.includes("#"))
    return [
      { from: comma, to: comma + 1, insert: "" },
      { from: start(own), to: endOf(own), insert: "" },
    ];
  return [{ from: before, to: endOf(own), insert: "" }];
}

/** Gives a key another name. */
export function renameKey({ document }: Yaml, path: Path, name: string): Splice[] {
  const { node: map } = slotAt(document, path.slice(0, -1));
  const pair = isMap(map) ? pairOf(map, path.at(-1) ?? "") : undefined;
  if (!isMap(map) || pair === undefined || !isScalar(pair.key)) throw new NotEditable("it is not a key");
  if (pairOf(map, name) !== undefined) throw new NotEditable(`there is a key ${name} already`);
  const isQuoted = pair.key.type === "QUOTE_DOUBLE" || pair.key.type === "QUOTE_SINGLE";
  const insert = isQuoted ? inline(name, pair.key) : flowKey(name);
  return [{ from: startOf(pair.key), to: endOf(pair.key), insert }];
}

function refuseProperties(node: unknown): void {
  const property = findProperty(node);
  if (property !== undefined) throw new NotEditable(property);
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** The lines of a value behind its key or dash: the first one begins with a space, or is empty. */
function printBehind({ node }: Slot, value: unknown, column: number): string[] {
  const printed = printYaml({ k: styled(value, node) });
  return indent(printed, column)
    .slice(column + "k:".length, -1)
    .split("\n");
}

function indent(printed: string, column: number): string {
  return printed.replaceAll(/^(?=.)/gm, " ".repeat(column));
}

/** A text with the quotes that the old one has. */
function styled(value: unknown, old: unknown): unknown {
  const type = isScalar(old) ? old.type : undefined;
  if (typeof value !== "string" || (type !== "QUOTE_DOUBLE" && type !== "QUOTE_SINGLE")) return value;
  const scalar = new Scalar(value);
  scalar.type = type;
  return scalar;
}

/** A value as it is written inside brackets or braces. */
function inline(value: unknown, old?: unknown): string {
  const own = styled(value, old);
  if (own === value) return flowYaml([value]).slice(1, -1);
  const printed = withoutEnd(printYaml([own]).slice(2));
  return printed.includes("\n") ? JSON.stringify(value) : printed;
}

/** A line without its end. */
function withoutEnd(line: string): string {
  return line.replace(/\n$/, "");
}

function flowKey(key: string): string {
  return flowYaml({ [key]: null }).slice(2, -": null }".length);
}
