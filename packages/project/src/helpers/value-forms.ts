// The forms of one type's values: collected in any order, returned in a fixed order.

import type { ValueForm, ValueKind } from "@cuecard/build";
import { compareText } from "@cuecard/model";

const KINDS: readonly ValueKind[] = ["string", "number", "boolean", "null", "undefined", "array", "object"];

export class ValueForms {
  readonly #kinds = new Set<ValueKind>();
  readonly #values = new Set<string | number | boolean>();
  readonly #inner: Exclude<ValueForm, ValueKind>[] = [];

  add(form: ValueForm): void {
    if (typeof form === "string") this.#kinds.add(form);
    else if ("values" in form) for (const value of form.values) this.#values.add(value);
    else this.#inner.push(form);
  }

  /** A form that is allowed as a whole is not repeated in part. */
  all(): ValueForm[] {
    const kinds = new Set(this.#kinds);
    if (this.#values.has(true) && this.#values.has(false)) kinds.add("boolean");
    const values = [...this.#values]
      .filter((value) => !kinds.has(typeof value as "string" | "number" | "boolean"))
      .sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : compareText(String(a), String(b))));
    return [
      ...KINDS.filter((kind) => kinds.has(kind)),
      ...(values.length === 0 ? [] : [{ values }]),
      ...this.#inner.filter((form) => !kinds.has("items" in form ? "array" : "object")),
    ];
  }
}
