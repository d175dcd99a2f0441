// Turborepo and Nx in a workspace whose service imports the prompts: a moved alias or a released version is built in, and the
// cache holds what belongs to it. With a remote cache, clones share it.

import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { packPackages } from "../pack-packages.js";
import { type PackageRegistry, startPackageRegistry } from "../package-registry.js";
import { runCommand } from "../run-command.js";
import { startRemoteCache } from "./remote-cache.js";

// This file installs and runs programs: on a slow machine, one test may take a while.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const folder = createFolder();
let registry: PackageRegistry;

beforeAll(async () => {
  registry = await startPackageRegistry(path.join(folder, "registry"));
  for (const packed of await packPackages(path.join(folder, "packed"))) await registry.publish(packed);
});

afterAll(() => registry?.close());

interface Runner {
  readonly name: string;
  /** What npm installs. */
  readonly tool: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  /** Whether the output says that everything was taken from the cache. */
  readonly isCached: (output: string) => boolean;
}

const turborepo: Runner = {
  name: "Turborepo",
  tool: "turbo@2.11.11",
  settings: {
    "turbo.json": JSON.stringify({ tasks: { build: { dependsOn: ["^build"], outputs: ["dist/**"] } } }),
  },
  command: ["turbo", "run", "build"],
  isCached: (output) => output.includes("FULL TURBO"),
};

const nx: Runner = {
  name: "Nx",
  tool: "nx@24.0.6",
  settings: {
    "nx.json": JSON.stringify({
      namedInputs: { default: ["{projectRoot}/**/*"], production: ["default", "!{projectRoot}/**/*.test.js"] },
      targetDefaults: {
        build: {
          cache: true,
          dependsOn: ["^build"],
          inputs: ["production", "^production"],
          outputs: ["{projectRoot}/dist"],
        },
      },
    }),
  },
  command: ["nx", "run-many", "-t", "build"],
  isCached: (output) =>
    /Nx read the output from the cache instead of running the command for 2 out of 2 tasks/.test(output),
};

/** Prints the prompt, and stores it: what the service was built with. */
const BUILD = `import { mkdirSync, writeFileSync } from "node:fs";
import { load } from "@acme/prompts";
mkdirSync("dist", { recursive: true });
writeFileSync("dist/built.txt", load("hello", "production").format());
`;

interface Workspace {
  readonly root: string;
  run(...command: readonly string[]): Promise<string>;
  /** Runs a program that npm has installed. */
  npx(...command: readonly string[]): Promise<string>;
  write(file: string, text: string): Promise<void>;
  commit(message: string): Promise<void>;
}

/** @param env Variables for the programs that run there. */
function openWorkspace(root: string, env: Readonly<Record<string, string>> = {}): Workspace {
  const variables = { TURBO_TELEMETRY_DISABLED: "1", NX_DAEMON: "false", NX_NO_CLOUD: "true", CI: "" };
  const run = (...[tool = "", ...args]: readonly string[]) =>
    runCommand(tool, args, { cwd: root, env: { ...registry.env, ...variables, ...env } });
  return {
    root,
    run,
    npx: (...args) => run("npx", "--no-install", ...args),
    async write(file, text) {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), text);
    },
    async commit(message) {
      await run("git", "add", "--all");
      await run("git", "commit", "--quiet", "--message", message);
    },
  };
}

/** A workspace with a released prompt and a service that imports it, everything committed. */
async function makeWorkspace({ run, npx, write, commit }: Workspace, runner: Runner): Promise<void> {
  const manifest = { name: "acme", version: "0.0.0", private: true, type: "module" };
  const workspace = { ...manifest, packageManager: "npm@10.8.2", workspaces: ["services/*"] };
  await write("package.json", JSON.stringify(workspace, null, 2));
  const scripts = { build: "node build.js" };
  await write("services/api/package.json", JSON.stringify({ ...manifest, name: "@acme/api", scripts }, null, 2));
  await write("services/api/build.js", BUILD);
  await write(".gitignore", "node_modules/\ndist/\n.turbo/\n.nx/\n");
  for (const [file, text] of Object.entries(runner.settings)) await write(file, text);
  await run("git", "init", "--quiet", "--initial-branch=main");
  await run("git", "config", "user.name", "Ada");
  await run("git", "config", "user.email", "ada@example.com");
  await run("npm", "install", "--save-dev", "cuecard", runner.tool);
  expect(await npx("cuecard", "init", "--yes")).not.toMatch(/^ {2}edit /m);
  await run("npm", "install");
  await run("npm", "install", "@acme/prompts", "--workspace", "services/api");
  await write("prompts/hello.md", "Version one\n");
  await commit("One");
  await npx("cuecard", "release", "hello", "--yes");
  await npx("cuecard", "alias", "set", "hello", "production", "v1");
  await commit("Production");
}

