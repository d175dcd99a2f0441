// What the compiler finds with an edited text in place of a file. Only the prompts that the text is about are read and compiled.

import type { CompiledPrompt, CompiledVersion, CompileResult } from "@cuecard/build";
import type { BreakingChange, Checked, CheckRequest, EditableFile } from "@cuecard/catalog";
import {
  type Diagnostic,
  filesOf,
  hasErrors,
  PROMPT_EXTENSION,
  type PromptContent,
  plainText,
  sortDiagnostics,
  type WorkingPrompt,
} from "@cuecard/model";
import type { Applied } from "@cuecard/registry";
import type { Project } from "../read/project.js";
import { describeFindings, isSame } from "./describe-findings.js";
import type { EditMemory } from "./edit-memory.js";
import { namesOf } from "./edit-names.js";
import { compileEdit, type EditView, releasedOf, viewEdit } from "./edit-view.js";
import { findEditable } from "./editable-file.js";
import { previewExamples } from "./preview-examples.js";
import { readState } from "./read-source.js";

export interface CheckEditOptions extends CheckRequest {
  /** Whether examples that call the project's helpers are rendered, which runs them. Default: no. */
  readonly runsHelpers?: boolean | undefined;
}

/** How many prompts that use a partial or a schema are checked at once. */
const MOST_USERS = 10;

export async function checkEdit(
  project: Project,
  memory: EditMemory,
  options: CheckEditOptions,
): Promise<Applied<Checked>> {
  const { file, runsHelpers = false } = options;
  if (hasErrors(project.diagnostics)) return { result: undefined, diagnostics: project.diagnostics };
  const editable = findEditable(project, file);
  if ("code" in editable) return { result: undefined, diagnostics: [editable] };
  const view = await viewEdit({ project, memory }, editable, options);
  const result = editable.kind === "prompt" ? await checkPrompt(view, runsHelpers) : await checkShared(view);
  return { result, diagnostics: [] };
}

async function checkPrompt(view: EditView, runsHelpers: boolean): Promise<Checked> {
  const { project, editable, tree, helpers } = view;
  const { name, file } = editable;
  const released = await releasedOf(view);
  const compiled = compileEdit(view, tree.prompts, released);
  const found = findingsOf(view, compiled, tree.prompts);
  const prompt = compiled.prompts.find((one) => one.name === name);
  const working = workingOf(prompt);
  const checked = {
    findings: describeFindings(found, view.editable.file, view.text),
    names: namesOf(view, working?.content.inputSchema, tree.prompts[0]?.content),
  };
  const isBroken = hasErrors(found.filter((one) => one.file === file));
  if (prompt === undefined || working === undefined || isBroken) return checked;
  const version = { compiled: working, helpers: helpers.helpers };
  return {
    ...checked,
    preview: { examples: await previewExamples(project, version, runsHelpers) },
    breaking: findBreaking(view, prompt, working),
  };
}

/** Has only findings that the text causes: those that the prompts have anyway are left out. */
async function checkShared(view: EditView): Promise<Checked> {
  const { editable, tree, text } = view;
  const { file } = editable;
  const usedBy = tree.prompts.filter(({ content }) => isUsed(content, file));
  if (usedBy.length === 0) return checkUnused(view);
  const after = usedBy.slice(0, MOST_USERS);
  const compiled = compileEdit(view, after);
  const before = withSaved(view, after);
  const known = before.length === 0 ? [] : findingsOf(view, compileEdit(view, before), before);
  const isKnown = (finding: Diagnostic) => finding.file !== file && known.some((one) => isSame(one, finding));
  const found = findingsOf(view, compiled, after).filter((finding) => !isKnown(finding));
  // All prompts that use a partial pass it what they have. The names of the first one are offered.
  const [user] = compiled.prompts;
  const unchecked = usedBy.length - after.length;
  return {
    findings: describeFindings(found, file, text),
    names: namesOf(view, workingOf(user)?.content.inputSchema, after[0]?.content),
    usedBy: usedBy.map(({ name }) => name),
    ...(unchecked === 0 ? {} : { unchecked }),
  };
}

