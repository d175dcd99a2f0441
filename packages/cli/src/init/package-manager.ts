// Which package manager a repository uses, and what differs between them.

import { existsSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { readText } from "./read-text.js";

/** `yarn` is Yarn 2 or later with a node_modules folder, `yarn-pnp` with Plug'n'Play, `yarn-classic` is Yarn 1. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "yarn-pnp" | "yarn-classic" | "bun";

/** @param manifest The text of the package.json in `root`. */
export function detectPackageManager(root: string, manifest: string | undefined): PackageManager {
  const [, named, major] = /"packageManager"\s*:\s*"(npm|pnpm|yarn|bun)@(\d+)/.exec(manifest ?? "") ?? [];
  if (named === "yarn") return major === "1" ? "yarn-classic" : yarnLinker(root);
  if (named !== undefined) return named as PackageManager;
  const has = (file: string) => existsSync(path.join(root, file));
  if (has("pnpm-workspace.yaml") || has("pnpm-lock.yaml")) return "pnpm";
  if (has("yarn.lock"))
    return has(".yarnrc.yml") || read(root, "yarn.lock").includes("__metadata:") ? yarnLinker(root) : "yarn-classic";
  return has("bun.lock") || has("bun.lockb") ? "bun" : "npm";
}

/** Plug'n'Play is Yarn's default. A setting in a folder above is recognized by what it left behind. */
function yarnLinker(root: string): PackageManager {
  const linker = settingOf(read(root, ".yarnrc.yml"), "nodeLinker");
  if (linker !== undefined) return linker === "pnp" ? "yarn-pnp" : "yarn";
  return existsSync(path.join(root, "node_modules/.yarn-state.yml")) ? "yarn" : "yarn-pnp";
}

function settingOf(yaml: string, name: string): unknown {
  try {
    const settings: unknown = parse(yaml);
    return typeof settings === "object" && settings !== null
      ? ((settings as Record<string, unknown>)[name] ?? undefined)
      : undefined;
  } catch {
    return undefined;
  }
}

function read(root: string, file: string): string {
  try {
    return readText(root, file) ?? "";
  } catch {
    return ""; // It is only looked at.
  }
}

interface Conventions {
  readonly install: string;
  /** Runs a program of an installed package. */
  readonly run: string;
  /** The range that links a package of the workspace. */
  readonly range: string;
  /** The script of a workspace package that an install runs. Yarn 1 runs none. */
  readonly installScript: "prepare" | "postinstall";
  /** What adds a package of the workspace to one of its services. */
  readonly add: (packageName: string) => string;
}

const quoted = (packageName: string): string => `"${packageName}@workspace:*"`;
const yarn: Conventions = {
  install: "yarn install",
  run: "yarn",
  range: "workspace:*",
  installScript: "postinstall",
  add: (packageName) => `yarn add ${quoted(packageName)}`,
};

export const conventions: Readonly<Record<PackageManager, Conventions>> = {
  npm: {
    install: "npm install",
    run: "npx",
    range: "*",
    installScript: "prepare",
    add: (packageName) => `npm install ${packageName}`,
  },
  pnpm: {
    install: "pnpm install",
    run: "pnpm",
    range: "workspace:*",
    installScript: "prepare",
    add: (packageName) => `pnpm add ${packageName} --workspace`,
  },
  yarn,
  "yarn-pnp": yarn,
  "yarn-classic": {
    install: "yarn install",
    run: "yarn",
    range: "*",
    installScript: "prepare",
    add: (packageName) => `add "${packageName}": "*" to its dependencies`,
  },
  bun: {
    install: "bun install",
    run: "bunx",
    range: "workspace:*",
    installScript: "prepare",
    add: (packageName) => `bun add ${quoted(packageName)}`,
  },
};
