// What `check` accepts, `release` can release: for generated repositories with everything committed, and in every clone of
// them that leaves something out.

import { existsSync, mkdirSync, writeFileSync } from "node:fs";
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
  /** A file that is on disk and not in git. */
  hidden: fc.option(
    fc.record({
      path: fc.constantFrom<string>("prompts/_tone.md", "prompts/team/_shared.md", "prompts/draft.md"),
      text: fc.constantFrom<string>("kind", "{{> tone}}"),
      rule: fc.constantFrom<string>("", "_tone.md\n", "prompts/**\n", "draft.md\n"),
    }),
    { freq: 2 },
  ),
});

/** Cases that random ones seldom reach. */
const identified = {
  commits: [[{ path: "prompts/greet.md", text: "$Id$ {{name}}\n" }]],
  released: false,
  attributes: "*.md ident\n",
  clone: ["--no-tags"],
  hidden: null,
};
const ignored = {
  commits: [[{ path: "prompts/node_modules/greet.md", text: "Hi\n" }]],
  released: false,
  attributes: "",
  clone: undefined,
  hidden: null,
};
const hidden = (path: string, rule: string) => ({
  commits: [[{ path: "prompts/greet.md", text: "{{> tone}} {{name}}\n" }]],
  ...{ released: false, attributes: "", clone: undefined },
  hidden: { path, text: "kind", rule },
});

it("accepts only what can be released, and calls no clean file edited", async () => {
  let green = 0;
  await fc.assert(
    fc.asyncProperty(scenario, async ({ commits, released, attributes, clone, hidden }) => {
      const origin = createProject({ ".gitattributes": attributes }).identify();
      for (const [index, files] of commits.entries()) {
        for (const { path: at, text } of files) origin.write(at, text);
        origin.commit(`Commit ${index}`);
        if (released && index === 0) await runCommand(["release"], { cwd: origin.dir });
      }
      if (hidden?.rule) origin.write(".gitignore", hidden.rule);
      origin.git("add", "--all");
      origin.commit("The rest");
      const dir = clone === undefined ? origin.dir : cloneOf(origin, clone);
      expect(runGit(dir, ["status", "--porcelain"])).toBe("");
      const isHidden = hidden !== null && !existsSync(path.join(dir, hidden.path));
      if (isHidden) {
        mkdirSync(path.dirname(path.join(dir, hidden.path)), { recursive: true });
        writeFileSync(path.join(dir, hidden.path), hidden.text);
      }
      const checked = await runCommand(["check"], { cwd: dir });
      if (checked.code !== 0) return;
      green++;
      // A name that differs from another only in an ignored file, or an empty plan, is no error either.
      const planned = await runCommand(["release", "--dry-run", "-m", "Notes"], { cwd: dir });
      expect(planned.stderr).not.toMatch(/ error {2}/);
      if (!isHidden) expect(planned.stderr).not.toMatch(/uncommitted/);
      expect(planned.code).toBe(0);
    }),
    {
      seed: 11,
      numRuns: 20,
      examples: [[identified], [ignored], [hidden("prompts/_tone.md", "")], [hidden("prompts/_tone.md", "_*.md\n")]],
    },
  );
  expect(green).toBeGreaterThan(5);
});

it("reports what is on disk and not in git", async () => {
  const project = createProject({
    ...{ "prompts/greet.md": "{{> tone}}\n", "prompts/draft.md": "Draft\n", "prompts/_tone.md": "kind\n" },
    ".gitignore": "# local\ndraft.md\n",
  }).identify();
  const checked = async () => (await runCommand(["check", "--json"], { cwd: project.dir })).stdout;
  const findings = async () =>
    JSON.parse(await checked()).diagnostics.map(({ code, message, hint }: Record<string, string>) => [
      code,
      message,
      hint,
    ]);
  const draft = [
    "prompt/ignored-by-git",
    "git ignores the file of draft, so it cannot be released",
    'remove the rule in .gitignore:2, and commit the file; if it is not a prompt, add it to "ignore" in cuecard.config.json',
  ];
  // Nothing is committed yet, or prompt and partial are both new.
  expect(await findings()).toEqual([draft]);
  project.git("add", "prompts/greet.md");
  const tone = [
    "prompt/partial-not-in-git",
    "prompts/greet.md is in git and uses prompts/_tone.md, which is not in git",
    "run `git add prompts/_tone.md`, and commit it",
  ];
  expect(await findings()).toEqual([tone, draft]);
  project.write(".gitignore", "_*.md\n").git("add", "--force", "prompts/draft.md");
  expect(await findings()).toEqual([
    [
      "prompt/partial-not-in-git",
      "prompts/greet.md is in git and uses prompts/_tone.md, which git ignores",
      "remove the rule in .gitignore:1, and run `git add prompts/_tone.md`",
    ],
  ]);
  project.git("add", "--force", "prompts/_tone.md");
  expect(await findings()).toEqual([]);
  project.write({
    "prompts/cook.md": "---\noutput: { schema: Meal }\n---\nCook.\n",
    "prompts/schemas/Meal.yml": "name: string\n",
  });
  project.git("add", "prompts/cook.md");
  expect(await findings()).toEqual([
    [
      "prompt/partial-not-in-git",
      "prompts/cook.md is in git and uses prompts/schemas/Meal.yml, which is not in git",
      "run `git add prompts/schemas/Meal.yml`, and commit it",
    ],
  ]);
});

function cloneOf(origin: TestRepository, options: readonly string[]): string {
  const clone = path.join(createFolder(), "clone");
  origin.git("config", "uploadpack.allowFilter", "true");
  runGit(origin.dir, ["clone", "--quiet", ...options, `file://${origin.dir}`, clone]);
  return clone;
}
