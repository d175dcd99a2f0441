// What a compiled template is made of: Handlebars 4.7.10's rules for text, truth, look-up and loops (noEscape), without its
// reach into prototypes and without calling functions found in data.

const { getPrototypeOf } = Object;

/**
 * How a value reads in text: nothing for null and undefined, else as String() has it. Functions in data are not run.
 * @param around The lists that it lies in: one that holds itself has no text there, as JavaScript has it.
 */
export const text = (value: unknown, around?: readonly unknown[]): string =>
  typeof value === "string" ? value : otherText(value, around);

function otherText(value: unknown, around: readonly unknown[] = []): string {
  if (
    value === null ||
    value === undefined ||
    typeof value === "function" ||
    typeof value === "symbol" ||
    around.includes(value)
  )
    return "";
  if (Array.isArray(value)) return value.map((item) => text(item, [...around, value])).join(",");
  // A class may have a text for its values, as dates have. What was written down has none, whatever it holds.
  return typeof value === "object" && (isPlain(value) || !getPrototypeOf(value)?.toString)
    ? "[object Object]"
    : `${value}`;
}

/** What every object inherits from: emitted code asks whether somebody has added one of the names that it reads. */
export const base: object = Object.prototype;

/**
 * A value whose members can be read as they are (`value.name`): a plain object is that itself, everything else is taken
 * over without what it inherits. Reading an own property by {@link own} takes several times as long.
 * @param inherited Whether every object has a member of a name that is read.
 */
export const bare = (value: unknown, inherited: boolean): Record<string, unknown> =>
  !inherited && isPlain(value) ? value : Object.create(null, Object.getOwnPropertyDescriptors(value ?? {}));

/** Whether a value is an object that was written down: of no class. */
export const isPlain = (value: unknown): value is Record<string, unknown> =>
  value !== null && value !== undefined && getPrototypeOf(value) === base;

/** An own property; null and undefined are their own members, as Handlebars has it. Nothing inherited is reached. */
export const own = (object: unknown, name: string): unknown =>
  object === null || object === undefined
    ? object
    : Object.hasOwn(object, name)
      ? (object as Record<string, unknown>)[name]
      : undefined;

/** `{{lookup object key}}`: a falsy object is its own result. */
export function lookup(object: unknown, key: unknown): unknown {
  return object ? own(object, String(key)) : object;
}

/** What `{{#if}}` asks: neither falsy nor an empty array. */
export function isPresent(value: unknown): boolean {
  return typeof value === "object" && value !== null ? !isEmptyList(value) : Boolean(value);
}

function isEmptyList(value: object): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** `{{#if value includeZero=true}}`. */
export function isPresentOrZero(value: unknown): boolean {
  return value === 0 || isPresent(value);
}

const NOTHING: readonly unknown[] = [];

/** What `{{#each}}` walks: a list's items, an iterable's, or the values of an object's own properties. */
export function items(list: unknown): readonly unknown[] {
  if (Array.isArray(list)) return list;
  if (typeof list !== "object" || list === null) return NOTHING;
  return Symbol.iterator in list ? [...(list as Iterable<unknown>)] : Object.values(list);
}

/** What `@key` gives of a walk, where that is not the index. */
export function keys(list: unknown): readonly string[] | undefined {
  return typeof list !== "object" || list === null || Array.isArray(list) || Symbol.iterator in list
    ? undefined
    : Object.keys(list);
}

/** What `{{#name}}` walks: a list's items, the context itself for `true`, nothing for false and nothing, else the value. */
export function sectionItems(value: unknown, context: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value === true) return [context];
  return value === false || value === null || value === undefined ? NOTHING : [value];
}

/** `{{json value indent=2}}`: JSON text; nothing for what JSON does not have. */
export function json(value: unknown, indent?: unknown): string {
  return JSON.stringify(value, null, (indent || 0) as string | number) ?? "";
}

/** A partial's context with its hash arguments laid over: a new object, whatever the context is. */
export function extend(context: unknown, entries: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...(context as object), ...entries };
}

/** The text of a partial that stands alone on an indented line. */
export function indentLines(value: string, indent: string): string {
  if (value === "") return value;
  const lines = value.split("\n");
  const isClosed = lines.at(-1) === "";
  return lines.map((line, index) => (isClosed && index === lines.length - 1 ? line : indent + line)).join("\n");
}
