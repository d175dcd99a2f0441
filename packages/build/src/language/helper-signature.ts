// The signatures of a project's own helpers, as plain data. @cuecard/project reads them from the helpers' module with
// TypeScript's compiler API.

/** Kinds of values, as far as a helper's types and a schema's can be compared. */
export type ValueKind = "string" | "number" | "boolean" | "null" | "undefined" | "array" | "object";

/** The forms of values that a type accepts; `any` if nothing is known. */
export type ValueType = readonly ValueForm[] | "any";

export type ValueForm =
  /** Any value of the kind; nothing is known about its items or members. */
  | ValueKind
  /** These values and no others of their kinds. */
  | { readonly values: readonly (string | number | boolean)[] }
  /** A list, each item of this type. */
  | { readonly items: ValueType }
  /** An object with these members, and with others only of the type `others`, if there is one. */
  | { readonly members: readonly HelperParameter[]; readonly others?: ValueType };

export interface HelperParameter {
  readonly name: string;
  readonly type: ValueType;
  readonly optional: boolean;
}

/** `(…positional, { …named }) => returns`. */
export interface HelperSignature {
  readonly name: string;
  readonly positional: readonly HelperParameter[];
  /** Takes any number of further positional arguments, each of this type. */
  readonly rest?: Pick<HelperParameter, "name" | "type">;
  /** Members of the last parameter, where that is an object type: the template's `name=value` arguments. */
  readonly named: readonly HelperParameter[];
  /** That parameter has to be there, though every member of it may be left out: the helper may take it apart. */
  readonly needsNamed?: true;
  readonly returns: ValueType;
}
