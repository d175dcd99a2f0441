// The workflow that `init --pages` writes, its action run as a runner runs it, in a shallow clone.

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createProject, prepared, type TestRepository } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { parse } from "yaml";
import { actionDir, checkout, installCuecard, readYaml, root, runAction } from "./run-action.js";
import { runCommand } from "./run-command.js";

// This file runs shell scripts that start the command: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const WORKFLOW = ".github/workflows/cuecard-catalog.yml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

/** Two versions in the lock, the first one promoted. */
const createPublished = prepared(async (): Promise<TestRepository> => {
  const repository = createProject({ "package.json": "{}", "prompts/greet.md": "Hello {{name}}!\n" });
  repository.git("remote", "add", "origin", "https://github.com/acme/shop.git");
  await runCommand(["init", "--yes", "--pages"], { cwd: repository.dir });
  repository.git("remote", "remove", "origin");
  repository.commit("Set up prompts");
  repository.tag("greet@v1", "First version");
  repository.write({ "aliases.json": '{ "greet": { "production": "v1" } }\n', "prompts/greet.md": "Hi {{name}}!\n" });
  repository.commit("Promote v1");
  repository.tag("greet@v2", "Short");
  installCuecard(repository.dir);
  await runCommand(["lock"], { cwd: repository.dir });
  repository.commit("Lock both versions");
  return repository;
});

it("publishes the site from a shallow clone, with versions, dates and moves, also if a prompt does not compile", async () => {
  const repository = await createPublished();
  repository.write("prompts/broken.md", "Hello {{name\n");
  repository.commit("Break a prompt");
  const workspace = checkout(repository);
  const { jobs } = readYaml(path.join(workspace, WORKFLOW));
  const step: Step = jobs.build.steps.find(({ uses = "" }: Step) => uses.startsWith("./"));
  const { code, log, outputs } = runAction(workspace, { title: "Acme" }, path.join(workspace, step.uses ?? ""));
  expect([code, log]).toEqual([0, expect.stringContaining("::warning title=cuecard::Some prompts do not compile.")]);
  const site = outputs["path"] ?? "";
  expect(path.relative(workspace, site)).toMatch(/^\.\./);
  expect(readdirSync(path.join(site, "prompts")).sort()).toEqual([
    "greet.html",
    "greet@history.html",
    "greet@v1.html",
    "greet@v2.html",
    "greet@working.html",
  ]);
  expect(readFileSync(path.join(site, "findings.html"), "utf8")).toContain("broken.md");
  expect(readFileSync(path.join(site, "prompts/greet@history.html"), "utf8")).toContain("Promote v1");
  expect(readFileSync(path.join(site, "index.html"), "utf8")).toContain("<title>Acme</title>");
  expect(execFileSync("git", ["status", "--porcelain"], { cwd: workspace, encoding: "utf8" })).toBe("");
});

it("fails, and publishes nothing, if no site was written", async () => {
  const repository = createProject({ "cuecard.config.json": '{ "prompts": 5 }' });
  repository.commit();
  installCuecard(repository.dir);
  const { code, outputs } = runAction(checkout(repository), {}, path.join(actionDir, "catalog"));
  expect(code).toBe(1);
  expect(outputs).toEqual({});
});

it("has few rights, pinned actions, and no expression in a script; only the job that deploys may write", async () => {
  const { dir } = await createPublished();
  const text = readFileSync(path.join(dir, WORKFLOW), "utf8");
  const { on, permissions, jobs } = parse(text);
  expect(on.push.branches).toEqual(["main"]);
  expect(on.workflow_run).toMatchObject({ workflows: ["Release prompts"], branches: ["main"] });
  expect([permissions, jobs.build.permissions]).toEqual([{}, { contents: "read" }]);
  expect(jobs.deploy.permissions).toEqual({ pages: "write", "id-token": "write" });
  const steps: Step[] = [...jobs.build.steps, ...jobs.deploy.steps];
  for (const { uses = "", run } of steps) {
    expect(uses).toMatch(/^\.\/\.github\/actions\/cuecard\/catalog$|@[0-9a-f]{40}$/);
    expect(run).toBeUndefined();
  }
  const action = readYaml(path.join(actionDir, "catalog/action.yml"));
  for (const { run } of action.runs.steps) expect(run).not.toContain("${{");
  const { version } = JSON.parse(readFileSync(path.join(root, "packages/cli/package.json"), "utf8"));
  expect(action.inputs.version.default).toBe(version);
  const again = await runCommand(["init", "--yes", "--pages"], { cwd: dir });
  expect(again.stdout).toContain("nothing to change");
});

it("is not written without the option, and names the folder of a project below the top", async () => {
  const repository = createProject({ "services/bot/package.json": "{}" });
  const cwd = path.join(repository.dir, "services/bot");
  await runCommand(["init", "--yes"], { cwd });
  expect(existsSync(path.join(repository.dir, WORKFLOW))).toBe(false);
  await runCommand(["init", "--yes", "--pages"], { cwd });
  const { jobs } = readYaml(path.join(repository.dir, WORKFLOW));
  expect(jobs.build.steps[2].with).toEqual({ "working-directory": "services/bot" });
});
