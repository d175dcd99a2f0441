// What `check` accepts, `release` can release: for generated repositories with everything committed, and in every clone of
// them that leaves something out.

import path from "node:path";
import { createFolder, createProject, runGit, type TestRepository } from "@cuecard/testing";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git many times.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** Mostly the first ones, so that many repositories are green. */
const mostly = <T>(usual: readonly T[], odd: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom<T>(...usual) },
    { weight: 1, arbitrary: fc.constantFrom<T>(...odd) },
  );
const folders = mostly(["", "team/", "team/eu/"], ["con/", "node_modules/"]);
const names = mostly(["greet", "x.v2", "_shared", "_tone"], ["Greet", "aux", "two words", "README"]);
const texts = mostly<string | Buffer>(
  ["Hello {{name}}!\n", "\uFEFFa\r\nb {{name}}\r\n", "$Id$ {{name}}\n", "---\ndescription: d\n---\nHi {{name}}"],
  ["{{> shared}} {{> tone}}", "{{#if x}}", Buffer.from([0x47, 0x72, 0xfc]), Buffer.from("\uFEFFHi", "utf16le")],
);
const file = fc.record({
  path: fc.tuple(folders, names).map((parts) => `prompts/${parts.join("")}.md`),
  text: texts,
});
const scenario = fc.record({
  commits: fc.array(fc.array(file, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  released: fc.boolean(),
  attributes: fc.constantFrom<string>("", "*.md ident\n", "*.md text eol=crlf\n", "*.md text=auto\n"),
  clone: fc.constantFrom<readonly string[] | undefined>(
    undefined,
    ["--filter=blob:none"],
    ["--no-tags"],
    ["--depth=1"],
    ["--sparse"],
  ),
});

/** Cases that random ones seldom reach. */
const identified = {
  commits: [[{ path: "prompts/greet.md", text: "$Id$ {{name}}\n" }]],
  released: false,
  attributes: "*.md ident\n",
  clone: ["--no-tags"],
};
const ignored = {
  commits: [[{ path: "prompts/node_modules/greet.md", text: "Hi\n" }]],
  released: false,
  attributes: "",
  clone: undefined,
};

it("accepts only what can be released, and calls no clean file edited", async () => {
  let green = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async ({ commits, released, attributes, clone }) => {
      const origin = createProject({ ".gitattributes": attributes }).identify();
      for (const [index, files] of commits.entries()) {
        for (const { path: at, text } of files) origin.write(at, text);
        origin.commit(`Commit ${index}`);
        if (released && index === 0) await runCommand(["release"], { cwd: origin.dir });
      }
      origin.git("add", "--all");
      origin.commit("The rest");
      const dir = clone === undefined ? origin.dir : cloneOf(origin, clone);
      expect(runGit(dir, ["status", "--porcelain"])).toBe("");
      const checked = await runCommand(["check"], { cwd: dir });
      if (checked.code !== 0) return;
      green++;
      // A name that differs from another only in an ignored file, or an empty plan, is no error either.
      const planned = await runCommand(["release", "--dry-run", "-m", "Notes"], { cwd: dir });
      expect(planned.stderr).not.toMatch(/ error {2}|uncommitted/);
      expect(planned.code).toBe(0);
    }),
    { seed: 11, numRuns: 20, examples: [[identified], [ignored]] },
  );
  expect(green).toBeGreaterThan(5);
});

function cloneOf(origin: TestRepository, options: readonly string[]): string {
  const clone = path.join(createFolder(), "clone");
  origin.git("config", "uploadpack.allowFilter", "true");
  runGit(origin.dir, ["clone", "--quiet", ...options, `file://${origin.dir}`, clone]);
  return clone;
}
