// Turborepo and Nx in a workspace whose service imports the prompts: a moved alias or a released version is built in, and the
// cache holds what belongs to it.

import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createFolder } from "@cuecard/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { packPackages } from "../pack-packages.js";
import { type PackageRegistry, startPackageRegistry } from "../package-registry.js";
import { runCommand } from "../run-command.js";

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

const runners: readonly Runner[] = [
  {
    name: "Turborepo",
    tool: "turbo@2.11.11",
    settings: {
      "turbo.json": JSON.stringify({ tasks: { build: { dependsOn: ["^build"], outputs: ["dist/**"] } } }),
    },
    command: ["turbo", "run", "build"],
    isCached: (output) => output.includes("FULL TURBO"),
  },
  {
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
  },
];

/** Prints the prompt, and stores it: what the service was built with. */
const BUILD = `import { mkdirSync, writeFileSync } from "node:fs";
import { load } from "@acme/prompts";
mkdirSync("dist", { recursive: true });
writeFileSync("dist/built.txt", load("hello", "production").format());
`;

describe.each(runners)("$name", (runner) => {
  it("builds the prompts and the service again after an alias moved, and takes both from the cache when it moves back", async () => {
    const root = path.join(folder, runner.name);
    const env = { ...registry.env, TURBO_TELEMETRY_DISABLED: "1", NX_DAEMON: "false", NX_NO_CLOUD: "true", CI: "" };
    const run = (...[tool = "", ...args]: readonly string[]) => runCommand(tool, args, { cwd: root, env });
    const npx = (...args: readonly string[]) => run("npx", "--no-install", ...args);
    const write = async (file: string, text: string) => {
      await mkdir(path.dirname(path.join(root, file)), { recursive: true });
      await writeFile(path.join(root, file), text);
    };
    const commit = async (message: string) => {
      await run("git", "add", "--all");
      await run("git", "commit", "--quiet", "--message", message);
    };
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
