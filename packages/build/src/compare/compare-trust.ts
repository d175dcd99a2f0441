// Which values became trusted or untrusted. Callers that pass values marked by `untrusted()` do not compile if a variable takes them no
// longer.

import type { JsonSchema } from "../model.js";
import { DescribedValue } from "../schema/untrusted-values.js";
import type { ContentChange } from "./comparison.js";

/** How deep values are compared: schemas that refer to themselves have no end. */
const MAX_DEPTH = 12;

export function compareTrust(before: JsonSchema, after: JsonSchema): ContentChange[] {
  const [was, is] = [new DescribedValue(before), new DescribedValue(after)];
  return changesIn(was, is, 0);
}

function changesIn(before: DescribedValue, after: DescribedValue, depth: number): ContentChange[] {
  const [was, is] = [before.isUntrusted, after.isUntrusted];
  if (was !== is) return [trustChange(before.path, is)];
  if (was || depth > MAX_DEPTH || !(before.holdsUntrusted || after.holdsUntrusted)) return [];
  const known = new Set(after.memberNames);
  const members = before.memberNames.filter((name) => known.has(name));
  const inMembers = members.flatMap((name) => changesIn(before.member(name), after.member(name), depth + 1));
  const isNamed = before.memberNames.length > 0 || after.memberNames.length > 0;
  return isNamed ? inMembers : changesIn(before.item(), after.item(), depth + 1);
}

function trustChange(path: string, isUntrusted: boolean): ContentChange {
  const name = path === "" ? "the input" : `input "${path}"`;
  const message = isUntrusted
    ? `${name} is now untrusted`
    : `${name} is no longer untrusted, so it does not take values that are marked as untrusted`;
  return { subject: "input", path, change: "changed", breaking: !isUntrusted, message };
}
