// npm installs cuecard into projects with and without TypeScript: no second copy, and helpers are read, or a diagnostic says
// what to install.

import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { packPackages } from "../pack-packages.js";
import { type PackageRegistry, startPackageRegistry } from "../package-registry.js";
import { runCommand, tryCommand } from "../run-command.js";

// This file installs packages: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const folder = createFolder();
let registry: PackageRegistry;

beforeAll(async () => {
  registry = await startPackageRegistry(path.join(folder, "registry"));
  for (const packed of await packPackages(path.join(folder, "packed"))) await registry.publish(packed);
});

afterAll(() => registry?.close());

const HELPERS = "export function shout(text: string): string { return text.toUpperCase(); }\n";

/** A project with a helper, in which cuecard was installed after other packages. */
async function createProject(name: string, others: readonly string[]) {
  const dir = path.join(folder, name);
  await mkdir(path.join(dir, "prompts"), { recursive: true });
  await writeFile(path.join(dir, "package.json"), '{ "private": true, "type": "module" }');
  await writeFile(path.join(dir, "cuecard.config.json"), '{ "helpers": "helpers.ts" }');
  await writeFile(path.join(dir, "helpers.ts"), HELPERS);
  await writeFile(path.join(dir, "prompts/greet.md"), "Hello {{shout name}}");
  await runCommand("git", ["init", "--quiet"], { cwd: dir });
  const options = { cwd: dir, env: registry.env };
  const install = (...packages: readonly string[]) => runCommand("npm", ["install", "-D", ...packages], options);
  if (others.length > 0) await install(...others);
  await install("cuecard");
  const render = () => tryCommand("npx", ["cuecard", "render", "greet", "--var", "name=Ada"], options);
  return { dir, install, render };
}

/** All copies of TypeScript, wherever they are. */
async function copiesOf(dir: string): Promise<string[]> {
  const files = await readdir(path.join(dir, "node_modules"), { recursive: true });
  return files.filter((file) => /(?:^|\/)typescript\/package\.json$/.test(file));
}

// 5.7 is the oldest that can be used.
it.each(["5.7.2", "6.0.3"])("the project's TypeScript %s reads helpers, and is the only one", async (version) => {
  const { dir, render } = await createProject(version, [`typescript@${version}`]);
  expect(await copiesOf(dir)).toEqual(["typescript/package.json"]);
  expect(await render()).toMatchObject({ code: 0, stdout: "Hello ADA\n" });
});

describe("without a TypeScript that can be used", () => {
  it.each([
    ["none", [], "typescript@6"],
    ["5.0", ["typescript@5.0.4"], "@typescript/typescript6"],
    ["7", ["typescript@7.0.2"], "@typescript/typescript6"],
  ])("%s: a diagnostic names what to install, with which helpers are read", async (name, others, remedy) => {
    const { dir, install, render } = await createProject(name, others);
    expect(await copiesOf(dir)).toHaveLength(others.length);
    const { code, stderr } = await render();
    expect(code).toBe(1);
    expect(stderr).toContain("helpers/no-typescript");
    expect(stderr).toContain(`npm install --save-dev ${remedy}`);
    await install(remedy);
    expect(await render()).toMatchObject({ code: 0, stdout: "Hello ADA\n" });
  });
});

it("cuecard brings no other package", async () => {
  const { dir } = await createProject("alone", []);
  const installed = await readdir(path.join(dir, "node_modules"));
  expect(installed.filter((name) => !name.startsWith("."))).toEqual(["cuecard"]);
});
