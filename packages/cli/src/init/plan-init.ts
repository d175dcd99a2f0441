// The plan of `init`, as data: printed by `--dry-run`, applied by apply-init.ts.

import { LOCK_FILE, SCORES_EXTENSION } from "@cuecard/project";
import { packageVersion } from "../package.js";
import { appendLines } from "./append-lines.js";
import { addToJson, type JsonAddition } from "./edit-json.js";
import { editManifest, editPnpmWorkspace } from "./edit-workspace.js";
import { updateEntryPoints } from "./entry-points.js";
import { ACTION_FOLDER, type Facts, RELEASE_WORKFLOW_FILE, relative, touchedFiles, WORKFLOW_FILE } from "./facts.js";
import { PRETTIER_IGNORE } from "./find-prettier.js";
import { generatedScripts, LIFECYCLE_FILE, lifecycleScript } from "./lifecycle-script.js";
import { conventions } from "./package-manager.js";
import { manualLines, nxAdditions, planNx, planTurbo } from "./plan-task-runners.js";
import { BOM } from "./read-text.js";
import {
  aliasesFile,
  asJson,
  configFile,
  generatedManifest,
  releaseWorkflowFile,
  samplePrompt,
  workflowFile,
} from "./templates.js";

export interface Choices {
  /** The generated package's name. */
  readonly packageName: string;
  /** Whether to add a GitHub workflow that checks pull requests. */
  readonly workflow: boolean;
  /** Whether to add one that releases what was merged. */
  readonly releases: boolean;
  /** Folders of packages that get the generated package as a dependency. */
  readonly services: readonly string[];
  /** What the tags of the project's versions begin with; empty for nothing. Ignored where the settings exist. */
  readonly tagPrefix: string;
}

export interface InitPlan {
  /** Whether to create a git repository first. */
  readonly createsRepository: boolean;
  readonly steps: readonly InitStep[];
}

/** One file, relative to the project's folder. */
export type InitStep =
  | { readonly kind: "create"; readonly file: string; readonly text: string; readonly about: string }
  | { readonly kind: "change"; readonly file: string; readonly text: string; readonly about: string }
  /** A file that is not changed. */
  | { readonly kind: "keep"; readonly file: string; readonly about?: string }
  /** A file that cannot be edited safely, so the user has to. */
  | { readonly kind: "manual"; readonly file: string; readonly about: string };

