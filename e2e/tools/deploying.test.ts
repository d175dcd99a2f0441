// The recipes of docs/deploying.md, run as they are printed there: with npm, packages from a registry and a git server.

import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type ServedRepository, serveRepository } from "../../packages/registry/test/git-servers.js";
import { packPackages, repository } from "../pack-packages.js";
import { type PackageRegistry, startPackageRegistry } from "../package-registry.js";
import { type Finished, runCommand, tryCommand } from "../run-command.js";
import { runDockerfile } from "./run-dockerfile.js";

// This file installs and runs programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

const folder = createFolder();
const project = path.join(folder, "acme");
const GREETING = "Greet Ada.\n";
let registry: PackageRegistry;
let server: ServedRepository;
/** A shallow clone after an install that ran no scripts. */
const host = path.join(folder, "host");
/** The same without a repository. */
const bare = path.join(folder, "bare");
let page: string;

const shell = (script: string, cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Finished> =>
  tryCommand("bash", ["-euo", "pipefail", "-c", script], { cwd, env: { ...registry.env, ...env } });
const git = (cwd: string, ...args: string[]) => runCommand("git", args, { cwd });
const write = async (file: string, text: string) => {
  await mkdir(path.dirname(path.join(project, file)), { recursive: true });
  await writeFile(path.join(project, file), text);
};

async function succeed(script: string, cwd: string, env?: Readonly<Record<string, string>>): Promise<string> {
  const { code, stdout, stderr } = await shell(script, cwd, env);
  expect([code, code === 0 ? "" : stdout + stderr]).toEqual([0, ""]);
  return stdout;
}

/** The block of the page that follows `<!-- recipe: name -->`. */
function recipe(name: string): string {
  const block = new RegExp(`<!-- recipe: ${name} -->\\n\\n\`\`\`\\w+\\n([^]*?)\`\`\``).exec(page)?.[1];
  if (block === undefined) throw new Error(`docs/deploying.md has no recipe ${name}`);
  return block;
}

beforeAll(async () => {
  page = await readFile(path.join(repository, "docs/deploying.md"), "utf8");
  server = await serveRepository("http");
  registry = await startPackageRegistry(path.join(folder, "registry"));
  for (const packed of await packPackages(path.join(folder, "packed"))) await registry.publish(packed);

  await mkdir(project);
  await git(project, "init", "--quiet", "--initial-branch=main");
  await git(project, "config", "user.name", "Ada");
  await git(project, "config", "user.email", "ada@example.com");
  const scripts = { build: "tsc", start: "npm run --silent build && node dist/main.js" };
  const devDependencies = { cuecard: "*", typescript: "6.0.3" };
  await write(
    "package.json",
    JSON.stringify({ name: "acme", private: true, type: "module", scripts, devDependencies }),
  );
  const layout = { rootDir: "src", outDir: "dist" };
  const compilerOptions = { ...layout, target: "es2022", lib: ["es2022"], module: "nodenext", strict: true, types: [] };
  await write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
  await write(".gitignore", "node_modules/\n/dist/\n");
  await write(
    "src/main.ts",
    'import { load } from "@acme/prompts";\n\ndeclare const console: { log(text: string): void };\nconsole.log(load("greet", "production").format({ name: "Ada" }).trimEnd());\n',
  );
  await succeed("npm install && npx cuecard init --yes", project);
  await write("prompts/greet.md", "---\ninput:\n  schema:\n    name: string\n---\nGreet {{name}}.\n");
  await succeed("npm install && git add . && git commit -q -m 'Greet people'", project);
  await succeed("npx cuecard release greet && npx cuecard alias set greet production v1", project);
  await write("prompts/greet.md", "---\ninput:\n  schema:\n    name: string\n---\nWelcome {{name}}.\n");
  await succeed("git add . && git commit -q -m 'Welcome people'", project);
  // Version 1 is in an earlier commit, which a shallow clone does not have, and the server has no tags.
  await git(project, "remote", "add", "origin", server.url);
  await git(project, "push", "--quiet", "origin", "main");
  // Everything is compared with a build in the whole repository.
  await succeed("npx cuecard build --frozen", project);
  await cloneShallow("host");
  await succeed("npm ci --ignore-scripts", host);
  await cp(host, bare, { recursive: true, verbatimSymlinks: true });
  await rm(path.join(bare, ".git"), { recursive: true });
});

afterAll(async () => {
  await registry?.close();
  await server?.close();
});

async function cloneShallow(name: string): Promise<string> {
  const clone = path.join(folder, name);
  await git(folder, "clone", "--quiet", "--depth=1", server.url, clone);
  expect((await git(clone, "rev-list", "--count", "HEAD")).trim()).toBe("1");
  return clone;
}

/** A PATH with the programs that a slim image has: no git. */
async function pathWithoutGit(): Promise<string> {
  const bin = path.join(folder, "bin-without-git");
  await mkdir(bin, { recursive: true });
  for (const program of ["node", "npm", "npx", "bash", "sh", "env"]) {
    const found = (await runCommand("bash", ["-c", `command -v ${program}`], { cwd: folder })).trim();
    if (!existsSync(path.join(bin, program))) await symlink(found, path.join(bin, program));
  }
  return bin;
}

it("a fresh clone starts after an install, and so does a shallow one", async () => {
  const clone = await cloneShallow("fresh");
  expect(await succeed(recipe("clone"), clone)).toContain(GREETING);
  expect(await git(clone, "status", "--porcelain")).toBe("");
});

it("a host that clones without history builds the same package", async () => {
  const without = await shell("npx cuecard build --frozen", host);
  expect(without.code).toBe(1);
  expect(without.stderr.replace(/\s+/g, " ")).toContain("hint: run `cuecard build --fetch`");
  await succeed(recipe("shallow"), host);
  expect(await succeed("node dist/main.js", host)).toBe(GREETING);
  for (const file of ["index.js", "prompts/greet.js"])
    expect(await readFile(path.join(host, "packages/prompts/dist", file), "utf8")).toBe(
      await readFile(path.join(project, "packages/prompts/dist", file), "utf8"),
    );
  expect(await git(host, "status", "--porcelain")).toBe("");
  expect(await git(host, "tag")).toBe("");
});

it("a build without a repository says what to do", async () => {
  const { code, stderr } = await shell("npx cuecard build --frozen --fetch", bare);
  expect(code).toBe(1);
  expect(stderr.replace(/\s+/g, " ")).toContain("only needs the generated package's dist folder");
});

it("reports why the missing commits could not be fetched", async () => {
  const clone = await cloneShallow("refused");
  await git(clone, "remote", "set-url", "origin", path.join(folder, "nowhere.git"));
  const command = `node ${path.join(project, "node_modules/cuecard/bin/cuecard.js")} build --frozen --fetch`;
  const { code, stderr } = await shell(command, clone);
  expect(code).toBe(1);
  const expected = "1 commit that prompts.lock names could not be fetched from origin";
  expect(stderr.replace(/\s+/g, " ")).toContain(expected);
  const withoutGit = await shell(command, clone, { PATH: await pathWithoutGit() });
  expect(withoutGit.code).toBe(1);
  expect(withoutGit.stderr.replace(/\s+/g, " ")).toContain(expected);
});

it("builds without the git program where the clone has the commits", async () => {
  expect(await succeed("npx cuecard build --frozen --fetch", project, { PATH: await pathWithoutGit() })).toContain("✓");
});

it.each(["docker", "docker-without-git"])("the Dockerfile %s runs without git in its last stage", async (name) => {
  const context = await cloneShallow(`context-${name}`);
  if (name === "docker-without-git") {
    await cp(path.join(project, "packages/prompts/dist"), path.join(context, "packages/prompts/dist"), {
      recursive: true,
    });
    await rm(path.join(context, ".git"), { recursive: true });
  }
  const slim = await pathWithoutGit();
  const { output, stage } = await runDockerfile(recipe(name), {
    context,
    folder: path.join(folder, name),
    run: (command, { isLast, workdir, env }) =>
      succeed(command, workdir, { ...env, ...(isLast ? { PATH: slim } : {}) }),
  });
  expect(output).toBe(GREETING);
  expect(existsSync(path.join(stage.workdir, ".git"))).toBe(false);
  expect(existsSync(path.join(stage.workdir, "node_modules/cuecard"))).toBe(false);
});

it("another job takes the build as an artifact", async () => {
  await succeed(recipe("artifact"), project);
  expect((await shell("npm start", bare)).code).not.toBe(0);
  expect(await succeed(`tar -xzf ${path.join(project, "prompts.tgz")} && npm start`, bare)).toContain(GREETING);
});

it("publishes the package, but not one that is not built", async () => {
  const [unprivate = ""] = recipe("publish").split("\n");
  const remove = "rm -r packages/prompts/dist";
  const unbuilt = await shell(`${unprivate}\n${remove}\nnpm publish --workspace packages/prompts`, project);
  expect(unbuilt.code).not.toBe(0);
  expect(unbuilt.stderr).toContain("The prompts are not built. Run `cuecard build`, then pack this package again.");
  await succeed(recipe("publish"), project);

  const other = path.join(folder, "other");
  await mkdir(other);
  await writeFile(path.join(other, "package.json"), '{ "private": true, "type": "module" }');
  await succeed("npm install @acme/prompts@1.0.0", other);
  const code = 'import { load } from "@acme/prompts"; console.log(load("greet", "production").format({ name: "Ada" }))';
  await writeFile(path.join(other, "main.js"), code);
  expect((await succeed("node main.js", other)).trimEnd()).toBe(GREETING.trimEnd());
});
