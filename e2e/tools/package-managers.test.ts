// Each package manager in an empty repository, by the README's quick start up to the printed prompt; and in a workspace that
// has a service, up to a fresh clone that runs after nothing but an install.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { packPackages } from "../pack-packages.js";
import { type PackageRegistry, startPackageRegistry } from "../package-registry.js";
import { runCommand } from "../run-command.js";
import { installManagers, type Manager, type ManagerName, runManager } from "./package-tools.js";

// This file installs and runs programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const folder = createFolder();
let registry: PackageRegistry;
let managers: readonly Manager[];

beforeAll(async () => {
  registry = await startPackageRegistry(path.join(folder, "registry"));
  const published = packPackages(path.join(folder, "packed")).then(async (all) => {
    for (const packed of all) await registry.publish(packed);
  });
  [managers] = await Promise.all([installManagers(folder, registry), published]);
});

afterAll(() => registry?.close());

const PROMPT = `---
description: Answers questions about cloud costs
model: anthropic/claude-sonnet-4
input:
  schema:
    user_context: string, who is asking
    query: string, the question
---
You are a cost analyst. Give every amount in US dollars.

User context: {{user_context}}
Question: {{query}}
`;

const ASK = `import { load } from "@acme/prompts";

declare const console: { log(text: string): void };
const prompt = load("cost_analyst", "production");
console.log(prompt.format({ user_context: "admin", query: "What did we spend?" }));
`;

const GREET = `import { load } from "@acme/prompts";

declare const console: { log(text: string): void };
console.log(load("greet", "dev").format({ name: "Ada" }));
`;

const ANSWER = `You are a cost analyst. Give every amount in US dollars.

User context: admin
Question: What did we spend?
`;

/** The version that cuecard itself needs, so that it is downloaded once. */
const TOOLS = ["cuecard", "typescript@6.0.3"];

const names: readonly ManagerName[] = ["npm", "pnpm", "yarn PnP", "yarn node-modules", "bun"];

describe.each(names)("with %s", (name) => {
  // With npm, first-project.test.ts and the test of the README's commands do the same.
  if (name !== "npm")
    it("the quick start prints the prompt", async ({ skip }) => {
      const manager = managerOf(name);
      if (manager.missing !== undefined) skip(manager.missing);
      const project = await createRepository(manager, ".", ASK);
      const { run } = project;
      await project.manage([...manager.add, ...TOOLS]);
      const next = readNext(await run("cuecard", "init", "--yes"));
      expect(next).toEqual({ install: `${toolOf(name)} install`, folders: "", add: [] });
      await project.manage(manager.install);
      await project.write("prompts/cost_analyst.md", PROMPT);
      await project.commit("Add the cost analyst");
      expect(await run("cuecard", "release", "cost_analyst")).toContain("✓ Released cost_analyst@v1");
      await run("cuecard", "alias", "set", "cost_analyst", "production", "v1");
      expect(await run("cuecard", "build")).toContain("✓ 2 prompts, 1 version → packages/prompts/dist");
      await run("tsc");
      expect(await project.manage([...manager.node, "dist/ask.js"])).toBe(ANSWER);
    });

  it("a service of a workspace imports the prompts, and a fresh clone runs after an install", async ({ skip }) => {
    const manager = managerOf(name);
    if (manager.missing !== undefined) skip(manager.missing);
    const project = await createRepository(manager, SERVICE, GREET);
    await project.manage([...manager.add, ...(name === "pnpm" ? ["--workspace-root"] : []), ...TOOLS]);
    const { install, folders, add } = readNext(await project.run("cuecard", "init", "--yes"));
    expect([install, folders, add[0]]).toEqual([`${toolOf(name)} install`, SERVICE, toolOf(name)]);
    await project.manage(manager.install);
    await project.manage([...manager.install.slice(0, -1), ...add.slice(1)], SERVICE);
    await project.run("tsc", "-p", SERVICE);
    expect(await project.manage([...manager.node, `${SERVICE}/dist/ask.js`])).toContain("Greet Ada in one warm");
    await project.commit("Greet people");

    const clone = `${project.root}-clone`;
    await runCommand("git", ["clone", "--quiet", project.root, clone], { cwd: folder });
    await runManager(manager, manager.installFrozen, clone);
    const printed = await runManager(manager, [...manager.node, `${SERVICE}/dist/ask.js`], clone);
    expect(printed).toContain("Greet Ada in one warm");
    expect(await runCommand("git", ["status", "--porcelain"], { cwd: clone })).toBe("");
  });
});