/** A file that no prompt uses would not be compiled, so a substitute prompt uses it. */
async function checkUnused({ editable, text, paths, ...own }: EditView): Promise<Checked> {
  const user = substituteUser(editable, paths, own.project.config.prompts);
  const view = await viewEdit(own, editable, { text }, new Map([[user.file, user.text]]));
  const prompts = view.tree.prompts.filter(({ name }) => name === user.name);
  const found = findingsOf(view, compileEdit(view, prompts), prompts).filter(({ file }) => file === editable.file);
  return {
    findings: describeFindings(found, editable.file, text),
    names: namesOf(view, undefined, undefined),
    usedBy: [],
  };
}

function substituteUser({ kind, name }: EditableFile, paths: readonly string[], prompts: string) {
  const base = name.slice(name.lastIndexOf("/") + 1);
  let own = `${kind === "partial" ? name.slice(0, name.length - base.length) : ""}user`;
  while (paths.includes(`${own}${PROMPT_EXTENSION}`)) own += "-1";
  const text = kind === "partial" ? `{{> ${base}}}` : `---\ninput:\n  schema: ${name}\n---\n{{json this}}`;
  return { name: own, file: `${prompts}/${own}${PROMPT_EXTENSION}`, text };
}

/** The prompts with the file as it is saved; none if it is new. */
function withSaved({ project, editable }: EditView, prompts: readonly WorkingPrompt[]): WorkingPrompt[] {
  const { file } = editable;
  const saved = readState(project, file);
  if ("code" in saved || saved.exact === undefined) return [];
  const text = plainText(saved.exact);
  const old = <F extends { readonly path: string; readonly text: string }>(one: F): F =>
    one.path === file ? { ...one, text } : one;
  return prompts.map(({ name, digest, content }) => ({
    name,
    digest: `${digest} ${saved.source.digest}`,
    content: {
      ...content,
      partials: content.partials.map(old),
      ...(content.schemas === undefined ? {} : { schemas: content.schemas.map(old) }),
    },
  }));
}

function isUsed(content: PromptContent, file: string): boolean {
  return filesOf(content).some(({ path }) => path === file);
}

/** The findings about the working files of some prompts and what they use, and about helpers. */
function findingsOf(
  { tree, helpers, editable }: EditView,
  { diagnostics }: CompileResult,
  prompts: readonly WorkingPrompt[],
): Diagnostic[] {
  const files = new Set(prompts.flatMap(({ content }) => filesOf(content).map(({ path }) => path)));
  const isOwn = ({ file, ref, subject }: Diagnostic) =>
    ref === undefined &&
    (file === editable.file || files.has(file) || prompts.some(({ name }) => name === subject?.name));
  // Without the helpers, every call of one would be reported as an error.
  if (hasErrors(helpers.diagnostics)) return [...helpers.diagnostics];
  return sortDiagnostics([...tree.diagnostics, ...diagnostics].filter(isOwn));
}

function workingOf(prompt: CompiledPrompt | undefined): CompiledVersion | undefined {
  return prompt?.versions.find(({ version }) => version === "working");
}

/** What breaks callers of the versions that aliases and `latest` lead to. */
function findBreaking(
  { compiler }: EditView,
  { versions, aliases }: CompiledPrompt,
  { content }: CompiledVersion,
): BreakingChange[] {
  return versions.flatMap((version) => {
    if (version.version === "working") return [];
    const leading = aliases.filter(({ arms }) => arms.some((arm) => arm.version === version.version));
    const changes = compiler.compareContents(version.content, content).changes.filter(({ breaking }) => breaking);
    return changes.map(({ message }) => ({
      version: `v${version.version}`,
      aliases: leading.map(({ alias }) => alias),
      message,
    }));
  });
}
