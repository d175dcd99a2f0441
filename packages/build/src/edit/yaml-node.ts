// Where the parts of a YAML document are in its text.

import {
  type Document,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

export type Path = readonly (string | number)[];

/** A replacement in the text of a document. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A value in a document. */
export interface Slot {
  readonly node: unknown;
  /** Where its key, or the dash of its item, begins. */
  readonly start: number;
  /** Behind the colon or the dash; `undefined` without one, as in brackets. */
  readonly mark: number | undefined;
  /** Whether it is inside brackets or braces. */
  readonly inFlow: boolean;
}

interface Token {
  readonly type: string;
  readonly offset: number;
}

interface SourceItem {
  readonly start?: readonly Token[];
  readonly sep?: readonly Token[];
}

/** Why an edit is not possible. */
export class NotEditable extends Error {}

/** Why a value cannot be replaced: its anchor or its tag would be lost, or would mean something else. */
export function findProperty(node: unknown): string | undefined {
  const { anchor, tag } = (node ?? {}) as { readonly anchor?: string; readonly tag?: string };
  if (anchor !== undefined) return `it has an anchor (&${anchor})`;
  return tag === undefined ? undefined : `it has a tag (${tag})`;
}

/** The pair of a key in a map. */
export function pairOf(map: YAMLMap, key: string | number): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value ?? "") === String(key));
}

/**
 * The value at a path.
 *
 * @throws NotEditable if there is none.
 */
export function slotAt(document: Document.Parsed, path: Path): Slot {
  let slot: Slot = { node: document.contents, start: 0, mark: undefined, inFlow: false };
  for (const key of path) {
    const { node } = slot;
    const inFlow = slot.inFlow || (isCollection(node) && node.flow === true);
    const found = isMap(node)
      ? ofPair(pairOf(node, key), inFlow)
      : isSeq(node)
        ? ofItem(node, Number(key), inFlow)
        : undefined;
    if (found === undefined) throw new NotEditable("it is not there");
    slot = found;
  }
  return slot;
}

function ofPair(pair: Pair | undefined, inFlow: boolean): Slot | undefined {
  if (pair === undefined) return undefined;
  const { start = [], sep = [] } = sourceOf(pair);
  if (start.some(({ type }) => type === "explicit-key-ind")) throw new NotEditable("its key is written with `?`");
  const mark = sep.find(({ type }) => type === "map-value-ind");
  return { node: pair.value, start: startOf(pair.key), mark: mark && mark.offset + 1, inFlow };
}

function ofItem(seq: YAMLSeq, index: number, inFlow: boolean): Slot | undefined {
  const node = seq.items[index];
  if (node === undefined) return undefined;
  const dash = dashOf(seq, index);
  return { node, start: dash ?? startOf(node), mark: dash === undefined ? undefined : dash + 1, inFlow };
}

/** Where the dash of an item is; `undefined` in brackets. */
export function dashOf(seq: YAMLSeq, index: number): number | undefined {
  const { items = [] } = (seq.srcToken ?? {}) as { readonly items?: readonly SourceItem[] };
  return items[index]?.start?.find(({ type }) => type === "seq-item-ind")?.offset;
}

function sourceOf(pair: Pair): SourceItem {
  return ((pair as { readonly srcToken?: SourceItem }).srcToken ?? {}) as SourceItem;
}

export function startOf(node: unknown): number {
  if (!isNode(node) || !node.range) throw new NotEditable("it has no place of its own");
  return node.range[0];
}

/** Behind the last character of a pair or a value; of a text in a block, behind its last line. */
export function endOf(node: unknown): number {
  if (isCollection(node) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    return last === undefined ? rangeEnd(node) : endOf(last);
  }
  if (isPair(node))
    return Math.max(...[node.key, node.value].flatMap((part) => (isNode(part) ? [endOf(part)] : [])), markEnd(node));
  return rangeEnd(node);
}

function markEnd(pair: Pair): number {
  const mark = sourceOf(pair).sep?.find(({ type }) => type === "map-value-ind");
  return mark === undefined ? 0 : mark.offset + 1;
}

function isPair(node: unknown): node is Pair {
  return typeof node === "object" && node !== null && "key" in node && !isNode(node);
}

function rangeEnd(node: unknown): number {
  if (!isNode(node) || !node.range) throw new NotEditable("it has no place of its own");
  return node.range[1];
}

export function isBlockText(node: unknown): node is Scalar {
  return isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED");
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Behind the line that an offset is in; the same offset at the beginning of a line. */
export function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}
