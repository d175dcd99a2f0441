// Symbolic links in the place of files and folders that Cuecard reads or writes. What they lead to is never read into a message, and never
// written.

import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, prepared, type TestRepository } from "@cuecard/testing";
import { describe, expect, it, vi } from "vitest";
import { runCommand } from "./run-command.js";

// Starts git and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SECRET = "machine example.com login ci password TOPSECRET\n";

const project = prepared((): TestRepository => {
  const repository = createProject({ "prompts/greet.md": "Hi {{name}}", "aliases.json": "{}\n" });
  repository.write("package.json", '{ "name": "acme" }\n').commit("First");
  return repository.identify();
});

/** The texts of all files in a folder, by path. */
function textsIn(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    lstatSync(path.join(folder, file)).isFile(),
  );
  return Object.fromEntries(files.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]));
}

const ALIAS = ["alias", "set", "greet", "production", "v1", "--yes"];

describe.each<[link: string, commands: string[][]]>([
  ["aliases.json", [["check", "--format", "github"], ["build"], ALIAS, ["init", "--yes"]]],
  ["prompts.lock", [["check", "--format", "json"], ["build"], ["lock"], ["release", "--yes"], ALIAS]],
  ["cuecard.config.json", [["check"], ["build"], ["list"], ["init", "--yes"]]],
  ["package.json", [["check"], ["init", "--yes"]]],
  ["prompts/greet.scores.jsonl", [["score", "greet@v1", "--metric", "a=1"]]],
  ["prompts/greet.md", [["check"], ["register", "greet", "--from", "package.json"]]],
  [".gitignore", [["init", "--yes"]]],
])("a link in the place of %s", (link, commands) => {
  it.each(commands.map((command) => [command.join(" "), command] as const))(
    "is not followed by %s",
    async (_, args) => {
      const outside = createFolder();
      writeFileSync(path.join(outside, "secret"), SECRET);
      const repository = project().tag("greet@v1");
      const file = path.join(repository.dir, link);
      rmSync(file, { force: true });
      mkdirSync(path.dirname(file), { recursive: true });
      symlinkSync(path.join(outside, "secret"), file);
      const { code, stdout, stderr } = await runCommand(args, { cwd: repository.dir });
      expect(stdout + stderr).not.toContain("TOPSECRET");
      expect(stdout + stderr).toMatch(/symbolic link/);
      expect(code).toBe(1);
      expect(textsIn(outside)).toEqual({ secret: SECRET });
      expect(lstatSync(file).isSymbolicLink()).toBe(true);
    },
  );
});

it.each<[link: string, args: string[]]>([
  ["prompts", ["check"]],
  ["packages/prompts", ["build"]],
  ["packages", ["build"]],
  ["packages/prompts/dist", ["build"]],
  [".github", ["init", "--yes"]],
])("a link in the place of the folder %s is not followed", async (link, args) => {
  const outside = createFolder();
  const repository = project().tag("greet@v1");
  const folder = path.join(repository.dir, link);
  rmSync(folder, { force: true, recursive: true });
  mkdirSync(path.dirname(folder), { recursive: true });
  symlinkSync(outside, folder);
  const { code, stdout, stderr } = await runCommand(args, { cwd: repository.dir });
  expect(stdout + stderr).toMatch(/symbolic link/);
  expect(code).toBe(1);
  expect(textsIn(outside)).toEqual({});
});

it("a link in the place of the folder for caches leads to no other place for them", async () => {
  const outside = createFolder();
  const repository = project().tag("greet@v1");
  mkdirSync(path.join(repository.dir, "node_modules"), { recursive: true });
  symlinkSync(outside, path.join(repository.dir, "node_modules/.cache"));
  for (const args of [["check"], ["build"]]) expect((await runCommand(args, { cwd: repository.dir })).code).toBe(0);
  expect(readdirSync(outside)).toEqual([]);
});

it.each(["aliases.json", "prompts.lock", "cuecard.config.json", "package.json"])(
  "a device in the place of %s ends in a finding",
  async (file) => {
    const repository = project();
    rmSync(path.join(repository.dir, file), { force: true });
    symlinkSync("/dev/zero", path.join(repository.dir, file));
    expect((await runCommand(["check"], { cwd: repository.dir })).stdout).toContain("symbolic link");
  },
);
