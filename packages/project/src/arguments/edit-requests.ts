// The shapes of what the functions for editing take.

import type { FieldsRequest, SaveRequest, SetRequest } from "@cuecard/catalog";
import type { CheckEditOptions } from "../edit/check-edit.js";
import { anything, first, flag, list, object, optional, type Shape, text, typed } from "./shape.js";

export const checkEditOptions: Shape = object<CheckEditOptions>({ file: text, text, runsHelpers: optional(flag) });
export const fieldsRequest: Shape = object<FieldsRequest>({ text });
export const saveRequest: Shape = object<SaveRequest>({ file: text, text, digest: text });

const key = typed(
  "a key, or the index of an item",
  (value) => typeof value === "string" || (Number.isSafeInteger(value) && (value as number) >= 0),
);

/** The members of all three forms, of which a change has one. */
interface AnyChange {
  readonly path: unknown;
  readonly value?: unknown;
  readonly remove?: unknown;
  readonly rename?: unknown;
}

const change = first(
  typed(
    "{ path, value }, { path, remove: true } or { path, rename }",
    (value) =>
      typeof value === "object" &&
      value !== null &&
      ["value", "remove", "rename"].filter((name) => Object.hasOwn(value, name)).length === 1,
  ),
  object<AnyChange>({ path: list(key), value: anything, remove: optional(flag), rename: optional(text) }),
);

export const setRequest: Shape = object<SetRequest>({ text, changes: list(change) });
