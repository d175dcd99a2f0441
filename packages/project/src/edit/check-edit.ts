// What the compiler finds with an edited text in place of a file. Only the prompts that the text is about are read and compiled.

import type { CompiledPrompt, CompiledVersion } from "@cuecard/build";
import type { BreakingChange, Checked, CheckRequest, EditableFile } from "@cuecard/catalog";
import { type Diagnostic, filesOf, hasErrors, PROMPT_EXTENSION, type Snapshot } from "@cuecard/model";
import { type Applied, readWorkingTree, workingOptions } from "@cuecard/registry";
import { compileContents, compileVersions } from "../compile/compile.js";
import type { CompiledProject } from "../compile/compiled-project.js";
import { onlyPrompts } from "../compile/only-prompts.js";
import type { Compiler } from "../read/compiler.js";
import type { Project } from "../read/project.js";
import { describeFindings, isSame } from "./describe-findings.js";
import { namesOf } from "./edit-names.js";
import { findEditable } from "./editable-file.js";
import { previewExamples } from "./preview-examples.js";

export interface CheckEditOptions extends CheckRequest {
  /** Whether examples that call the project's helpers are rendered, which runs them. Default: no. */
  readonly runsHelpers?: boolean | undefined;
}

/** How many prompts that use a partial or a schema are checked at once. */
const MOST_USERS = 50;

interface Edit {
  readonly project: Project;
  readonly editable: EditableFile;
  readonly text: string;
  readonly runsHelpers: boolean;
  readonly drafts: ReadonlyMap<string, string>;
}

export async function checkEdit(project: Project, options: CheckEditOptions): Promise<Applied<Checked>> {
  const { file, text, runsHelpers = false } = options;
  if (hasErrors(project.diagnostics)) return { result: undefined, diagnostics: project.diagnostics };
  const editable = findEditable(project, file);
  if ("code" in editable) return { result: undefined, diagnostics: [editable] };
  const edit = { project, editable, text, runsHelpers, drafts: new Map([[file, text]]) };
  const result = editable.kind === "prompt" ? await checkPrompt(edit) : await checkShared(edit);
  return { result, diagnostics: [] };
}

async function checkPrompt({ project, editable, text, runsHelpers, drafts }: Edit): Promise<Checked> {
  const { file, name } = editable;
  const part = project.about([name], drafts);
  const compilation = await compileContents(part, { versions: "aliased", working: true });
  const { diagnostics, result, helpers } = compilation;
  const findings = describeFindings(relevant(compilation, [name]), { file, text });
  const prompt = result?.prompts.find((one) => one.name === name);
  const working = prompt?.versions.find(({ version }) => version === "working");
  const names = await namesOf({ project, part, editable, text, input: working?.content.inputSchema, compilation });
  if (prompt === undefined || working === undefined || hasErrors(diagnostics.filter((one) => one.file === file)))
    return { findings, names };
  const version = { compiled: working, helpers: helpers.helpers };
  return {
    findings,
    names,
    preview: { examples: await previewExamples(project, version, runsHelpers) },
    breaking: findBreaking(prompt, working, await project.compiler()),
  };
}

/** Findings are those that the text causes: what is wrong with the prompts anyway is theirs. */
async function checkShared({ project, editable, text, drafts }: Edit): Promise<Checked> {
  const { file } = editable;
  const usedBy = await findUsers(project, file, drafts);
  const substitute = usedBy.length === 0 ? await substituteUser(project, editable) : undefined;
  const names = substitute === undefined ? usedBy.slice(0, MOST_USERS) : [substitute.name];
  const all = substitute === undefined ? drafts : new Map([...drafts, [substitute.file, substitute.text]]);
  const before = await compileWorking(project.about(names));
  const after = await compileWorking(project.about(names, all));
  const known = relevant(before, names).filter((finding) => finding.file !== file);
  const found = relevant(after, names).filter((finding) => !known.some((one) => isSame(one, finding)));
  const own = substitute === undefined ? found : found.filter((finding) => finding.file === file);
  // All prompts that use a partial pass it what they have. The names of the first one are offered.
  const [user] = after.result?.prompts ?? [];
  const input = user?.versions.find(({ version }) => version === "working")?.content.inputSchema;
  const unchecked = substitute === undefined ? usedBy.length - names.length : 0;
  return {
    findings: describeFindings(own, { file, text }),
    names: await namesOf({ project, part: project, editable, text, input, compilation: after }),
    usedBy,
    ...(unchecked === 0 ? {} : { unchecked }),
  };
}

/** A prompt in place of those that will use a partial or a schema: without one, nothing is compiled. */
async function substituteUser(project: Project, { kind, name }: EditableFile) {
  const base = name.slice(name.lastIndexOf("/") + 1);
  const folder = kind === "partial" ? name.slice(0, name.length - base.length) : "";
  const { paths } = (await project.view()).files.working;
  let own = `${folder}user`;
  while (paths.includes(`${own}${PROMPT_EXTENSION}`)) own += "-1";
  const text = kind === "partial" ? `{{> ${base}}}` : `---\ninput:\n  schema: ${name}\n---\n{{json this}}`;
  return { name: own, file: `${project.config.prompts}/${own}${PROMPT_EXTENSION}`, text };
}

function compileWorking(part: Project): Promise<CompiledProject> {
  return compileVersions(part, {
    needs: () => false,
    select: ({ promptsDir, working, schemaNames }) => ({ ...onlyPrompts(promptsDir, working), schemaNames }),
  });
}

/** The findings about the working files of some prompts and what they use. */
function relevant({ diagnostics, snapshot }: CompiledProject, names: readonly string[]): Diagnostic[] {
  const files = filesOfPrompts(snapshot, names);
  return diagnostics.filter(
    ({ file, ref, subject }) =>
      ref === undefined && (files.has(file) || (subject !== undefined && names.includes(subject.name))),
  );
}

function filesOfPrompts(snapshot: Snapshot | undefined, names: readonly string[]): ReadonlySet<string> {
  const own = snapshot?.working.filter(({ name }) => names.includes(name)) ?? [];
  return new Set(own.flatMap(({ content }) => filesOf(content).map(({ path }) => path)));
}

/** The prompts that use a partial or a schema, sorted. */
async function findUsers(project: Project, file: string, drafts: ReadonlyMap<string, string>): Promise<string[]> {
  const { prompts } = await readWorkingTree({ ...workingOptions(project.repository), drafts });
  return prompts.filter(({ content }) => filesOf(content).some(({ path }) => path === file)).map(({ name }) => name);
}

/** What breaks callers of the versions that aliases and `latest` lead to. */
function findBreaking(
  { versions, aliases }: CompiledPrompt,
  { content }: CompiledVersion,
  { compareContents }: Compiler,
): BreakingChange[] {
  return versions.flatMap((version) => {
    if (version.version === "working") return [];
    const leading = aliases.filter(({ arms }) => arms.some((arm) => arm.version === version.version));
    const changes = compareContents(version.content, content).changes.filter(({ breaking }) => breaking);
    return changes.map(({ message }) => ({
      version: `v${version.version}`,
      aliases: leading.map(({ alias }) => alias),
      message,
    }));
  });
}
