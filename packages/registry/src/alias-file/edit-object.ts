// Changes one member of an object in a JSON text and keeps every other byte. A new member is formatted like its
// neighbors: on a line of its own, or in the same line.

import { type JsonNode, lineEndOf, parseJsonDocument } from "@cuecard/model";

/** A member of an object and its place in the text. */
interface Member {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly value: JsonNode;
}

interface ObjectInText {
  readonly start: number;
  readonly end: number;
  readonly members: readonly Member[];
}

/**
 * Sets or removes a member of the object that a text contains.
 *
 * @param value JSON; `undefined` removes the member.
 * @param style `isSorted`: insert a new member in the order of the keys, not at the end.
 *   `isLong`: give a member of an empty object a line of its own.
 */
export function editMember(
  text: string,
  key: string,
  value: string | undefined,
  style: { readonly isSorted?: boolean; readonly isLong?: boolean } = {},
): string {
  const object = readObject(text);
  const at = object.members.findIndex((member) => member.key === key);
  const found = object.members[at];
  if (value === undefined) return found === undefined ? text : removeMember(text, object, at);
  if (found !== undefined) return splice(text, found.value.offset, found.value.offset + found.value.length, value);
  return insertMember(text, object, key, value, style);
}

/** A member's value that is an object. */
export interface ObjectValue {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  /** The white space before the key if the key starts a line; otherwise `undefined`. */
  readonly indent: string | undefined;
}

/** The places of those values that are objects, by key; the last one first. */
export function findObjects(text: string): ObjectValue[] {
  return readObject(text)
    .members.filter(({ value }) => value.type === "object")
    .map(({ key, start, value }) => {
      const indent = indentAt(text, start);
      return { key, start: value.offset, end: value.offset + value.length, indent };
    })
    .reverse();
}

/**
 * The text of an object with one line for each member. Members keep their own text, and an object that is already written
 * that way is returned unchanged.
 *
 * @param indent The indentation of the line that the object starts in.
 */
export function spreadMembers(text: string, indent: string, lineEnd: string): string {
  const { end, members } = readObject(text);
  const starts = [...members.map(({ start }) => start), end - 1];
  if (members.length === 0 || starts.every((start) => indentAt(text, start) !== undefined)) return text;
  // The object is one level deep, so its indentation is the file's step.
  const inner = `${lineEnd}${indent}${indent === "" ? "  " : indent}`;
  const written = members.map(({ start, end }) => inner + text.slice(start, end));
  return `{${written.join(",")}${lineEnd}${indent}}`;
}

/** The white space between the start of the line and a place in it; `undefined` if there is other text or no line before. */
export function indentAt(text: string, place: number): string | undefined {
  const start = text.lastIndexOf("\n", place - 1) + 1;
  const before = text.slice(start, place);
  return start > 0 && /^[ \t]*$/.test(before) ? before : undefined;
}

/** The keys of the object that a text contains. */
export function keysOf(text: string): string[] {
  return readObject(text).members.map(({ key }) => key);
}

export function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

function readObject(text: string): ObjectInText {
  const { root } = parseJsonDocument(text, "");
  if (root?.type !== "object") throw new Error("the text to edit does not contain an object");
  const members = (root.children ?? []).flatMap((property): Member[] => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined
      ? []
      : [{ key: String(key.value), start: property.offset, end: property.offset + property.length, value }];
  });
  return { start: root.offset, end: root.offset + root.length, members };
}

function removeMember(text: string, { start, end, members }: ObjectInText, at: number): string {
  const [before, member, after] = [members[at - 1], members[at], members[at + 1]];
  if (member === undefined) return text;
  if (after !== undefined) return splice(text, member.start, after.start, "");
  return before === undefined ? splice(text, start + 1, end - 1, "") : splice(text, before.end, member.end, "");
}

function insertMember(
  text: string,
  object: ObjectInText,
  key: string,
  value: string,
  { isSorted = false, isLong = false }: { readonly isSorted?: boolean; readonly isLong?: boolean },
): string {
  const { start, end, members } = object;
  const [first] = members;
  if (first === undefined) {
    const line = lineEndOf(text);
    const inner = isLong ? `${line}  ${JSON.stringify(key)}: ${value}${line}` : ` ${JSON.stringify(key)}: ${value} `;
    return splice(text, start + 1, end - 1, inner);
  }
  const colon = text.slice(first.start + JSON.stringify(first.key).length, first.value.offset);
  const written = `${JSON.stringify(key)}${/^\s*:\s*$/.test(colon) ? colon : ": "}${value}`;
  const separator = separatorOf(text, object);
  const next = isSorted ? members.find((member) => member.key > key && member.key !== "$schema") : undefined;
  if (next !== undefined) return splice(text, next.start, next.start, written + separator);
  const last = members.at(-1) ?? first;
  return splice(text, last.end, last.end, separator + written);
}

/** The most frequent text between members; for a single member, a comma and the text before it. */
function separatorOf(text: string, { start, members }: ObjectInText): string {
  const between = members.slice(1).map((member, index) => text.slice(members[index]?.end, member.start));
  const [first] = members;
  if (between.length === 0) {
    const lead = text.slice(start + 1, first?.start);
    return `,${lead === "" ? "" : lead}`;
  }
  const counts = new Map<string, number>();
  for (const text of between) counts.set(text, (counts.get(text) ?? 0) + 1);
  // The first of equally frequent ones.
  return [...counts].reduce((best, other) => (other[1] > best[1] ? other : best))[0];
}
