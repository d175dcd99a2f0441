// What a compiled template is made of: Handlebars 4.7.10's rules for text, truth, look-up and loops (noEscape), without its
// reach into prototypes and without calling functions found in data.

/** How a value reads in text: nothing for null and undefined, else as String() has it. Functions in data are not run. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return "";
  if (Array.isArray(value)) return value.map(text).join(",");
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain =
    prototype === null || prototype === Object.prototype || CONVERSIONS.some((name) => Object.hasOwn(value, name));
  return isPlain ? "[object Object]" : String(value);
}

/** What String() would call. */
const CONVERSIONS = ["toString", "valueOf", Symbol.toPrimitive];

/** An own property, or undefined: of null, of anything inherited, of a property that is not there. */
export function own(object: unknown, name: string): unknown {
  if (object === null || object === undefined) return undefined;
  return Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined;
}

/** `{{lookup object key}}`: a falsy object is its own result. */
export function lookup(object: unknown, key: unknown): unknown {
  return object ? own(object, String(key)) : object;
}

/** What `{{#if}}` asks: neither falsy nor an empty array. */
export function isPresent(value: unknown): boolean {
  return Boolean(value) && !(Array.isArray(value) && value.length === 0);
}

/** `{{#if value includeZero=true}}`. */
export function isPresentOrZero(value: unknown): boolean {
  return value === 0 || isPresent(value);
}

type Visit<R> = (item: unknown, key: unknown, index: number, last: boolean) => R;

/** `{{#each}}` in text. */
export function each(list: unknown, body: Visit<string>, otherwise?: () => string): string {
  let out = "";
  const isEmpty = walk(list, (item, key, index, last) => {
    out += body(item, key, index, last);
  });
  return isEmpty && otherwise !== undefined ? otherwise() : out;
}

/** `{{#each}}` around messages. */
export function eachDo(list: unknown, body: Visit<void>, otherwise?: () => void): void {
  if (walk(list, body)) otherwise?.();
}

/** `{{#with}}` in text. */
export function using(value: unknown, body: (value: unknown) => string, otherwise?: () => string): string {
  return isPresentOrZero(value) ? body(value) : (otherwise?.() ?? "");
}

/** `{{#with}}` around messages. */
export function usingDo(value: unknown, body: (value: unknown) => void, otherwise?: () => void): void {
  if (isPresentOrZero(value)) body(value);
  else otherwise?.();
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

/** Visits arrays (without holes), iterables and own properties; says whether there was nothing to visit. */
function walk(list: unknown, visit: Visit<void>): boolean {
  if (typeof list !== "object" || list === null) return true;
  if (Array.isArray(list)) {
    const last = list.length - 1;
    for (let i = 0; i <= last; i++) if (i in list) visit(list[i], i, i, i === last);
    return list.length === 0;
  }
  if (Symbol.iterator in list) return walk([...(list as Iterable<unknown>)], visit);
  const keys = Object.keys(list);
  keys.forEach((key, index) => {
    visit((list as Record<string, unknown>)[key], key, index, index === keys.length - 1);
  });
  return keys.length === 0;
}
