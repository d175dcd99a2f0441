// The shape of a plan: what a plan function returned as `plan`, not the whole result and not something else.

import type { Registry } from "../registry.js";
import { type Shape, typed } from "./shape.js";

/** @param required Members that only plans of this function have. Their contents are the function's own. */
export function planOf(call: keyof Registry, ...required: readonly string[]): Shape {
  const isPlan = (value: unknown) =>
    typeof value === "object" && value !== null && required.every((name) => Object.hasOwn(value, name));
  const shape = typed(`a plan of ${call}`, isPlan);
  return (value, path) =>
    shape(value, path).map((found) => ({ ...found, instead: `pass the \`plan\` of what ${call} returned` }));
}
