// Why a pointer must not move from one version to another while services run. They were compiled with the types of the first: so beside
// what breaks callers, everything that these types promise must hold. A commit that moves the pointer lets the compiler find the rest.

import type { CompiledContent } from "../model.js";
import { isObject } from "../schema/json-schema.js";
import { compareContracts } from "./compare-contents.js";

/** @returns A phrase for people, or `undefined` if the pointer can move. */
export function whyNotFollow(built: CompiledContent, other: CompiledContent): string | undefined {
  const { inputs, kinds, outputs } = compareContracts(built, other);
  const reasons = [
    ...[...inputs, ...kinds, ...outputs].filter(({ breaking }) => breaking).map(({ message }) => message),
    ...systemReasons(built, other),
    ...dataReasons(built, other),
  ];
  const [first] = reasons;
  if (first === undefined) return undefined;
  return reasons.length === 1 ? first : `${first} (and ${reasons.length - 1} more)`;
}

/** `format()` of a chat prompt has the system message apart; its type says whether there is one. */
function systemReasons(built: CompiledContent, other: CompiledContent): string[] {
  if (built.kind !== "chat" || built.system === "sometimes" || built.system === other.system) return [];
  return built.system === "always"
    ? ["there may be no system message, which callers expect"]
    : ["there may be a system message, which callers do not expect"];
}

/** Members whose types callers see. Their values may differ, and there may be more of them. */
const DATA = ["model", "config", "tags", "metadata"] as const;

function dataReasons(built: CompiledContent, other: CompiledContent): string[] {
  return DATA.flatMap((member) => missingIn(built[member], other[member], member).slice(0, 1));
}

/** The paths of what the type of the first value promises and the second one does not have. */
function missingIn(built: unknown, other: unknown, path: string): string[] {
  if (built === undefined) return [];
  if (isObject(built)) {
    if (!isObject(other)) return [`${path} is not an object`];
    return Object.entries(built).flatMap(([key, value]) =>
      missingIn(value, Object.hasOwn(other, key) ? other[key] : undefined, `${path}.${key}`),
    );
  }
  if (other === undefined) return [`${path} is missing`];
  if (Array.isArray(built)) return Array.isArray(other) ? missingInList(built, other, path) : [`${path} is not a list`];
  return typeof built === typeof other && (built === null) === (other === null)
    ? []
    : [`${path} is not ${built === null ? "null" : `a ${typeof built}`}`];
}

/** The type of a list has no places: each item must be like one of the first list. An empty one promises nothing. */
function missingInList(built: readonly unknown[], other: readonly unknown[], path: string): string[] {
  const isLike = (item: unknown) => built.some((one) => missingIn(one, item, path).length === 0);
  return built.length === 0 || other.every(isLike) ? [] : [`${path} has items of another type`];
}
