// Where the segments of a path are in its text: `user.[first name]/x`, `../user.name`, `@root.user`.

import type { Expression, Origin } from "../template/ir.js";

type Path = Extract<Expression, { kind: "path" }>;

const SEGMENT = /\[[^\]]*\]|[^\s./[\]@]+/g;

/** Where a member of a path is written; the whole path if the text does not show it. */
export function memberOrigin(path: Path, index: number, fallback: Origin): Origin {
  const { given } = path;
  if (given !== undefined && index < given.members) return segment(given.origin, given.members - 1 - index);
  return segment(path.origin ?? fallback, path.members.length - 1 - index);
}

/** A path's text up to and with a member: `user.name` of `user.name.first`. */
export function textUpTo(path: Path, index: number, fallback: Origin): string {
  const { source, end } = memberOrigin(path, index, fallback);
  const whole = path.given !== undefined && index < path.given.members ? path.given.origin : (path.origin ?? fallback);
  return source.text.slice(whole.start, end);
}

export function textOf({ source, start, end }: Origin): string {
  return source.text.slice(start, end);
}

function segment(origin: Origin, fromEnd: number): Origin {
  const text = textOf(origin);
  // {{"first name"}} is one segment.
  if (/^["']/.test(text)) return origin;
  const found = [...text.matchAll(SEGMENT)].at(-1 - fromEnd);
  if (found === undefined) return origin;
  const start = origin.start + found.index;
  return { source: origin.source, start, end: start + found[0].length };
}
