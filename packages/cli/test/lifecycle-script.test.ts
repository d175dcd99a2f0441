// The script in the generated package that package managers run: run here as they run it, with and without cuecard.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createProject } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { typeCheck } from "../../../e2e/type-check.js";
import { runCommand } from "./run-command.js";

// Starts node and compilers.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ownFolder = fileURLToPath(new URL("..", import.meta.url));

/** A project with its generated package linked, as an install leaves it. */
async function createInstalled(files: Readonly<Record<string, string>>, cuecard: "with cuecard" | "without cuecard") {
  const repository = createProject({ "package.json": '{ "name": "shop", "type": "module" }', ...files });
  await runCommand(["init", "--yes"], { cwd: repository.dir });
  const link = (name: string, to: string) => {
    const place = path.join(repository.dir, "node_modules", name);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(to, place, "junction");
  };
  const generated = path.join(repository.dir, "packages/prompts");
  link("@shop/prompts", generated);
  link("@cuecard/runtime", path.join(ownFolder, "../runtime"));
  if (cuecard === "with cuecard") link("cuecard", ownFolder);
  return { repository, generated };
}

/** pnpm's links to programs set NODE_PATH, by which Node finds packages that are not installed here. */
const { NODE_PATH: _, ...env } = process.env;

function runScript(generated: string, name: string, variables: Readonly<Record<string, string>> = {}) {
  const { scripts } = JSON.parse(readFileSync(path.join(generated, "package.json"), "utf8"));
  const { status, stdout, stderr } = spawnSync(scripts[name], {
    cwd: generated,
    env: { ...env, ...variables },
    shell: true,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function importPackage(dir: string, specifier = "@shop/prompts") {
  const code = `import(${JSON.stringify(specifier)}).then(({ load }) => console.log(typeof load))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    cwd: dir,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

it("builds the prompts where cuecard is installed", async () => {
  const { repository, generated } = await createInstalled({}, "with cuecard");
  expect(runScript(generated, "prepare", { CUECARD_SKIP_BUILD: "1" })).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(existsSync(path.join(generated, "dist"))).toBe(false);
  expect(runScript(generated, "prepare")).toMatchObject({ status: 0, stderr: "" });
  expect(importPackage(repository.dir)).toMatchObject({ status: 0, stdout: "function\n" });
  expect(runScript(generated, "prepack")).toMatchObject({ status: 0 });

  await runCommand(["build", "--as", "greet@production=working"], { cwd: repository.dir });
  expect(runScript(generated, "prepack")).toMatchObject({
    status: 1,
    stderr: "The prompts were built with --as (greet@production). Run `cuecard build`, then pack this package again.\n",
  });
});

it("does not fail where cuecard is missing: the import then says what to do", async () => {
  const { repository, generated } = await createInstalled({}, "without cuecard");
  expect(runScript(generated, "prepack")).toMatchObject({
    status: 1,
    stderr: "The prompts are not built. Run `cuecard build`, then pack this package again.\n",
  });
  expect(runScript(generated, "prepare")).toEqual({ status: 0, stdout: "", stderr: "" });
  const { status, stderr } = importPackage(repository.dir);
  expect(status).toBe(1);
  expect(stderr).toContain("The prompts are not built. Run `cuecard build`");
  expect(importPackage(repository.dir, "@shop/prompts/greet").stderr).toContain("The prompts are not built.");
  expect(runScript(generated, "prepack").status).toBe(1);
});

it("reports a mistake of a type check in the same words", async () => {
  const { repository, generated } = await createInstalled({}, "without cuecard");
  runScript(generated, "prepare");
  const compilerOptions = { module: "nodenext", strict: true, types: [], noEmit: true };
  repository.write({
    "tsconfig.json": JSON.stringify({ compilerOptions, include: ["*.ts"] }),
    "ask.ts": 'import { load } from "@shop/prompts";\nload("greet", "dev");\n',
  });
  const [error, ...others] = await typeCheck("typescript", repository.dir, []);
  expect(others).toEqual([]);
  expect(error?.message).toContain('"The prompts are not built. Run `cuecard build`"');
});

it("does not fail where prompts have errors, shows them, and the next build replaces the explanation", async () => {
  const { repository, generated } = await createInstalled({ "prompts/greet.md": "Hi {{#if name}}" }, "with cuecard");
  const { status, stderr } = runScript(generated, "prepare");
  expect(status).toBe(0);
  expect(stderr).toContain("{{#if}} is never closed");
  expect(stderr).toContain("The prompts could not be built.");
  expect(existsSync(path.join(generated, "dist/manifest.json"))).toBe(false);

  repository.write({ "prompts/greet.md": "Hi {{name}}" });
  expect(await runCommand(["build"], { cwd: repository.dir })).toMatchObject({ code: 0 });
  expect(importPackage(repository.dir)).toMatchObject({ status: 0, stdout: "function\n" });
});

it("never replaces a build", async () => {
  const { repository, generated } = await createInstalled({}, "with cuecard");
  await runCommand(["build"], { cwd: repository.dir });
  const built = readFileSync(path.join(generated, "dist/index.js"), "utf8");
  repository.write({ "prompts/greet.md": "Hi {{#if name}}" });
  expect(runScript(generated, "prepare").status).toBe(0);
  expect(readFileSync(path.join(generated, "dist/index.js"), "utf8")).toBe(built);
});

it("does not fail where only package.json was copied", async () => {
  const { generated } = await createInstalled({}, "without cuecard");
  const { dir } = createProject({ "package.json": readFileSync(path.join(generated, "package.json"), "utf8") });
  expect(runScript(dir, "prepare")).toEqual({ status: 0, stdout: "", stderr: "" });
});

it("does not take another tool's dist folder for one to replace", async () => {
  const { repository, generated } = await createInstalled({}, "with cuecard");
  mkdirSync(path.join(generated, "dist"));
  writeFileSync(path.join(generated, "dist/index.js"), "export {};\n");
  expect(await runCommand(["build"], { cwd: repository.dir })).toMatchObject({ code: 1 });
});
