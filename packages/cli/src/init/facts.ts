// Everything that the plan of `init` depends on, read once.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { compareText, PROMPT_EXTENSION } from "@cuecard/model";
import {
  ALIASES_FILE,
  CONFIG_FILE,
  type Config,
  createIgnore,
  findGitDir,
  findProjects,
  LOCK_FILE,
} from "@cuecard/project";
import { packageFolder } from "../package.js";
import type { OtherProject } from "./choose-tag-prefix.js";
import { findGitHub, type GitHubRepository } from "./find-github.js";
import { findMembers } from "./find-members.js";
import { findPrettierFolders, PRETTIER_IGNORE } from "./find-prettier.js";
import { findSchemas } from "./find-schemas.js";
import { LIFECYCLE_FILE } from "./lifecycle-script.js";
import { detectPackageManager, type PackageManager } from "./package-manager.js";
import { BOM, readExactText, readText } from "./read-text.js";
import { taskRunnerFiles } from "./task-runner-files.js";

export interface Facts {
  /** Absolute folder of the project. */
  readonly dir: string;
  readonly config: Config;
  /** Top of the git working tree; `undefined` if there is no repository yet. */
  readonly gitRoot: string | undefined;
  /** The folder whose package.json or pnpm-workspace.yaml lists the workspace's packages; else the project's folder. */
  readonly workspaceRoot: string;
  readonly packageManager: PackageManager;
  /** The folder of the JSON Schemas, relative to the project; `undefined` with Plug'n'Play, which has no such folder. */
  readonly schemas: string | undefined;
  /** Absolute folders in which Prettier is used. */
  readonly prettierFolders: readonly string[];
  /** Folders of the workspace's other packages, relative to the project: services that may import the prompts. */
  readonly services: readonly string[];
  /** The other projects of the repository. */
  readonly others: readonly OtherProject[];
  /** Names of the packages that other projects generate. */
  readonly takenNames: ReadonlySet<string>;
  /** Whether the prompts folder already contains Markdown files. */
  readonly hasPrompts: boolean;
  /** Where the skill for coding agents is written, relative to the project. */
  readonly skillFiles: readonly string[];
  /** `undefined` if the repository is not on GitHub, as far as its remote says. */
  readonly github: GitHubRepository | undefined;
  /** The GitHub Actions as this version ships them: their files, relative to the folder, with their texts. */
  readonly action: ReadonlyMap<string, string>;
  /** Texts of existing files, by path relative to the project; without byte-order marks. */
  readonly texts: ReadonlyMap<string, string>;
  /** Those of them that begin with a byte-order mark, which stays. */
  readonly marked: ReadonlySet<string>;
}

/** Files, relative to the project's folder, that a plan may create or change. */
export const touchedFiles: Readonly<Record<"config" | "aliases" | "manifest", string>> = {
  config: CONFIG_FILE,
  aliases: ALIASES_FILE,
  manifest: "package.json",
};

/** The workflow that checks pull requests, relative to the top of the repository. */
export const WORKFLOW_FILE = ".github/workflows/prompts.yml";

/** The workflow that releases what was merged. */
export const RELEASE_WORKFLOW_FILE = ".github/workflows/release-prompts.yml";

/** The workflow that publishes the catalog. */
export const CATALOG_WORKFLOW_FILE = ".github/workflows/cuecard-catalog.yml";

/** The skill for coding agents, within the folder of an agent or of all of them. */
const SKILL_FILE = "skills/cuecard/SKILL.md";

/**
 * Where coding agents look for skills, relative to the top of the repository: all that follow https://agentskills.io in `.agents`,
 * and Claude Code in `.claude`, if the repository is set up for it.
 */
function findSkillFiles(top: string): string[] {
  const has = (name: string) => existsSync(path.join(top, name));
  const forClaude = has(".claude") || has("CLAUDE.md");
  const forOthers = has(".agents") || has("AGENTS.md") || !forClaude;
  return [...(forOthers ? [".agents"] : []), ...(forClaude ? [".claude"] : [])].map(
    (folder) => `${folder}/${SKILL_FILE}`,
  );
}

