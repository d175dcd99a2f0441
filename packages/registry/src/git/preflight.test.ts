import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { inspectRepository, parseConfig, unsupportedByIsomorphic } from "./preflight.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "cuecard-"));
  mkdirSync(join(dir, ".git/objects"), { recursive: true });
  mkdirSync(join(dir, ".git/refs"));
  write(".git/HEAD", "ref: refs/heads/main\n");
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

it.each<[file: string, text: string, facts: object, unsupported: string | undefined]>([
  [".git/config", "", { objectFormat: "sha1", refStorage: "files", shallow: false, partial: false }, undefined],
  [".git/config", "[extensions]\n\tobjectFormat = sha256\n", { objectFormat: "sha256" }, "sha256 object ids"],
  [".git/config", "[Extensions]\nrefStorage=reftable ; new\n", { refStorage: "reftable" }, "reftable ref storage"],
  [".git/config", '[remote "origin"]\n\tpromisor = true\n', { partial: true }, undefined],
  [".git/config", '[remote "origin"]\n\tpromisor = false\n', { partial: false }, undefined],
  [".git/config", "[extensions]\n\tpartialClone = origin\n", { partial: true }, undefined],
  [".git/shallow", `${"a".repeat(40)}\n`, { shallow: true }, undefined],
  [".git/shallow", "", { shallow: false }, undefined],
  [
    ".git/objects/info/alternates",
    "/elsewhere/objects\n",
    { alternates: true },
    "objects borrowed from another repository (alternates)",
  ],
])("%s: %j", (file, text, facts, unsupported) => {
  write(file, text);
  const found = inspectRepository(dir);
  expect(found).toMatchObject(facts);
  expect(found && unsupportedByIsomorphic(found)).toBe(unsupported);
});

it("finds the repository above a folder, and the path from its top", () => {
  mkdirSync(join(dir, "a b/c"), { recursive: true });
  expect(inspectRepository(join(dir, "a b/c"))).toMatchObject({ prefix: "a b/c/", bare: false });
  expect(inspectRepository(dir)).toMatchObject({ prefix: "" });
  expect(inspectRepository(join(dir, "absent"))).toBeUndefined();
});

it("follows a .git file, and a commondir from there", () => {
  write("linked/.git", "gitdir: ../.git/worktrees/linked\n");
  write(".git/worktrees/linked/commondir", "../..\n");
  write(".git/worktrees/linked/HEAD", "ref: refs/heads/linked\n");
  const found = inspectRepository(join(dir, "linked"));
  expect(found).toMatchObject({ prefix: "", bare: false });
  expect(found?.commonDir).toBe(found?.gitDir.replace("/worktrees/linked", ""));
});

it("does not accept a folder that lacks parts of a repository", () => {
  rmSync(join(dir, ".git/HEAD"));
  expect(inspectRepository(dir)).toBeUndefined();
});

it("reads git's config format", () => {
  const text = '[a]\n\tB = 1 # one\n[a "Sub\\"x"] c = "two" ; x\n\td\n# e = 3\nnonsense here\n[f.g]\nh=4\r\n';
  expect(parseConfig(text)).toEqual([
    { key: "a.b", value: "1" },
    { key: 'a.Sub\\"x.c', value: "two" },
    { key: 'a.Sub\\"x.d', value: "true" },
    { key: "f.g.h", value: "4" },
  ]);
});
