// Named schemas through the command line: a version keeps the schemas that it was released with.

import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, runGit } from "@cuecard/testing";
import { afterEach, expect, it, vi } from "vitest";
import { loadedModules } from "./loaded-modules.js";
import { runCommand } from "./run-command.js";

// Starts git.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

afterEach(() => {
  vi.unstubAllEnvs();
});

const RECIPE = "title: string\nsteps(array): Step\n";

it("are released, compared and checked with the prompts that use them", async () => {
  const repository = createProject({
    "prompts/cook.md": "---\noutput: { schema: Recipe }\n---\nCook {{dish}}.\n",
    "prompts/list.md": "---\noutput: { schema: { recipes(array): 'Recipe, each of them' } }\n---\nList recipes.\n",
    "prompts/greet.md": "Hello, Recipe!\n",
    "prompts/schemas/about.md": "What is a schema?\n",
    "prompts/schemas/Recipe.yaml": RECIPE,
    "prompts/schemas/Step.json": '{ "type": "object", "properties": { "text": { "type": "string" } } }',
    "prompts/schemas/data.json": "[",
    "packages/prompts/package.json": '{ "type": "module" }',
  });
  repository.commit("Prompts");
  const { dir } = repository;
  const run = (...args: readonly string[]) => runCommand(args, { cwd: dir });
  const output = async (ref: string) => {
    const { stdout } = await run("show", ref, "--json");
    return (JSON.parse(stdout) as { outputSchema: unknown }).outputSchema;
  };
  const lock = () => readFileSync(path.join(dir, "prompts.lock"), "utf8");
  expect(await run("release")).toMatchObject({ code: 0 });
  expect(lock().match(/^\S+/gm)).toEqual(["cook@v1", "greet@v1", "list@v1", "schemas/about@v1"]);
  repository.commit("Lock");
  expect((await run("release")).stdout).not.toContain("@v2");
  const first = await output("cook@v1");
  expect(first).toMatchObject({ properties: { title: { type: "string" }, steps: { items: { type: "object" } } } });
  expect((await run("build")).code).toBe(0);

  // An edit breaks the callers of every prompt that uses the schema.
  repository.write("prompts/schemas/Recipe.yaml", RECIPE.replace("title", "name"));
  const diff = (await run("diff", "list@v1")).stdout;
  expect(diff).toContain("breaks callers");
  expect(diff).toContain("schemas/Recipe.yaml");
  expect((await run("check", "prompts/schemas/Recipe.yaml")).code).toBe(0);
  expect((await run("release")).stdout).not.toContain("@v2");
  repository.commit("Rename title");
  const released = (await run("release")).stdout;
  expect(released).toContain("cook@v2  schema Recipe changed");
  expect(released).toContain("list@v2  schema Recipe changed");
  expect(released).not.toContain("greet@v2");
  repository.commit("Lock again");
  expect(await output("cook@v1")).toEqual(first);
  expect(await output("cook@v2")).toMatchObject({ required: ["name", "steps"] });
  expect((await run("build")).code).toBe(0);
  // What working files refer to is known from the build before.
  expect(loadedModules(["build"], dir).loaded).not.toContain("packages/build/src/compile");
  const manifest = JSON.parse(readFileSync(path.join(dir, "packages/prompts/dist/manifest.json"), "utf8"));
  expect(manifest.prompts.cook.versions.v1).toMatchObject({
    outputSchema: first,
    schemas: { "schemas/Recipe.yaml": RECIPE },
  });
  expect((await run("blame", "cook", "--partials")).stdout).toContain("v2  ");
  expect((await run("history", "cook")).code).toBe(0);

  // The lock is a function of tags and commits, for both git readers and in every kind of clone.
  const locked = lock();
  rmSync(path.join(dir, "prompts.lock"));
  vi.stubEnv("CUECARD_GIT", "isomorphic");
  expect((await run("lock")).code).toBe(0);
  expect(lock()).toBe(locked);
  vi.unstubAllEnvs();
  repository.git("config", "uploadpack.allowFilter", "true");
  const clone = path.join(createFolder(), "clone");
  runGit(dir, ["clone", "--quiet", "--filter=blob:none", "--sparse", `file://${dir}`, clone]);
  expect(await runCommand(["check"], { cwd: clone })).toMatchObject({ code: 0 });

  // Mistakes are reported in the schema's file, also if only a prompt that uses it is named.
  repository.write("prompts/schemas/Step.yml", "text: string\n");
  repository.write("prompts/schemas/Recipe.yaml", "title: string\nsteps(array): Stepp\n");
  const { code, stdout } = await run("check", "prompts/schemas/");
  expect(code).toBe(1);
  expect(stdout).toContain("prompts/schemas/Recipe.yaml:2:15  error  schema/unknown-name");
  expect(stdout).toContain('did you mean "Step"?');
  expect((await run("check", "prompts/greet.md")).code).toBe(0);
  repository.write("prompts/schemas/Recipe.yaml", RECIPE);
  expect((await run("check")).stdout).toContain("prompts/schemas/Step.json  warning  schema/same-name");
});