export function planInit(facts: Facts, choices: Choices): InitPlan {
  const { config, texts, schemas } = facts;
  const { tagPrefix } = choices;
  const configured =
    texts.has(touchedFiles.config) || /"cuecard"\s*:\s*\{/.test(texts.get(touchedFiles.manifest) ?? "");
  const create = (file: string, text: string, about: string): InitStep =>
    texts.has(file) ? { kind: "keep", file } : { kind: "create", file, text, about };

  const steps: InitStep[] = [];
  // Prompts that have been released keep the text of their messages.
  const settings = { ...config, tagPrefix, trimMessages: !texts.has(LOCK_FILE) };
  if (!configured) steps.push(create(touchedFiles.config, configFile(schemas, settings), aboutSettings(tagPrefix)));
  else steps.push(...planSettings(facts, tagPrefix));
  const sampleFile = `${config.prompts}/greet.md`;
  if (!facts.hasPrompts || texts.has(sampleFile)) steps.push(create(sampleFile, samplePrompt(), "a first prompt"));
  // A run that was killed may have written the sample already.
  const hasSampleOnly = !facts.hasPrompts || texts.get(sampleFile) === samplePrompt();
  steps.push(
    create(touchedFiles.aliases, aliasesFile(schemas, hasSampleOnly), "aliases such as dev, staging and production"),
  );
  steps.push(...planPackage(facts, choices.packageName), ...planManifests(facts, choices));
  steps.push(planGitignore(facts), planGitattributes(facts));
  steps.push(...facts.prettierFolders.map((folder) => planPrettierIgnore(folder, facts)));
  if (choices.workflow) steps.push(...planCheck(facts));
  if (choices.releases)
    steps.push(...planRelease(facts).filter(({ file }) => steps.every((step) => step.file !== file)));
  const keepsMark = (step: InitStep) =>
    step.kind === "change" && facts.marked.has(step.file) ? { ...step, text: BOM + step.text } : step;
  return { createsRepository: facts.gitRoot === undefined, steps: steps.map(keepsMark) };
}

function aboutSettings(tagPrefix: string): string {
  return tagPrefix === "" ? "settings" : `settings; the tags of this project's versions begin with ${tagPrefix}`;
}

/** Settings that exist get a tag prefix only before the first release. */
function planSettings({ texts, config, others }: Facts, tagPrefix: string): InitStep[] {
  const file = touchedFiles.config;
  const text = texts.get(file);
  const needsPrefix = others.length > 0 && tagPrefix !== "" && config.tagPrefix === "" && !texts.has(LOCK_FILE);
  if (!needsPrefix) return text === undefined ? [] : [{ kind: "keep", file }];
  const edited = text === undefined ? undefined : addToJson(text, [{ path: ["tagPrefix"], value: tagPrefix }]);
  if (edited === text) return [{ kind: "keep", file }];
  if (edited !== undefined) return [{ kind: "change", file, text: edited, about: aboutSettings(tagPrefix) }];
  const about = `add "tagPrefix": "${tagPrefix}" to the settings: another project in this repository has versions as well`;
  return [{ kind: "manual", file: text === undefined ? touchedFiles.manifest : file, about }];
}

/** The workflow that checks pull requests, and the action that its last step uses. */
function planCheck(facts: Facts): InitStep[] {
  return planWorkflow(facts, {
    file: WORKFLOW_FILE,
    action: ACTION_FOLDER,
    print: workflowFile,
    about: "checks pull requests",
    verb: "check",
    uses: (name) => !name.startsWith(RELEASE_ACTION),
  });
}

/** The folder of the release action in that of the actions. */
const RELEASE_ACTION = "release/";

/** The workflow that releases what was merged, and the action that its last step uses. */
function planRelease(facts: Facts): InitStep[] {
  const { config, github } = facts;
  return planWorkflow(facts, {
    file: RELEASE_WORKFLOW_FILE,
    action: `${ACTION_FOLDER}/release`,
    print: (folder) => releaseWorkflowFile(folder, config.prompts, github?.defaultBranch ?? "main"),
    about: "releases what was merged, and prepares the pull request that promotes it",
    verb: "release",
    uses: (name) => name.startsWith(RELEASE_ACTION) || SHARED.includes(name),
  });
}

/** What the release action takes from the folder of the check. */
const SHARED = ["credentials.sh", "find-cuecard.sh", "pinned-version.mjs"];

interface WorkflowKind {
  readonly file: string;
  /** The folder of the action that it uses. */
  readonly action: string;
  readonly print: (folder: string) => string;
  readonly about: string;
  readonly verb: string;
  /** Which files of the actions it needs. */
  readonly uses: (name: string) => boolean;
}

function planWorkflow({ dir, gitRoot, texts, action }: Facts, kind: WorkflowKind): InitStep[] {
  const folder = gitRoot === undefined ? "" : relative(gitRoot, dir).replace(/\/$/, "");
  const top = relative(dir, gitRoot ?? dir);
  const text = texts.get(top + kind.file);
  const workflow = planWorkflowFile(text, top + kind.file, folder, kind);
  const usesAction = workflow.kind !== "keep" || text?.includes(kind.action) === true;
  if (!usesAction) return [workflow];
  return [
    workflow,
    ...[...action]
      .filter(([name]) => kind.uses(name))
      .map(([name, shipped]) => planActionFile(texts, `${top}${ACTION_FOLDER}/${name}`, shipped)),
  ];
}

/** An existing file may be from an older version or edited by hand; both keep working. */
function planActionFile(texts: Facts["texts"], file: string, shipped: string): InitStep {
  const text = texts.get(file);
  if (text === undefined) return { kind: "create", file, text: shipped, about: "action used by the workflow" };
  if (text.replaceAll("\r\n", "\n") === shipped) return { kind: "keep", file };
  const about = `differs from the one in cuecard ${packageVersion()}; to get that one, delete it and run init again`;
  return { kind: "keep", file, about };
}

/** An existing workflow may be about another folder of the repository, so it is never edited. */
function planWorkflowFile(
  text: string | undefined,
  file: string,
  folder: string,
  { action, print, about, verb }: WorkflowKind,
): InitStep {
  if (text === undefined) return { kind: "create", file, text: print(folder), about };
  if (folder === "" || text.includes(`${folder}/`) || runsIn(folder, text)) return { kind: "keep", file };
  const step = `a step that uses ./${action} with working-directory: ${folder}`;
  const paths = /^\s*paths:/m.test(text) ? `"${folder}/**" to its paths, and ` : "";
  return { kind: "manual", file, about: `does not ${verb} ${folder} yet: add ${paths}${step}` };
}

/** Whether a step has the folder as its working directory. */
function runsIn(folder: string, workflow: string): boolean {
  return [folder, `"${folder}"`, `'${folder}'`].some((value) =>
    workflow.split(/\r?\n/).some((line) => line.trim() === `working-directory: ${value}`),
  );
}

/** The generated package. One that an earlier version of `init` wrote gets the scripts that it lacks. */
function planPackage(facts: Facts, packageName: string): InitStep[] {
  const { config, texts, packageManager } = facts;
  if (config.out === ".") return [];
  const file = `${config.out}/package.json`;
  const text = texts.get(file);
  const additions = {
    ...NOTHING,
    scripts: generatedScripts(conventions[packageManager].installScript),
    devDependencies: cuecardDependency(texts),
  };
  const nx = texts.has(`${config.out}/project.json`) ? [] : nxAdditions(facts, "package.json");
  const lifecycle = `${config.out}/${LIFECYCLE_FILE}`;
  return [
    text === undefined
      ? {
          kind: "create",
          file,
          text: addToJson(editManifest(generatedManifest(packageName), additions)?.text ?? "", nx) ?? "",
          about: `the generated package, ${packageName}`,
        }
      : planManifest(text, file, additions, { nx, updatesEntryPoints: true }),
    texts.has(lifecycle)
      ? { kind: "keep", file: lifecycle }
      : { kind: "create", file: lifecycle, text: lifecycleScript(), about: "builds the prompts after an install" },
    ...planTurbo(facts),
    ...planNx(facts),
  ];
}

const NOTHING = { scripts: {}, devDependencies: {}, dependencies: {}, workspace: undefined };

/** The same range as the project's own, unless that is a path, which another folder cannot use. */
function cuecardDependency(texts: Facts["texts"]): Readonly<Record<string, string>> {
  const listed = /"cuecard"\s*:\s*"([^"]+)"/.exec(texts.get(touchedFiles.manifest) ?? "")?.[1];
  if (listed === undefined) return { cuecard: `^${packageVersion()}` };
  return /^(?:[./~]|file:|link:|portal:)/.test(listed) ? {} : { cuecard: listed };
}

