// The package managers that the tests run: real ones, of fixed versions.

import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { repository } from "../pack-packages.js";
import type { PackageRegistry } from "../package-registry.js";
import { type Finished, runCommand, tryCommand } from "../run-command.js";

export type ManagerName = "npm" | "pnpm" | "yarn PnP" | "yarn node-modules" | "bun";

const VERSIONS = ["bun@1.4.5", "@yarnpkg/cli-dist@4.18.1"];

export interface Manager {
  readonly name: ManagerName;
  /** The command line that installs what a package.json names. */
  readonly install: readonly string[];
  /** The same for a fresh clone: what the lockfile says, and nothing else. */
  readonly installFrozen: readonly string[];
  readonly add: readonly string[];
  /** Runs a program of an installed package. */
  readonly run: readonly string[];
  /** Runs a JavaScript file. */
  readonly node: readonly string[];
  /** Files that a project of this manager has from the start. */
  readonly files: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Why it cannot run on this machine. */
  readonly missing: string | undefined;
}

/** Installs the managers that this repository does not use itself, with npm's usual cache. */
export async function installManagers(folder: string, registry: PackageRegistry): Promise<readonly Manager[]> {
  const tools = path.join(folder, "tools");
  await mkdir(tools, { recursive: true });
  await writeFile(path.join(tools, "package.json"), "{}");
  const options = ["--no-audit", "--no-fund", "--prefer-offline", "--no-save"];
  const installed = await tryCommand("npm", ["install", ...options, ...VERSIONS], { cwd: tools });
  const bin = (name: string) => path.join(tools, "node_modules/.bin", name);
  const yarnJs = path.join(tools, "node_modules/@yarnpkg/cli-dist/bin/yarn.js");
  const pnpm = path.join(repository, "node_modules/.bin/pnpm");
  const { env, url } = registry;
  const npmrc = { ".npmrc": `registry=${url}\n` };
  const cache = (name: string) => path.join(folder, "caches", name);
  const yarnEnv = {
    YARN_NPM_REGISTRY_SERVER: url,
    YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
    YARN_NPM_MINIMAL_AGE_GATE: "0",
    YARN_ENABLE_GLOBAL_CACHE: "true",
    YARN_GLOBAL_FOLDER: cache("yarn"),
    YARN_ENABLE_TELEMETRY: "0",
    // It would ask a search service on the Internet for types.
    YARN_TS_ENABLE_AUTO_TYPES: "false",
    YARN_COMPRESSION_LEVEL: "0",
    YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
    YARN_IGNORE_PATH: "1",
  };
  const yarn = [process.execPath, yarnJs];
  const missing = (file: string, tool: string) =>
    existsSync(file) ? undefined : `${tool} could not be installed: ${reasonOf(installed)}`;
  const yarnManager = {
    ...{ install: [...yarn, "install"], installFrozen: [...yarn, "install", "--immutable"] },
    ...{
      add: [...yarn, "add", "--dev"],
      run: yarn,
      node: [...yarn, "node"],
      env: yarnEnv,
      missing: missing(yarnJs, VERSIONS[1] ?? ""),
    },
  };
  return [
    {
      ...{ name: "npm", install: ["npm", "install"], installFrozen: ["npm", "ci"] },
      ...{
        add: ["npm", "install", "--save-dev"],
        run: ["npx"],
        node: [process.execPath],
        files: {},
        env,
        missing: undefined,
      },
    },
    {
      ...{ name: "pnpm", install: [pnpm, "install"], installFrozen: [pnpm, "install", "--frozen-lockfile"] },
      ...{ add: [pnpm, "add", "--save-dev"], run: [pnpm, "exec"], node: [process.execPath] },
      files: npmrc,
      env: {
        npm_config_store_dir: cache("pnpm"),
        pnpm_config_store_dir: cache("pnpm"),
        pnpm_config_minimum_release_age: "0",
      },
      missing: undefined,
    },
    { name: "yarn PnP", ...yarnManager, files: { "yarn.lock": "", ".yarnrc.yml": "nodeLinker: pnp\n" } },
    {
      name: "yarn node-modules",
      ...yarnManager,
      files: { "yarn.lock": "", ".yarnrc.yml": "nodeLinker: node-modules\n" },
    },
    {
      ...{ name: "bun", install: [bin("bun"), "install"], installFrozen: [bin("bun"), "install", "--frozen-lockfile"] },
      ...{ add: [bin("bun"), "add", "--dev"], run: [bin("bun"), "x"], node: [bin("bun")], files: npmrc },
      env: {
        BUN_INSTALL_CACHE_DIR: cache("bun"),
        PATH: `${path.dirname(bin("bun"))}${path.delimiter}${process.env["PATH"]}`,
      },
      missing: missing(bin("bun"), VERSIONS[0] ?? ""),
    },
  ];
}

function reasonOf({ stderr }: Finished): string {
  return stderr.trim().split("\n")[0] ?? "";
}

/** Runs a manager's command in a folder. */
export function runManager(manager: Manager, [program = "", ...args]: readonly string[], cwd: string): Promise<string> {
  return runCommand(program, args, { cwd, env: manager.env });
}
