// What becomes of an exception that a value throws while it is read: a getter, a Proxy, a `toString` or an iterator of the caller's,
// or a value that is nested too deeply. It becomes an issue, like everything else that is wrong with a value.

import { issueWith, memberPath, type Path, type PlacedIssue, shorten } from "./issue.js";
import { getPrototypeOf, isArray, isPlain, objectPrototype } from "./safe-members.js";
import { asText } from "./template.js";

/** How deep a place is looked for. */
const DEEPEST = 32;

/**
 * @param error What was thrown while the value was checked or rendered.
 * @param options Of the call, which may be what throws.
 * @param shown What is shown of an issue with the value.
 */
export const unreadable = (
  value: unknown,
  error: unknown,
  options?: unknown,
  shown: (issue: PlacedIssue) => PlacedIssue = (issue) => issue,
): PlacedIssue => {
  const found = findThrowing(value);
  const inOptions = found ? undefined : findThrowing(options, OPTIONS);
  const issue = issueWith((found ?? inOptions)?.path, "a value that can be read", `an exception${textOf(error)}`);
  return inOptions ? issue : shown(issue);
};

/** What the places of options begin with. */
export const OPTIONS: Path = { parent: undefined, key: "options" };

/** The place of the first member that throws when it is read, or made text; `undefined` if none does. */
export function findThrowing(root: unknown, path?: Path): { readonly path: Path } | undefined {
  const seen = new Set<unknown>();
  let place = path;
  const visit = (value: unknown, at: Path, depth: number): void => {
    place = at;
    if (Object(value) !== value || depth > DEEPEST || seen.has(value)) return;
    seen.add(value);
    const object = value as Readonly<Record<string, unknown>>;
    const isList = isArray(value);
    if (!isList && !isPlain(value)) asText(value);
    for (const name of Object.keys(object)) {
      place = memberPath(at, isList ? Number(name) : name);
      visit(object[name], place, depth + 1);
    }
  };
  try {
    visit(root, path, 0);
  } catch {
    return { path: place };
  }
  return undefined;
}

/** ` (Error: no connection)`. What is thrown may be anything, also a value that has no text. */
function textOf(error: unknown): string {
  try {
    return ` (${shorten(String(error).split("\n")[0] as string)})`;
  } catch {
    return "";
  }
}

/** `false` for objects that keep their values elsewhere: an instance of a class counts by its own members, and a Map has none. */
export const isUsable = (input: unknown): boolean =>
  isPlain(input) ||
  typeof input !== "object" ||
  !input ||
  isArray(input) ||
  // Plain objects of other realms, such as those of a test runner, have another Object.prototype.
  !getPrototypeOf(getPrototypeOf(input) ?? objectPrototype) ||
  Object.keys(input).length > 0;