/**
 * package.json (scripts, the devDependency and the dependency on the generated package), and the list of workspace
 * packages, which may be in a folder above.
 */
function planManifests(facts: Facts, { packageName, services }: Choices): InitStep[] {
  const { texts, packageManager } = facts;
  const up = relative(facts.dir, facts.workspaceRoot);
  const rootManifest = `${up}package.json`;
  const workspaceFile = `${up}pnpm-workspace.yaml`;
  const member = `${relative(facts.workspaceRoot, facts.dir)}${facts.config.out}`;
  const isPnpm = packageManager === "pnpm";
  const isOutside = facts.config.out !== ".";
  const link = { [packageName]: conventions[packageManager].range };
  const additions = {
    scripts: { "prompts:build": "cuecard build", "prompts:check": "cuecard check" },
    devDependencies: { cuecard: `^${packageVersion()}` },
    dependencies: isOutside && importsPrompts(facts) ? link : {},
    workspace: !isPnpm && isOutside && up === "" ? member : undefined,
  };
  const steps: InitStep[] = [planManifest(texts.get("package.json"), "package.json", additions)];
  if (up !== "" && !isPnpm && isOutside)
    steps.push(planManifest(texts.get(rootManifest), rootManifest, { ...NOTHING, workspace: member }));
  if (isPnpm && isOutside) steps.push(planPnpmWorkspace(texts.get(workspaceFile), workspaceFile, member));
  for (const folder of services) {
    const file = `${folder}/package.json`;
    steps.push(planManifest(texts.get(file), file, { ...NOTHING, dependencies: link }));
  }
  return steps;
}

/** Whether the project's own package is what imports the prompts: it is the only one, or one service of a workspace. */
function importsPrompts({ dir, workspaceRoot, services }: Facts): boolean {
  return dir !== workspaceRoot || services.length === 0;
}

/** Services without a dependency on the generated package, if the project's own package does not import it. */
export function unlinkedServices(facts: Facts, packageName: string): readonly string[] {
  if (importsPrompts(facts) || facts.config.out === ".") return [];
  return facts.services.filter((folder) => !facts.texts.get(`${folder}/package.json`)?.includes(`"${packageName}"`));
}

/** The name in the generated package's package.json; `undefined` if there is none yet. */
export function existingPackageName({ texts, config }: Facts): string | undefined {
  return /"name"\s*:\s*"([^"]+)"/.exec(texts.get(`${config.out}/package.json`) ?? "")?.[1];
}

/** Edits of the generated package's package.json alone. */
interface GeneratedEdits {
  readonly nx?: readonly JsonAddition[];
  readonly updatesEntryPoints?: boolean;
}

