// The blocks of a compiled template, by the rules of Handlebars 4.7.10. Each calls emitted functions for its body and its
// {{else}}. The functions whose names end in "Object" pass on values whose members can be read directly (see safeMembers).

import { isArray, safeMembers } from "./safe-members.js";
import { isPresentOrZero } from "./template.js";

/** The body of a loop. `key` is a property's name in an object, and the index in a list. */
type LoopBody<Item, Result> = (item: Item, index: number, key: string | number, isLast: boolean) => Result;

type Members = Record<string, unknown>;

/** `{{#each list}}…{{else}}…{{/each}}`: the texts of all items, one after the other. */
export const each = (list: unknown, body: LoopBody<unknown, string>, otherwise?: () => string): string =>
  loop(list, body, otherwise, asIs);

/** {@link each}, for a body that reads members of the items. */
export const eachObject = (list: unknown, body: LoopBody<Members, string>, otherwise?: () => string): string =>
  loop(list, body, otherwise, safeMembers);

/** {@link each}, for a body that adds to a message builder. */
export function forEach(list: unknown, body: LoopBody<unknown, void>, otherwise?: () => void): void {
  loop(list, silent(body), otherwise && silent(otherwise), asIs);
}

/** {@link forEach}, for a body that reads members of the items. */
export function forEachObject(list: unknown, body: LoopBody<Members, void>, otherwise?: () => void): void {
  loop(list, silent(body), otherwise && silent(otherwise), safeMembers);
}

/** `{{#with value}}…{{else}}…{{/with}}`. */
export const withValue = <Result>(
  value: unknown,
  body: (value: unknown) => Result,
  otherwise?: () => Result,
): Result | string => (isPresentOrZero(value) ? body(value) : otherwise ? otherwise() : "");

/** {@link withValue}, for a body that reads members of the value. */
export const withObject = <Result>(
  value: unknown,
  body: (value: Members) => Result,
  otherwise?: () => Result,
): Result | string => withValue(value, (present) => body(safeMembers(present)), otherwise);

/** A partial's text with a context of its own. */
export const within = <Value, Result>(value: Value, body: (value: Value) => Result): Result => body(value);

/** What `{{#each}}` walks: a list's items, an iterable's, or the values of an object's own properties. */
function loop<Item>(
  list: unknown,
  body: LoopBody<Item, string>,
  otherwise: (() => string) | undefined,
  view: (item: unknown) => Item,
): string {
  const keys = keysOf(list);
  const items = itemsOf(list);
  if (items.length === 0) return otherwise ? otherwise() : "";
  let text = "";
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    // Handlebars skips the holes of an array.
    if (item !== undefined || index in items)
      text += body(view(item), index, keys ? (keys[index] as string) : index, index === items.length - 1);
  }
  return text;
}

const itemsOf = (list: unknown): readonly unknown[] => (isArray(list) ? list : otherItems(list));

function otherItems(list: unknown): readonly unknown[] {
  if (typeof list !== "object" || list === null) return [];
  return Symbol.iterator in list ? [...(list as Iterable<unknown>)] : Object.values(list);
}

/** The names of an object's members; `undefined` for lists. */
const keysOf = (list: unknown): readonly string[] | undefined =>
  isArray(list) || typeof list !== "object" || list === null || Symbol.iterator in list ? undefined : Object.keys(list);

const asIs = (item: unknown): unknown => item;

/** A body that adds to a message builder, as one whose text is empty. */
const silent =
  <Arguments extends unknown[]>(body: (...args: Arguments) => void) =>
  (...args: Arguments): string => {
    body(...args);
    return "";
  };

/** What `{{#name}}` walks: a list's items, the context itself for `true`, nothing for false and nothing, else the value. */
export function sectionItems(value: unknown, context: unknown): readonly unknown[] {
  if (isArray(value)) return value;
  if (value === true) return [context];
  return value === false || value === null || value === undefined ? [] : [value];
}
