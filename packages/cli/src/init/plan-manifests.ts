// The package.json files that `init` writes or extends: of the generated package, of the project, and of its services.

import { packageVersion } from "../package.js";
import { addToJson, type JsonAddition } from "./edit-json.js";
import { editManifest, editPnpmWorkspace } from "./edit-workspace.js";
import { updateEntryPoints } from "./entry-points.js";
import { type Facts, relative, touchedFiles } from "./facts.js";
import type { Choices, InitStep } from "./init-plan.js";
import { generatedScripts, LIFECYCLE_FILE, lifecycleScript } from "./lifecycle-script.js";
import { conventions } from "./package-manager.js";
import { manualLines, nxAdditions, planNx, planTurbo } from "./plan-task-runners.js";
import { asJson, generatedManifest } from "./templates.js";

/** The generated package. One that an earlier version of `init` wrote gets the scripts that it lacks. */
export function planPackage(facts: Facts, packageName: string): InitStep[] {
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
export function planManifests(facts: Facts, { packageName, services }: Choices): InitStep[] {
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
