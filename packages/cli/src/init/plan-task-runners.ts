// Writes for Turborepo and Nx which files the generated package is built from. Most of them are outside of its folder, so without
// this a cached build would be used although an alias has moved.

import { ALIASES_FILE, CONFIG_FILE, LOCK_FILE } from "@cuecard/project";
import { parse } from "jsonc-parser";
import { addToJson, type JsonAddition } from "./edit-json.js";
import { type Facts, relative } from "./facts.js";
import type { InitStep } from "./init-plan.js";
import { TURBO_FILES } from "./task-runner-files.js";
import { asJson } from "./templates.js";

/** What the generated package is built from, relative to the project's folder. */
function listInputs({ config, texts }: Facts): string[] {
  const hasSettingsInManifest = /"cuecard"\s*:\s*\{/.test(texts.get("package.json") ?? "");
  return [
    ALIASES_FILE,
    LOCK_FILE,
    `${config.prompts}/**`,
    hasSettingsInManifest ? "package.json" : CONFIG_FILE,
    ...(config.helpers === undefined ? [] : [config.helpers]),
  ];
}

/** The generated package's own turbo.json, if the workspace uses Turborepo. */
export function planTurbo(facts: Facts): InitStep[] {
  const { texts, config, dir, workspaceRoot } = facts;
  const up = relative(dir, workspaceRoot);
  const root = TURBO_FILES.map((file) => texts.get(up + file)).find((text) => text !== undefined);
  if (root === undefined || config.out === ".") return [];
  const tasks = /"pipeline"\s*:/.test(root) && !/"tasks"\s*:/.test(root) ? "pipeline" : "tasks";
  const outside = "../".repeat(config.out.split("/").length);
  const inputs = ["$TURBO_DEFAULT$", ...listInputs(facts).map((file) => outside + file)];
  const build = { inputs, outputs: ["dist/**"] };
  const file = TURBO_FILES.map((name) => `${config.out}/${name}`).find((name) => texts.has(name));
  const about = "Turborepo builds the prompts again when one of their files changes";
  const text = file === undefined ? undefined : texts.get(file);
  const own =
    file === undefined || text === undefined
      ? createStep(`${config.out}/turbo.json`, asJson({ extends: ["//"], [tasks]: { build } }), about)
      : editStep(file, text, about, [
          { path: ["extends"], value: ["//"] },
          { path: [tasks, "build", "inputs"], value: inputs },
          { path: [tasks, "build", "outputs"], value: build.outputs },
        ]);
  return [own, ...planRootTask(root, tasks, up)];
}

/** A service is built after the prompts only if its build depends on those of its dependencies. */
function planRootTask(root: string, tasks: string, up: string): InitStep[] {
  const value = parse(root) as
    | { readonly [key: string]: Readonly<Record<string, { dependsOn?: unknown }>> }
    | undefined;
  const dependsOn = value?.[tasks]?.["build"]?.dependsOn;
  if (Array.isArray(dependsOn) && dependsOn.includes("^build")) return [];
  const about = `let the task "build" wait for the prompts: "build": { "dependsOn": ["^build"] } in "${tasks}"`;
  return [{ kind: "manual", file: `${up}turbo.json`, about }];
}

/** What Nx must know of the generated package: in its project.json, or under "nx" in its package.json. */
export function nxAdditions(facts: Facts, within: "package.json" | "project.json"): readonly JsonAddition[] {
  const { texts, dir, workspaceRoot } = facts;
  const root = texts.get(`${relative(dir, workspaceRoot)}nx.json`);
  if (root === undefined) return [];
  const start = within === "package.json" ? ["nx"] : [];
  const folder = relative(workspaceRoot, dir);
  const own = listInputs(facts).map((file) => `{workspaceRoot}/${folder}${file}`);
  // Packages that import the prompts are cached by the named inputs of their dependencies, such as "^default".
  const named = Object.entries(readNamedInputs(root)).map(([name, inputs]): JsonAddition => {
    return { path: [...start, "namedInputs", name], value: [...inputs, ...own] };
  });
  return [
    ...named,
    { path: [...start, "targets", "build", "cache"], value: true },
    { path: [...start, "targets", "build", "inputs"], value: ["default", "^default"] },
    { path: [...start, "targets", "build", "outputs"], value: ["{projectRoot}/dist"] },
  ];
}

/** The workspace's named inputs that list files of a project. Those that refer to others follow them. */
function readNamedInputs(root: string): Readonly<Record<string, readonly unknown[]>> {
  const { namedInputs = {} } = (parse(root) ?? {}) as { namedInputs?: Readonly<Record<string, unknown>> };
  const lists = Object.entries({ default: ["{projectRoot}/**/*"], ...namedInputs }).flatMap(([name, inputs]) =>
    Array.isArray(inputs) ? [[name, inputs as readonly unknown[]] as const] : [],
  );
  return Object.fromEntries(
    lists.filter(
      ([name, inputs]) =>
        name === "default" || inputs.some((input) => typeof input === "string" && input.startsWith("{projectRoot}")),
    ),
  );
}

/** The generated package's project.json, if it has one. */
export function planNx(facts: Facts): InitStep[] {
  const file = `${facts.config.out}/project.json`;
  const text = facts.texts.get(file);
  const additions = nxAdditions(facts, "project.json");
  if (text === undefined || additions.length === 0 || facts.config.out === ".") return [];
  return [editStep(file, text, NX_ABOUT, additions)];
}

const NX_ABOUT = "Nx builds the prompts again when one of their files changes";

function createStep(file: string, text: string, about: string): InitStep {
  return { kind: "create", file, text, about };
}

function editStep(file: string, text: string, about: string, additions: readonly JsonAddition[]): InitStep {
  const edited = addToJson(text, additions);
  if (edited === text) return { kind: "keep", file };
  if (edited !== undefined) return { kind: "change", file, text: edited, about };
  return { kind: "manual", file, about: manualLines(additions) };
}

/** The lines to add by hand. */
export function manualLines(additions: readonly JsonAddition[]): string {
  const lines = additions.map(({ path: keys, value }) => `${keys.join(".")}: ${JSON.stringify(value)}`);
  return `cannot be edited safely; add ${lines.join(", ")}`;
}
