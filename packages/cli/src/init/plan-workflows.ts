// The GitHub workflows that `init` adds, and the actions that they use.

import {
  ACTION_FOLDER,
  CATALOG_WORKFLOW_FILE,
  type Facts,
  RELEASE_WORKFLOW_FILE,
  relative,
  WORKFLOW_FILE,
} from "./facts.js";
import type { InitStep } from "./init-plan.js";
import { planShippedFile } from "./plan-shipped-file.js";
import { catalogWorkflowFile, releaseWorkflowFile, workflowFile } from "./templates.js";

/** The workflow that checks pull requests, and the action that its last step uses. */
export function planCheck(facts: Facts): InitStep[] {
  return planWorkflow(facts, {
    file: WORKFLOW_FILE,
    action: ACTION_FOLDER,
    print: workflowFile,
    about: "checks pull requests",
    verb: "check",
    uses: (name) => !name.startsWith(RELEASE_ACTION) && !name.startsWith(CATALOG_ACTION),
  });
}

/** The folder of the release action in that of the actions. */
const RELEASE_ACTION = "release/";

/** The workflow that releases what was merged, and the action that its last step uses. */
export function planRelease(facts: Facts): InitStep[] {
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
const SHARED = ["credentials.sh", "find-cuecard.sh", "pinned-version.mjs", "request.mjs"];

/** The folder of the catalog action in that of the actions. */
const CATALOG_ACTION = "catalog/";

/** The workflow that publishes the catalog, and the action that it uses. */
export function planCatalog(facts: Facts): InitStep[] {
  const { github } = facts;
  return planWorkflow(facts, {
    file: CATALOG_WORKFLOW_FILE,
    action: `${ACTION_FOLDER}/catalog`,
    print: (folder) => catalogWorkflowFile(folder, github?.defaultBranch ?? "main"),
    about: "publishes the catalog with GitHub Pages",
    verb: "publish",
    uses: (name) => name.startsWith(CATALOG_ACTION) || CATALOG_SHARED.includes(name),
  });
}

/** What the catalog action takes from the folder of the check. */
const CATALOG_SHARED = ["credentials.sh", "fetch-versions.sh", "find-cuecard.sh", "pinned-version.mjs"];

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
      .map(([name, shipped]) =>
        planShippedFile(texts, {
          file: `${top}${ACTION_FOLDER}/${name}`,
          text: shipped,
          about: "action used by the workflow",
        }),
      ),
  ];
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
