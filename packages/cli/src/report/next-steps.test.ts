import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { commitCommand, formatNextSteps, lockStep } from "./next-steps.js";

it.each<[message: string, file: string, folder: string]>([
  ["Lock a@v1", "prompts.lock", ""],
  ["Score a@v1", "my prompts/a.scores.jsonl", "../.."],
  ["It's $HOME, `date`", "it's/$a.md", "some folder"],
])("a shell takes %j, %j and %j as they are", (message, file, folder) => {
  const git = (...args: string[]) => (folder === "" ? args : ["-C", folder, ...args]);
  const script = `git() { printf '%s\\n' "$@" --; }; ${commitCommand(message, file, folder)}`;
  const taken = execFileSync("sh", ["-c", script], { encoding: "utf8" });
  expect(taken.trimEnd().split("\n")).toEqual([...git("add", file), "--", ...git("commit", "-m", message, file), "--"]);
});

it("prints one command per line", () => {
  const steps = [
    lockStep(["a@v1", "b@v1", "c@v1", "d@v1"], ""),
    { what: "push the tags", command: "cuecard release --push" },
  ];
  expect(formatNextSteps(steps)).toBe(
    'Next: commit the lock: git add prompts.lock && git commit -m "Lock new versions" prompts.lock\n      push the tags: cuecard release --push\n',
  );
});