const SERVICE = "services/api";

/** The name of the manager's program. */
function toolOf(name: ManagerName): string {
  return name.split(" ")[0] ?? "";
}

function managerOf(name: ManagerName): Manager {
  const manager = managers.find((one) => one.name === name);
  if (manager === undefined) throw new Error(`no package manager ${name}`);
  return manager;
}

interface TestProject {
  readonly root: string;
  /** Runs a command line, in the top folder or another one. */
  manage(command: readonly string[], below?: string): Promise<string>;
  /** Runs a program of an installed package. */
  run(...command: string[]): Promise<string>;
  write(file: string, text: string): Promise<void>;
  commit(message: string): Promise<void>;
}

/** @param importing The folder of the package that imports the prompts; `.` in a repository with one package. */
async function createRepository(manager: Manager, importing: string, code: string): Promise<TestProject> {
  const root = path.join(folder, manager.name.replace(" ", "-"), importing === "." ? "single" : "workspace");
  const git = (...args: string[]) => runCommand("git", args, { cwd: root });
  const manage = (command: readonly string[], below = ".") => runManager(manager, command, path.join(root, below));
  const project: TestProject = {
    root,
    manage,
    run: (...command) => manage([...manager.run, ...command]),
    async write(file, text) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), text);
    },
    async commit(message) {
      await git("add", "--all");
      await git("commit", "--quiet", "--message", message);
    },
  };
  const isPnpm = manager.name === "pnpm";
  const manifest = { name: "acme", private: true, type: "module" };
  const files = { ...manager.files, ".gitignore": "node_modules/\n.yarn/\n.pnp.*\n.npmrc\n" };
  for (const [file, text] of Object.entries(files)) await project.write(file, text);
  if (importing === ".") await project.write("package.json", JSON.stringify(manifest));
  else {
    const workspaces = ["services/*"];
    await project.write("package.json", JSON.stringify(isPnpm ? manifest : { ...manifest, workspaces }));
    if (isPnpm) await project.write("pnpm-workspace.yaml", "packages:\n  - services/*\n");
    const service = { ...manifest, name: "@acme/api", version: "0.0.0" };
    await project.write(`${importing}/package.json`, JSON.stringify(service));
  }
  await project.write(path.posix.join(importing, "src/ask.ts"), code);
  const layout = { rootDir: "src", outDir: "dist" };
  const compilerOptions = { ...layout, target: "es2022", lib: ["es2022"], module: "nodenext", strict: true, types: [] };
  const settings = JSON.stringify({ compilerOptions, include: ["src"] });
  await project.write(path.posix.join(importing, "tsconfig.json"), settings);
  await git("init", "--quiet", "--initial-branch=main");
  await git("config", "user.name", "Ada");
  await git("config", "user.email", "ada@example.com");
  return project;
}

/** What `init` prints to run next: the install, and what each package of a workspace needs. */
function readNext(printed: string): { readonly install: string; readonly folders: string; readonly add: string[] } {
  const install = /^Next:\n {2}(\S+ install) /m.exec(printed)?.[1] ?? "";
  const [, folders = "", add = ""] = /^In each package that imports the prompts \((.*)\): (.*)$/m.exec(printed) ?? [];
  return { install, folders, add: add === "" ? [] : add.replaceAll('"', "").split(" ") };
}
