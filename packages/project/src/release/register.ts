// Registers a prompt from data: the compiler prints and checks it, the registry commits and tags it.

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { PromptDraft } from "@cuecard/build";
import {
  type Diagnostic,
  diagnose,
  hasCode,
  hasErrors,
  PROMPT_EXTENSION,
  plainText,
  promptNameProblem,
  sortDiagnostics,
} from "@cuecard/model";
import type { Applied, Planned, RegisterPlan, Registration } from "@cuecard/registry";
import * as registry from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { createIgnore } from "../settings/ignore.js";
import { type ApplyReleaseOptions, releaseCheck, unlessShared } from "./release.js";

export interface RegisterOptions extends PromptDraft {
  readonly name: string;
  /** The prompt's whole file with its front matter, instead of the other fields. */
  readonly source?: string | undefined;
  /** The version's notes. Default: the commit's message. */
  readonly notes?: string | undefined;
  /** The commit's message. */
  readonly message?: string | undefined;
}

export interface RegisterOnceOptions extends ApplyReleaseOptions {
  /** Called with the plan right before it is applied; not if the prompt cannot be registered. */
  readonly onPlan?: ((plan: RegisterPlan) => void) | undefined;
}

export async function planRegister(project: Project, options: RegisterOptions): Promise<Planned<RegisterPlan>> {
  const { plan: request, diagnostics } = await checkRequest(project, options);
  if (request === undefined) return { plan: undefined, diagnostics };
  const planned = await registry.planRegister(project.about([options.name]).repository, request);
  return judge(project, planned);
}

/** What is registered, or why it cannot be. */
export async function checkRequest(
  project: Project,
  options: RegisterOptions,
): Promise<Planned<registry.PlanRegisterOptions>> {
  const refused = (...diagnostics: Diagnostic[]) => ({ plan: undefined, diagnostics: sortDiagnostics(diagnostics) });
  const { name, notes, message = `Register ${name}`, source, ...draft } = options;
  const isIgnored = createIgnore(project.config.ignore);
  const problem =
    promptNameProblem(name) ??
    (isIgnored(`${name}${PROMPT_EXTENSION}`) ? 'the setting "ignore" matches it' : undefined);
  const place = { file: `${project.config.prompts}/${name}${PROMPT_EXTENSION}` };
  const invalid = (problem: string) => diagnose("register/invalid-draft", { problem }, place, { name });
  if (problem !== undefined)
    return refused(diagnose("register/invalid-name", { name, problem }, { file: project.config.prompts }));
  const path = existsSync(join(project.repository.dir, place.file)) ? undefined : explainPath(project, name);
  if (path !== undefined)
    return refused(diagnose("register/invalid-name", { name, ...path }, { file: project.config.prompts }));
  if (message.trim() === "") return refused(invalid("the commit's message is empty"));
  const { checkDraft, checkSource, checkTemplate, printPrompt } = await project.compiler();
  const hasSource = source !== undefined;
  const found = hasSource
    ? [...checkDraft({ template: source }, place), ...checkSource(source, place)]
    : [...checkDraft(draft, place), ...checkTemplate(draft, place)];
  if (hasSource && Object.values(draft).some((value) => value !== undefined))
    found.push(invalid("pass either source or the other fields, not both"));
  if (found.length === 0 && (source ?? draft.template)?.trim() === "") found.push(invalid("the text is empty"));
  if (found.length > 0) return refused(...found);
  const text = hasSource ? plainText(source) : printPrompt(draft);
  const bytes = Buffer.byteLength(text);
  const limit = registry.BLOB_LIMIT;
  if (bytes > limit) return refused(diagnose("prompt/too-large", { bytes, limit }, place, { name }));
  const { check, diagnostics } = await releaseCheck(project);
  if (hasErrors(diagnostics)) return refused(...diagnostics);
  return { plan: { name, text, notes, message, check }, diagnostics: [] };
}

async function judge(project: Project, planned: Planned<RegisterPlan>): Promise<Planned<RegisterPlan>> {
  const unknown = refuseUnknownKeys(planned.diagnostics);
  if (unknown !== undefined) return { plan: undefined, diagnostics: unknown };
  const release = planned.plan?.release;
  return unlessShared(project, planned, release === undefined ? [] : [release]);
}

/** The problem of a name that is the path of a file. Prompts that already have such a name keep it. */
function explainPath({ config }: Project, name: string): { problem: string; instead: string } | undefined {
  const folder = `${config.prompts}/`;
  const isInside = name.startsWith(folder);
  const isFile = name.toLowerCase().endsWith(PROMPT_EXTENSION);
  if (!isInside && !isFile) return undefined;
  const inside = isInside ? name.slice(folder.length) : name;
  const problem = isInside ? `it begins with the prompts folder, ${folder}` : `it ends in ${PROMPT_EXTENSION}`;
  const meant = isFile ? inside.slice(0, -PROMPT_EXTENSION.length) : inside;
  const instead = promptNameProblem(meant) === undefined ? `write "${meant}"` : "write the path without either";
  return { problem, instead };
}

/** The findings with those about unknown keys as errors; `undefined` if there are none of these. */
export function refuseUnknownKeys(diagnostics: readonly Diagnostic[]): Diagnostic[] | undefined {
  if (!diagnostics.some((finding) => hasCode(finding, "front-matter/unknown-key"))) return undefined;
  return sortDiagnostics(diagnostics.map(refuseUnknownKey));
}

/** Turns the warning about an unknown key into an error: a program passes the key to this registry, which would leave it out. */
function refuseUnknownKey(finding: Diagnostic): Diagnostic {
  if (!hasCode(finding, "front-matter/unknown-key")) return finding;
  const { args, hint: instead, file, range, revision, subject } = finding;
  const problem = `its front matter has the unknown key "${args.key}"`;
  return diagnose("register/invalid-draft", { problem, path: args.key, instead }, { file, range, revision }, subject);
}

export async function applyRegister(
  project: Project,
  plan: RegisterPlan,
  options: ApplyReleaseOptions,
): Promise<Applied<Registration>> {
  const { check, diagnostics } = await releaseCheck(project);
  if (hasErrors(diagnostics)) return { result: undefined, diagnostics };
  return registry.applyRegister(project.about([plan.name]).repository, plan, { ...options, check });
}

/** Plans and applies a registration. */
export async function register(
  project: Project,
  prompt: RegisterOptions,
  { onPlan, ...options }: RegisterOnceOptions,
): Promise<Applied<Registration>> {
  const { plan: request, diagnostics } = await checkRequest(project, prompt);
  if (request === undefined) return { result: undefined, diagnostics };
  return registry.register(project.about([prompt.name]).repository, request, {
    ...options,
    async judge(planned) {
      const judged = await judge(project, planned);
      if (judged.plan !== undefined) onPlan?.(judged.plan);
      return judged;
    },
  });
}