describe.each([turborepo, nx])("$name", (runner) => {
  it("builds the prompts and the service again after an alias moved, and takes both from the cache when it moves back", async () => {
    const workspace = openWorkspace(path.join(folder, runner.name));
    const { run, npx, write, commit } = workspace;
    await makeWorkspace(workspace, runner);
    const build = async () => {
      const output = await npx(...runner.command);
      const text = await run(
        "node",
        "-e",
        'process.stdout.write(fs.readFileSync("services/api/dist/built.txt", "utf8"))',
      );
      const loaded = await run(
        ...["node", "--input-type=module", "-e"],
        'import { load } from "@acme/prompts"; process.stdout.write(load("hello", "production").format())',
      );
      return { text: text.trim(), loaded: loaded.trim(), cached: runner.isCached(output) };
    };
    expect(await build()).toEqual({ text: "Version one", loaded: "Version one", cached: false });
    expect(await build()).toEqual({ text: "Version one", loaded: "Version one", cached: true });

    // A released version is a new line in prompts.lock.
    await write("prompts/hello.md", "Version two\n");
    await commit("Two");
    expect((await build()).cached).toBe(false);
    expect(await build()).toMatchObject({ cached: true });
    await npx("cuecard", "release", "hello", "--yes");
    expect(await build()).toEqual({ text: "Version one", loaded: "Version one", cached: false });
    const versions = 'import manifest from "@acme/prompts/manifest.json" with { type: "json" };';
    const names = "process.stdout.write(Object.keys(manifest.prompts.hello.versions).join())";
    expect(await run("node", "--no-warnings", "--input-type=module", "-e", versions + names)).toBe("v1,v2");

    await npx("cuecard", "alias", "set", "hello", "production", "v2");
    expect(await build()).toEqual({ text: "Version two", loaded: "Version two", cached: false });
    await npx("cuecard", "alias", "set", "hello", "production", "v1");
    expect(await build()).toEqual({ text: "Version one", loaded: "Version one", cached: true });
  });
});

describe("Turborepo with a remote cache", () => {
  it("gives a second clone what the first one built, and the second one compiles nothing", async () => {
    const cache = await startRemoteCache(path.join(folder, "remote-cache"), registry.env);
    onTestFinished(() => cache.close());
    const one = openWorkspace(path.join(folder, "one"), cache.env);
    await makeWorkspace(one, turborepo);
    await one.npx(...turborepo.command);
    const two = openWorkspace(path.join(folder, "two"), { ...cache.env, CUECARD_SKIP_BUILD: "1" });
    // Clones of continuous integration have no tags. The lock is enough.
    await one.run("git", "clone", "--quiet", "--no-tags", one.root, two.root);
    await two.run("npm", "ci");
    const dist = async ({ root }: Workspace) => {
      const files = await readdir(path.join(root, "packages/prompts/dist"), { recursive: true, withFileTypes: true });
      const paths = files.filter((file) => file.isFile()).map((file) => path.join(file.parentPath, file.name));
      const texts = paths.map(async (file) => [path.relative(root, file), await readFile(file, "utf8")] as const);
      return Object.fromEntries(await Promise.all(texts));
    };
    const expectShared = async () => {
      expect(turborepo.isCached(await two.npx(...turborepo.command))).toBe(true);
      expect(await dist(two)).toEqual(await dist(one));
      // Where Cuecard would have kept what it compiled.
      expect(existsSync(path.join(two.root, "node_modules/.cache/cuecard"))).toBe(false);
    };
    await expectShared();

    await one.write("prompts/hello.md", "Version two\n");
    await one.commit("Two");
    await one.npx("cuecard", "release", "hello", "--yes");
    await one.npx("cuecard", "alias", "set", "hello", "production", "v2");
    await one.commit("Release");
    await one.npx(...turborepo.command);
    await two.run("git", "pull", "--quiet", "--no-tags");
    await expectShared();
    expect(await readFile(path.join(two.root, "services/api/dist/built.txt"), "utf8")).toContain("Version two");
  });
});
