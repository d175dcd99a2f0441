// Two values that `{{#ifEquals}}` compares and that can never be equal.

import { kindOfValue, LIST, NOTHING, nameKinds, OBJECT, STRING } from "../language/kinds.js";
import type { Suggestions } from "../text/suggestions.js";
import { listValues } from "./list-values.js";
import { type StaticType, UNKNOWN } from "./static-type.js";

export interface NeverEqual {
  readonly problem: string;
  readonly nearest: string | undefined;
  readonly instead: string | undefined;
  /** Which of the two to fix, if that is known. */
  readonly about: "left" | "right" | undefined;
}

/**
 * Why two values are never equal; `undefined` when they may be.
 * @param names How a message calls them.
 */
export function whyNeverEqual(
  left: StaticType,
  right: StaticType,
  names: readonly [left: string, right: string],
  suggestions: Suggestions,
): NeverEqual | undefined {
  if (left === UNKNOWN || right === UNKNOWN) return undefined;
  const shared = left.kinds & right.kinds;
  const [a, b] = [left.constants, right.constants];
  if (shared === 0) {
    const problem = `one is ${nameKinds(left.kinds)}, the other ${nameKinds(right.kinds)}`;
    const ofLeft = unquoted(a, right);
    const instead = ofLeft ?? unquoted(b, left);
    const about = ofLeft !== undefined ? "left" : instead === undefined ? undefined : "right";
    return { problem, nearest: undefined, instead, about };
  }
  if ((shared & (NOTHING | LIST | OBJECT)) !== 0 || a === undefined || b === undefined) return undefined;
  if (a.some((value) => b.includes(value))) return undefined;
  const isLeftWritten = a.length === 1;
  const [written, listed] = isLeftWritten ? [a, b] : [b, a];
  if (written.length > 1)
    return { problem: "they have no value in common", nearest: undefined, instead: undefined, about: undefined };
  const [value] = written;
  const values = listed.filter((one) => one !== null && one !== undefined);
  const texts = values.filter((one) => typeof one === "string");
  return {
    problem: `${names[isLeftWritten ? 1 : 0]} is one of ${listValues(values).join(", ")}`,
    nearest: typeof value === "string" ? suggestions.nearest(value, texts) : undefined,
    instead: undefined,
    about: isLeftWritten ? "left" : "right",
  };
}

/** `"3"` and `"true"` where a number or a boolean is meant. */
function unquoted(constants: readonly unknown[] | undefined, other: StaticType): string | undefined {
  const [text] = constants ?? [];
  if (constants?.length !== 1 || typeof text !== "string" || (other.kinds & STRING) !== 0) return undefined;
  const value = text === "true" ? true : text === "false" ? false : Number(text);
  const isMeant = text.trim() !== "" && !Number.isNaN(value) && (kindOfValue(value) & other.kinds) !== 0;
  return isMeant ? `write ${text} without quotes` : undefined;
}
