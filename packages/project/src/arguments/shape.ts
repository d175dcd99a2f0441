// The shapes that arguments can have: each reports what does not fit, with the path within the argument. A shape of an object
// has exactly the members of its TypeScript type, so that an option cannot be added to one without the other.

import { describeValue, nearest } from "@cuecard/runtime";

/** What is wrong with a value. */
export interface Misfit {
  /** From the name of the argument: `options.names[0]`. */
  readonly path: string;
  /** Continues a sentence about the value: `must be a string, got null`. */
  readonly problem: string;
  /** What to do, as an imperative. */
  readonly instead: string;
  /** Set for a member that the object cannot have. */
  readonly unknown?: { readonly name: string; readonly nearest: string | undefined };
}

/** Finds what is wrong with the value at a path; nothing if it fits. */
export type Shape = (value: unknown, path: string) => readonly Misfit[];

/** A value that passes a test. */
export function typed(expected: string, fits: (value: unknown) => boolean): Shape {
  return (value, path) => (fits(value) ? [] : [misfit(expected, value, path)]);
}

export const text: Shape = typed("a string", (value) => typeof value === "string");
export const flag: Shape = typed("true or false", (value) => typeof value === "boolean");
export const number: Shape = typed("a number", (value) => typeof value === "number");
export const callback: Shape = typed("a function", (value) => typeof value === "function");
/** A value that the function checks by rules of its own, or passes through. */
export const anything: Shape = () => [];

export function choice(values: readonly string[]): Shape {
  const expected = values.map((value) => JSON.stringify(value)).join(" or ");
  return typed(expected, (value) => typeof value === "string" && values.includes(value));
}

export function optional(shape: Shape): Shape {
  return (value, path) => (value === undefined ? [] : shape(value, path));
}

export function list(items: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return [misfit("a list", value, path)];
    const extra = Object.keys(value).filter((key) => !/^\d+$/.test(key));
    return [
      ...Array.from(value, (item: unknown, index) => items(item, `${path}[${index}]`)).flat(),
      ...extra.map((name) => unknownMember(path, name, [])),
    ];
  };
}

/** An object whose member names the caller chooses. */
export function record(values: Shape): Shape {
  return (value, path) => {
    if (!isObject(value)) return [misfit("an object", value, path)];
    return Object.entries(value).flatMap(([name, member]) => values(member, memberPath(path, name)));
  };
}

/** An object with the members of a type and no others. */
export function object<T>(members: { readonly [K in keyof T]-?: Shape }): Shape {
  const shapes: Readonly<Record<string, Shape>> = members;
  const names = Object.keys(shapes);
  return (value, path) => {
    if (!isObject(value)) return [misfit("an object", value, path)];
    const unknown = Object.keys(value).filter((name) => !Object.hasOwn(shapes, name));
    return [
      ...unknown.map((name) => unknownMember(path, name, names)),
      ...Object.entries(shapes).flatMap(([name, shape]) => shape(value[name], memberPath(path, name))),
    ];
  };
}

/** A value of one of several JSON types, each with a shape of its own. */
export function byType(
  shapes: Readonly<Partial<Record<"string" | "number" | "boolean" | "list" | "object", Shape>>>,
): Shape {
  const expected = Object.keys(shapes).map((type) => (type === "object" ? "an object" : `a ${type}`));
  return (value, path) => {
    const type = Array.isArray(value) ? "list" : value === null ? "null" : typeof value;
    const shape = Object.entries(shapes).find(([name]) => name === type)?.[1];
    return shape === undefined ? [misfit(expected.join(" or "), value, path)] : shape(value, path);
  };
}

/** A value that is checked in two steps: the shape is applied only if the test finds nothing. */
export function first(test: Shape, shape: Shape): Shape {
  return (value, path) => {
    const found = test(value, path);
    return found.length > 0 ? found : shape(value, path);
  };
}

/** An object with a discriminant: the value of one member selects the shape of the whole object. */
export function byMember(name: string, shapes: Readonly<Record<string, Shape>>): Shape {
  const choices = choice(Object.keys(shapes));
  return (value, path) => {
    if (!isObject(value)) return [misfit("an object", value, path)];
    const found = choices(value[name], memberPath(path, name));
    return found.length > 0 ? found : (shapes[String(value[name])]?.(value, path) ?? []);
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function misfit(expected: string, value: unknown, path: string): Misfit {
  return { path, problem: `must be ${expected}, got ${describeValue(value)}`, instead: `pass ${expected}` };
}

function unknownMember(path: string, name: string, known: readonly string[]): Misfit {
  const near = nearest(name, known);
  return {
    path: memberPath(path, name),
    problem: "is not a known property",
    instead:
      near !== undefined ? `write "${near}"` : known.length > 0 ? `remove it, or use ${known.join(", ")}` : "remove it",
    unknown: { name, nearest: near },
  };
}

/** `options` and `names` → `options.names`. */
export function memberPath(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
