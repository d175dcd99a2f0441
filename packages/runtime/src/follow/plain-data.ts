// Values of callers that become JSON. JSON.stringify makes `{}` of a Map, a Response or a Promise, and leaves out what is undefined, so
// only values that JSON has are taken.

import { withArticle } from "../issue.js";

const HOW: ReadonlyMap<string, string> = new Map([
  ["Response", "return its text: await response.text()"],
  ["Blob", "return its text: await blob.text()"],
  ["File", "return its text: await file.text()"],
  ["ArrayBuffer", "return new Uint8Array(buffer)"],
  ["Promise", "await it"],
  ["Map", "return Object.fromEntries(map)"],
]);

/** An object that is written as `{}` or made by JSON.parse, of any realm, or one without a prototype. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Symbol.toStringTag in value) return false;
  const prototype: object | null = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf"));
}

/**
 * Where a value contains something that JSON has not, and what that is; `undefined` if there is nothing like that.
 *
 * @throws whatever a getter of the value throws.
 */
export function findForeign(root: unknown): string | undefined {
  /** Each object once: a value may contain itself. */
  const seen = new Set<unknown>();
  const open: (readonly [path: string, value: unknown])[] = [["", root]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, value] = next;
    if (isLeaf(value) || seen.has(value)) continue;
    seen.add(value);
    const members = membersOf(value);
    if (members === undefined)
      return `${path === "" ? "the function returned" : `${path} is`} ${describeForeign(value)}`;
    // Reversed, so that the first one that is wrong is found first.
    for (const [name, member] of members.reverse()) open.push([path === "" ? name : `${path}.${name}`, member]);
  }
  return undefined;
}

function isLeaf(value: unknown): boolean {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function membersOf(value: unknown): [string, unknown][] | undefined {
  // With its holes, which Object.entries leaves out.
  if (Array.isArray(value)) return Array.from(value, (member, at) => [String(at), member]);
  return isPlainObject(value) ? Object.entries(value) : undefined;
}

/** `a Map`, with what to do instead. */
function describeForeign(value: unknown): string {
  if (value === undefined) return "undefined: leave it out";
  if (typeof value !== "object" || value === null) return `a ${typeof value === "bigint" ? "BigInt" : typeof value}`;
  const name = classOf(value);
  return `${withArticle(name)}: ${HOW.get(name) ?? "return text, a Uint8Array or a plain object"}`;
}

/** The name of an object's class, for messages. */
export function classOf(value: object): string {
  const type: unknown = value.constructor;
  return typeof type === "function" && type.name !== "" ? type.name : "object of a class";
}