/** @throws RequestError when one of the files is not UTF-8 text. */
export async function readFacts(dir: string, config: Config): Promise<Facts> {
  const gitRoot = findGitDir(dir)?.root;
  const workspaceRoot = findWorkspaceRoot(dir, gitRoot) ?? dir;
  const up = relative(dir, workspaceRoot);
  const top = relative(dir, gitRoot ?? dir);
  const action = vendoredAction();
  const prettierFolders = findPrettierFolders(dir, gitRoot);
  const own = [dir, path.join(dir, config.out)];
  const services = findMembers(workspaceRoot)
    .map((folder) => path.join(workspaceRoot, folder))
    .filter((folder) => !own.includes(folder))
    .map((folder) => path.relative(dir, folder).split(path.sep).join("/"));
  const skillFiles = findSkillFiles(gitRoot ?? dir).map((file) => top + file);
  const files = [
    ...Object.values(touchedFiles),
    `${config.prompts}/greet.md`,
    `${config.out}/package.json`,
    `${config.out}/${LIFECYCLE_FILE}`,
    ...services.map((folder) => `${folder}/package.json`),
    ...taskRunnerFiles(up, config.out),
    LOCK_FILE,
    `${up}package.json`,
    `${up}pnpm-workspace.yaml`,
    ".gitignore",
    ".gitattributes",
    ...prettierFolders.map((folder) => relative(dir, folder) + PRETTIER_IGNORE),
    top + WORKFLOW_FILE,
    top + RELEASE_WORKFLOW_FILE,
    top + CATALOG_WORKFLOW_FILE,
    ...skillFiles,
    ...[...action.keys()].map((name) => `${top}${ACTION_FOLDER}/${name}`),
  ];
  const texts = new Map<string, string>();
  const marked = new Set<string>();
  for (const file of new Set(files)) {
    const text = readExactText(dir, file);
    if (text === undefined) continue;
    texts.set(file, text.replace(/^\uFEFF/, ""));
    if (text.startsWith(BOM)) marked.add(file);
  }
  const projects = gitRoot === undefined ? [] : await findProjects(dir, config.git);
  const others = await Promise.all(
    projects
      .filter((project) => !project.own)
      .map(async ({ listPrompts, ...project }) => ({ ...project, prompts: await listPrompts() })),
  );
  const packageManager = detectPackageManager(workspaceRoot, texts.get(`${up}package.json`));
  return {
    dir,
    config,
    others,
    takenNames: new Set(others.flatMap(readPackageName)),
    gitRoot,
    workspaceRoot,
    packageManager,
    schemas: findSchemas(dir, up, packageManager),
    prettierFolders,
    services,
    hasPrompts: await holdsPrompts(path.join(dir, config.prompts), config.ignore),
    skillFiles,
    github: findGitHub(dir),
    action,
    texts,
    marked,
  };
}

function readPackageName({ dir, config }: OtherProject): string[] {
  try {
    const { name } = JSON.parse(readText(dir, `${config.out}/package.json`) ?? "{}") as { name?: unknown };
    return typeof name === "string" ? [name] : [];
  } catch {
    return [];
  }
}

/** From one folder to another at or above it, as a prefix: empty or `../../`. */
export function relative(from: string, to: string): string {
  const steps = path.relative(from, to).split(path.sep).join("/");
  return steps === "" ? "" : `${steps}/`;
}

function findWorkspaceRoot(from: string, gitRoot: string | undefined): string | undefined {
  for (let dir = from; ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, "pnpm-workspace.yaml"))) return dir;
    if (dir === gitRoot || dir === path.dirname(dir)) break;
  }
  for (let dir = from; ; dir = path.dirname(dir)) {
    if (hasWorkspaces(dir)) return dir;
    if (gitRoot === undefined || dir === gitRoot || dir === path.dirname(dir)) return undefined;
  }
}

function hasWorkspaces(folder: string): boolean {
  try {
    const value: unknown = JSON.parse(readText(folder, "package.json") ?? "{}");
    return typeof value === "object" && value !== null && Object.hasOwn(value, "workspaces");
  } catch {
    return false;
  }
}

async function holdsPrompts(dir: string, ignore: readonly string[]): Promise<boolean> {
  const names = await readdir(dir, { recursive: true }).catch((): string[] => []);
  const isIgnored = createIgnore(ignore);
  return names.some((name) => name.endsWith(PROMPT_EXTENSION) && !isIgnored(name.split(path.sep).join("/")));
}

/** Folder of the GitHub Action that `init` adds, relative to the top of a repository. */
export const ACTION_FOLDER = ".github/actions/cuecard";

/** Its folder in this package, to which the build copies the action. */
const SHIPPED_ACTION: string = path.join(packageFolder(), "dist", "action");

/**
 * The texts of the actions, by file.
 *
 * @param folder Within the shipped action. Yarn's file system for packages in archives lists no folders within folders.
 */
function vendoredAction(folder = ""): ReadonlyMap<string, string> {
  const entries = readdirSync(path.join(SHIPPED_ACTION, folder), { withFileTypes: true });
  const texts = entries.flatMap((entry): [string, string][] => {
    const name = `${folder}${entry.name}`;
    if (entry.isDirectory()) return [...vendoredAction(`${name}/`)];
    return [[name, readFileSync(path.join(SHIPPED_ACTION, name), "utf8")]];
  });
  return new Map(texts.sort(([a], [b]) => compareText(a, b)));
}
