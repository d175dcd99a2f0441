// The working tree: what counts as a prompt, and how everything that only looks like one is reported.

import { mkdirSync, symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { createRepository } from "@cuecard/testing";
import { expect, it } from "vitest";
import { brief, read } from "./read.js";

it("reads prompts with their partials, sorted", async () => {
  const repository = createRepository();
  repository.write("prompts/b.md", "B {{> shared}}\n").write("prompts/a/c.md", "\uFEFFC {{> shared}}\r\n");
  repository.write("prompts/_shared.md", "S\n").write("prompts/a/_unused.md", "U\n");
  repository.write("prompts/logo.png", "x").write("prompts/.hidden.md", "x").write("prompts/.git-ish/x.md", "x");
  const { snapshot, diagnostics } = await read(repository.dir);
  expect(diagnostics).toEqual([]);
  const shared = { path: "prompts/_shared.md", text: "S\n" };
  expect(snapshot?.working).toMatchObject([
    { name: "a/c", content: { prompt: { path: "prompts/a/c.md", text: "C {{> shared}}\n" }, partials: [shared] } },
    { name: "b", content: { prompt: { path: "prompts/b.md" }, partials: [shared] } },
  ]);
  expect(snapshot?.workingPartials).toEqual([shared, { path: "prompts/a/_unused.md", text: "U\n" }]);
});

it("has no prompts if the folder does not exist", async () => {
  const repository = createRepository();
  const { snapshot, diagnostics } = await read(repository.dir);
  expect(diagnostics).toEqual([]);
  expect(snapshot).toMatchObject({ working: [], workingPartials: [], versions: [], aliases: [] });
});

it("reports every file that cannot be a prompt", async () => {
  const repository = createRepository();
  repository.write("prompts/good.md", "x\n").write("prompts/two words.md", "x\n").write("prompts/x.lock.md", "x\n");
  repository.write("prompts/binary.md", "\0").write("prompts/large.md", "x".repeat(1_000_001));
  repository.write("elsewhere/x.md", "x\n");
  mkdirSync(join(repository.dir, "prompts/folder.md"));
  symlinkSync("good.md", join(repository.dir, "prompts/link.md"));
  symlinkSync("loop.md", join(repository.dir, "prompts/loop.md"));
  symlinkSync("../elsewhere", join(repository.dir, "prompts/linked"));
  const { snapshot, diagnostics } = await read(repository.dir);
  expect(snapshot?.working.map(({ name }) => name)).toEqual(["good"]);
  expect(brief(diagnostics)).toEqual([
    "prompts/binary.md:1:1 prompt/not-text",
    "prompts/folder.md prompt/not-a-file",
    "prompts/large.md prompt/too-large",
    "prompts/link.md prompt/not-a-file",
    "prompts/linked prompt/not-a-file",
    "prompts/loop.md prompt/not-a-file",
    "prompts/two words.md prompt/invalid-name",
    "prompts/x.lock.md prompt/invalid-name",
  ]);
});

it("reports a prompts folder that is not a folder", async () => {
  const repository = createRepository();
  repository.write("elsewhere/x.md", "x\n");
  symlinkSync("elsewhere", join(repository.dir, "prompts"));
  expect(brief((await read(repository.dir)).diagnostics)).toEqual(["prompts prompt/not-a-file"]);
  unlinkSync(join(repository.dir, "prompts"));
  repository.write("prompts", "x\n");
  expect((await read(repository.dir)).diagnostics).toMatchObject([
    { code: "prompt/not-a-file", file: "prompts", message: "this is a file, not a folder of this repository" },
  ]);
});

it("reports names that differ only in case, even between the working tree and versions", async () => {
  const repository = createRepository();
  repository.release("Greet", 1, "x\n");
  repository.remove("prompts/Greet.md");
  repository.write("prompts/greet.md", "x\n").write("prompts/_a.md", "x\n").write("prompts/_A.md", "x\n");
  const { diagnostics } = await read(repository.dir);
  expect(brief(diagnostics)).toEqual(["prompts/_a.md prompt/case-conflict", "prompts/greet.md prompt/case-conflict"]);
  expect(diagnostics[1]?.message).toBe('"greet" and "Greet" differ only in case');
});

it("accepts a pointer at a working file that cannot be read, which has its own error", async () => {
  const repository = createRepository();
  repository.write("prompts/binary.md", "\0").write("aliases.json", '{ "binary": { "dev": "working" } }');
  expect(brief((await read(repository.dir)).diagnostics)).toEqual(["prompts/binary.md:1:1 prompt/not-text"]);
});
