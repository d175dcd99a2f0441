// The TypeScript that reads helpers and code is the one where cuecard is installed, if it has an interface for programs.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createFolder, createProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { CUECARD } from "./built-program.js";

// Starts the command.
vi.setConfig({ testTimeout: 60_000 });

const TYPESCRIPT = path.dirname(createRequire(import.meta.url).resolve("typescript/package.json"));

/** A folder in which cuecard is installed, and packages of some versions that cannot be used, or the real TypeScript. */
function install(packages: Readonly<Record<string, string>>): string {
  const modules = path.join(createFolder(), "node_modules");
  for (const part of ["bin", "dist", "package.json"])
    cpSync(path.join(path.dirname(CUECARD), "..", part), path.join(modules, "cuecard", part), { recursive: true });
  for (const [name, version] of Object.entries(packages)) {
    const dir = path.join(modules, name);
    mkdirSync(path.dirname(dir), { recursive: true });
    if (version === "real") symlinkSync(TYPESCRIPT, dir);
    else {
      mkdirSync(dir);
      writeFileSync(path.join(dir, "package.json"), JSON.stringify({ name, version, main: "never-loaded.js" }));
    }
  }
  return path.join(modules, "cuecard/bin/cuecard.js");
}

/** Package managers can make Node look elsewhere for packages as well. */
const { NODE_PATH: _, ...env } = process.env;

const { dir } = createProject({
  "cuecard.config.json": '{ "helpers": "helpers.ts" }',
  "helpers.ts": "export function shout(text: string): string { return text.toUpperCase(); }",
  "prompts/greet.md": "Hello {{shout name}}",
  // A repository that is only read does not choose the code that reads it.
  "node_modules/typescript/package.json": '{ "name": "typescript", "version": "6.0.3", "main": "index.js" }',
  "node_modules/typescript/index.js": 'throw new Error("run")',
});

it.each<[string, Readonly<Record<string, string>>, string, string]>([
  ["nothing", {}, "TypeScript is not installed", "typescript@6"],
  ["7", { typescript: "7.0.2" }, "TypeScript 7.0.2 has no interface for programs", "@typescript/typescript6"],
  ["5.6", { typescript: "5.6.3" }, "TypeScript 5.6.3 is older than 5.7", "@typescript/typescript6"],
])("with %s, reports what to install", (_, packages, problem, remedy) => {
  const program = install(packages);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { cwd: dir, env, encoding: "utf8" });
  const built = run("build");
  expect([built.status, built.stderr]).toEqual([1, expect.stringContaining(`the helpers cannot be read: ${problem}`)]);
  expect(built.stderr).toContain(`npm install --save-dev ${remedy}`);
  const { status, stdout } = run("usages", "--json");
  expect(status).toBe(1);
  expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code: "code/no-typescript" }]);
});

it.each<[string, Readonly<Record<string, string>>]>([
  ["6", { typescript: "real" }],
  ["7 and the interface of 6", { typescript: "7.0.2", "@typescript/typescript6": "real" }],
])("with %s, reads helpers", (_, packages) => {
  const { status, stdout } = spawnSync(process.execPath, [install(packages), "render", "greet", "--var", "name=Ada"], {
    cwd: dir,
    env,
    encoding: "utf8",
  });
  expect([status, stdout]).toEqual([0, "Hello ADA\n"]);
});
