import { expect, it } from "vitest";
import { describeWrongBranch } from "./branch-name.js";

it.each([
  ["cuecard/greet", undefined],
  ["cuecard/a-b_c.d/é", undefined],
  ["main", "it does not begin with cuecard/"],
  ["foo bar..x", 'it does not begin with cuecard/, and git does not allow a space or ".." in the name of a branch'],
  ["cuecard/a b..c~", 'git does not allow a space, ".." or "~" in the name of a branch'],
  ["cuecard/a\\b[c", 'git does not allow "[" or "\\" in the name of a branch'],
  ["cuecard/a?b*c^d:e", 'git does not allow "^", ":", "?" or "*" in the name of a branch'],
  ["cuecard/@{u}", 'git does not allow "@{" in the name of a branch'],
  ["cuecard/", 'git does not allow a "/" at the end in the name of a branch'],
  ["cuecard/.a", 'git does not allow a part that begins with "." in the name of a branch'],
  ["cuecard/a.", 'git does not allow a "." at the end in the name of a branch'],
  ["cuecard/a.lock", 'git does not allow a part that ends with ".lock" in the name of a branch'],
  ["cuecard/a\0", "git does not allow a control character in the name of a branch"],
])("says all that is wrong with %j", (branch, problem) => {
  expect(describeWrongBranch(branch)).toBe(problem);
});