function planManifest(
  text: string | undefined,
  file: string,
  additions: Parameters<typeof editManifest>[1],
  { nx = [], updatesEntryPoints = false }: GeneratedEdits = {},
): InitStep {
  const edited = editManifest(text ?? asJson({ private: true, type: "module" }), additions);
  if (edited === undefined)
    return { kind: "manual", file, about: "not valid JSON; add the devDependency cuecard by hand" };
  if (text === undefined)
    return { kind: "create", file, text: edited.text, about: "scripts and the devDependency cuecard" };
  const extended = addToJson(edited.text, nx);
  if (extended === undefined) return { kind: "manual", file, about: manualLines(nx) };
  const whole = updatesEntryPoints ? updateEntryPoints(extended) : extended;
  const added = [
    ...edited.added,
    ...(extended === edited.text ? [] : ["inputs for Nx"]),
    ...(whole === extended ? [] : ["entry points"]),
  ];
  const kept = edited.foreign.map((name) => `keeps the script ${name}, which does not run cuecard`);
  const about = [...added, ...kept].join(", ");
  if (added.length > 0) return { kind: "change", file, text: whole, about };
  return kept.length === 0 ? { kind: "keep", file } : { kind: "keep", file, about };
}

function planPnpmWorkspace(text: string | undefined, file: string, member: string): InitStep {
  const edited = editPnpmWorkspace(text ?? "", member);
  if (edited === undefined) return { kind: "manual", file, about: `add "${member}" to its packages` };
  if (edited === text) return { kind: "keep", file };
  const about = `workspace package ${member}`;
  return text === undefined
    ? { kind: "create", file, text: edited, about }
    : { kind: "change", file, text: edited, about };
}

function planGitignore({ texts, config }: Facts): InitStep {
  const file = ".gitignore";
  const line = `/${config.out === "." ? "" : `${config.out}/`}dist*/`;
  const text = texts.get(file);
  const about = `ignores ${config.out}/dist, which is generated`;
  if (text === undefined) return { kind: "create", file, text: `node_modules/\n${line}\n`, about };
  if (text.split(/\r?\n/).includes(line)) return { kind: "keep", file };
  return { kind: "change", file, text: appendLines(text, [line]), about };
}

/** A formatter must not rewrite prompts: their text is what models read. */
function planPrettierIgnore(folder: string, { dir, config, texts }: Facts): InitStep {
  const file = relative(dir, folder) + PRETTIER_IGNORE;
  const text = texts.get(file);
  const prompts = relative(folder, dir) + config.prompts;
  const same = new Set([prompts, `${prompts}/`, `${prompts}/**`].flatMap((line) => [line, `/${line}`]));
  if (text?.split(/\r?\n/).some((line) => same.has(line.trim())) === true) return { kind: "keep", file };
  const edited = appendLines(text ?? "", [`/${prompts}/`]);
  const about = "Prettier leaves prompts as they are: a rewrite would change their text";
  return { kind: text === undefined ? "create" : "change", file, text: edited, about };
}

/** Files whose lines are only ever added merge by keeping the lines of both sides. */
function planGitattributes({ texts }: Facts): InitStep {
  const file = ".gitattributes";
  const text = texts.get(file) ?? "";
  const known = new Set(text.split(/\r?\n/).map((line) => line.split(/\s+/, 1)[0]));
  const added = [LOCK_FILE, `*${SCORES_EXTENSION}`].filter((pattern) => !known.has(pattern));
  if (added.length === 0) return { kind: "keep", file };
  const edited = appendLines(
    text,
    added.map((pattern) => `${pattern} merge=union`),
  );
  const about = `git merges ${added.join(" and ")} by keeping the lines of both sides`;
  return { kind: texts.has(file) ? "change" : "create", file, text: edited, about };
}

/** `@acme/prompts` in the repository of `@acme/shop`; `@shop/prompts` in that of `shop`. */
export function defaultPackageName(manifest: string | undefined, folder: string): string {
  let name: unknown;
  try {
    name = (JSON.parse(manifest ?? "{}") as { name?: unknown }).name;
  } catch {
    name = undefined;
  }
  const scope = typeof name === "string" ? /^@([^/]+)\//.exec(name)?.[1] : undefined;
  const base = scope ?? (typeof name === "string" && name !== "" ? name : folder);
  const clean = base
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|[._-]+$/g, "");
  return clean === "" || clean === "prompts" ? "prompts" : `@${clean}/prompts`;
}

/** Why a text is not a valid package name; `undefined` if it is one. */
export function packageNameProblem(name: string): string | undefined {
  return name.length <= 214 && /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name)
    ? undefined
    : "Use a lowercase package name, such as @acme/prompts";
}
