// The recipes of docs/other-ci-systems.md, run in the clones that CI systems make: shallow, without tags, at a detached commit.

import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createFolder, createProject, prepared, runGit, type TestRepository } from "@cuecard/testing";
import { expect, it, vi } from "vitest";
import { parse } from "yaml";
import { tryCommand } from "../../../e2e/run-command.js";

// Starts git and the command.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const page = readFileSync(new URL("../../../docs/other-ci-systems.md", import.meta.url), "utf8");
const recipe = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "s").exec(page)?.[1] ?? "";
const cuecard = path.join(import.meta.dirname, "../bin/cuecard.js");

/** greet@v1 in production on main; a branch that breaks its callers. */
const origin = prepared(async (): Promise<TestRepository> => {
  const head = "---\ninput:\n  schema:\n    name: string\n";
  const repository = createProject({
    "prompts/greet.md": `${head}---\nHello {{name}}\n`,
    "aliases.json": '{ "greet": { "production": "v1" } }\n',
  });
  repository.commit("Greet");
  repository.tag("greet@v1", "First");
  await tryCommand(process.execPath, [cuecard, "lock"], { cwd: repository.dir });
  repository.commit("Lock");
  repository.git("checkout", "--quiet", "-b", "change");
  repository.write("prompts/greet.md", `${head}    place: string\n---\nHello {{name}} of {{place}}\n`).commit("Ask");
  return repository;
});

/** A clone as a CI system makes it, in which `npx cuecard` runs this repository's. */
function cloneForCi(from: TestRepository): string {
  const dir = createFolder("build");
  runGit(dir, ["clone", "--quiet", "--depth=1", "--no-tags", "--branch=change", `file://${from.dir}`, "."]);
  runGit(dir, ["checkout", "--quiet", "--detach"]);
  mkdirSync(path.join(dir, "node_modules/.bin"), { recursive: true });
  symlinkSync(cuecard, path.join(dir, "node_modules/.bin/cuecard"));
  writeFileSync(path.join(dir, ".git/info/exclude"), "node_modules\n");
  return dir;
}

async function run(dir: string, script: string, env: Readonly<Record<string, string>>, ...args: string[]) {
  const file = path.join(createFolder("script"), "script.sh");
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return tryCommand("sh", ["-e", file, ...args], { cwd: dir, env: { CI: "true", ...env } });
}

it("GitLab CI", async () => {
  const { prompts: job } = parse(recipe("yaml"));
  const dir = cloneForCi(await origin());
  writeFileSync(path.join(dir, "prompts/broken.md"), "{{#if a}}\n");
  // GIT_DEPTH 0: the runner fetches the whole history.
  expect(job.variables.GIT_DEPTH).toBe("0");
  runGit(dir, ["fetch", "--quiet", "--unshallow"]);
  const script = job.script.filter((line: string) => line !== "npm ci").join("\n");
  const { code, stderr } = await run(dir, script, {
    GITLAB_CI: "true",
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main",
    CI_MERGE_REQUEST_DIFF_BASE_SHA: runGit(dir, ["rev-parse", "HEAD~1"]),
  });
  const review = readFileSync(path.join(dir, job.artifacts.paths[0]), "utf8");
  expect(review).toContain("2 prompts change; callers break; 1 prompt does not compile");
  const issues = JSON.parse(readFileSync(path.join(dir, job.artifacts.reports.codequality), "utf8"));
  expect(issues.map((issue: { check_name: string }) => issue.check_name)).toEqual(["template/syntax"]);
  expect([code, stderr]).toEqual([1, "1 error; run `cuecard check` for details\n"]);
});

it("any other system", async () => {
  const dir = cloneForCi(await origin());
  const { code, stdout, stderr } = await run(dir, recipe("sh"), {}, "main");
  expect(stdout).toContain("1 prompt changes; callers break (origin/main at ");
  expect(stdout).toContain("✓ 1 prompt, 1 version checked");
  expect([code, stderr]).toEqual([0, ""]);
});
