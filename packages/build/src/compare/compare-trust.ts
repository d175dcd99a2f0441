// Which values became trusted or untrusted. Callers that pass values marked by `untrusted()` do not compile if a variable takes them no
// longer.

import type { JsonSchema } from "../model.js";
import { DescribedValue, otherwiseAt } from "../schema/untrusted-values.js";
import type { ContentChange } from "./comparison.js";

export function compareTrust(before: JsonSchema, after: JsonSchema): ContentChange[] {
  // Members without names share a path.
  const changes = new Map<string, ContentChange>();
  // Schemas may refer to themselves.
  const seen = new Set<string>();
  const visit = (was: DescribedValue, is: DescribedValue): void => {
    if (was.isUntrusted !== is.isUntrusted)
      changes.set(`${is.isUntrusted} ${was.path}`, trustChange(was.path, is.isUntrusted));
    const key = `${was.key} ${is.key}`;
    if (was.isUntrusted || is.isUntrusted || !(was.holdsUntrusted || is.holdsUntrusted) || seen.has(key)) return;
    seen.add(key);
    for (const [before, after] of partsOf(was, is)) visit(before, after);
  };
  visit(new DescribedValue(before), new DescribedValue(after));
  return [...changes.values()];
}

/** The members and items that both schemas describe. */
function* partsOf(was: DescribedValue, is: DescribedValue): Iterable<readonly [DescribedValue, DescribedValue]> {
  for (const name of new Set([...was.memberNames, ...is.memberNames])) {
    const [before, after] = [was.member(name), is.member(name)];
    if (before.isDescribed && after.isDescribed) yield [before, after];
  }
  const [unnamedBefore, unnamedAfter] = [was.unnamed, is.unnamed];
  for (const where of new Set([...unnamedBefore.keys(), ...unnamedAfter.keys()])) {
    const before = unnamedBefore.get(where) ?? unnamedBefore.get(otherwiseAt(where));
    const after = unnamedAfter.get(where) ?? unnamedAfter.get(otherwiseAt(where));
    if (before !== undefined && after !== undefined) yield [before, after];
  }
}

function trustChange(path: string, isUntrusted: boolean): ContentChange {
  const name = path === "" ? "the input" : `input "${path}"`;
  const message = isUntrusted
    ? `${name} is now untrusted`
    : `${name} is no longer untrusted, so it does not take values that are marked as untrusted`;
  return { subject: "input", path, change: "changed", breaking: !isUntrusted, message };
}
