// Which values became trusted or untrusted. Callers that pass values marked by `untrusted()` do not compile if a variable takes them no
// longer.

import type { JsonSchema } from "../model.js";
import { DescribedValue } from "../schema/untrusted-values.js";
import type { ContentChange } from "./comparison.js";

export function compareTrust(before: JsonSchema, after: JsonSchema): ContentChange[] {
  const changes: ContentChange[] = [];
  // Schemas may refer to themselves.
  const seen = new Set<string>();
  const visit = (was: DescribedValue, is: DescribedValue): void => {
    if (was.isUntrusted !== is.isUntrusted) changes.push(trustChange(was.path, is.isUntrusted));
    const key = `${was.key} ${is.key}`;
    if (was.isUntrusted || is.isUntrusted || !(was.holdsUntrusted || is.holdsUntrusted) || seen.has(key)) return;
    seen.add(key);
    const known = new Set(is.memberNames);
    for (const name of was.memberNames) if (known.has(name)) visit(was.member(name), is.member(name));
    if (was.memberNames.length === 0 && known.size === 0) visit(was.item(), is.item());
  };
  visit(new DescribedValue(before), new DescribedValue(after));
  return changes;
}

function trustChange(path: string, isUntrusted: boolean): ContentChange {
  const name = path === "" ? "the input" : `input "${path}"`;
  const message = isUntrusted
    ? `${name} is now untrusted`
    : `${name} is no longer untrusted, so it does not take values that are marked as untrusted`;
  return { subject: "input", path, change: "changed", breaking: !isUntrusted, message };
}
