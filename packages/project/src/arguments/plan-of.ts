// The shape of a plan: the `plan` in the result of a plan function, not the whole result.

import type { Registry } from "../registry.js";
import { type Shape, typed } from "./shape.js";

/** @param required The members that distinguish plans of this function. Their contents are not checked. */
export function planOf(call: keyof Registry, ...required: readonly string[]): Shape {
  const isPlan = (value: unknown) =>
    typeof value === "object" && value !== null && required.every((name) => Object.hasOwn(value, name));
  const shape = typed(`a plan of ${call}`, isPlan);
  return (value, path) =>
    shape(value, path).map((found) => ({ ...found, instead: `pass the \`plan\` that ${call} returned` }));
}
