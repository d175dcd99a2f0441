// Plans examples for the branches that no example renders, and for prompts without any example. The result is compiled before it is
// planned, so that what is written is known to render.

import type { Example, WordChange } from "@cuecard/build";
import { applyEdits, type Diagnostic, diagnose, type Planned, plainText, type WorkingPrompt } from "@cuecard/model";
import { readProjectFile } from "@cuecard/registry";
import { compileSettings } from "../compile/compile-settings.js";
import { onlyPrompts } from "../compile/only-prompts.js";
import type { FixedFile, FixPlan } from "../fix/plan-fixes.js";
import type { Project } from "../read/project.js";
import { compileWorking, type WorkingPrompts } from "./compile-working.js";
import { createRenderer } from "./render-examples.js";

export interface FillOptions {
  /** Default: all prompts. */
  readonly names?: readonly string[] | undefined;
}

export interface FillPlan extends FixPlan {
  /** What is added, by the path of the file. */
  readonly examples: Readonly<Record<string, readonly Example[]>>;
}

export async function planFill(project: Project, { names }: FillOptions): Promise<Planned<FillPlan>> {
  const selected = await compileWorking(project, names);
  if ("kind" in selected) {
    const unknown =
      selected.kind === "unknown"
        ? [diagnose("request/refused", { problem: selected.problem, instead: selected.hint }, { file: "." })]
        : [];
    return { plan: undefined, diagnostics: [...unknown, ...selected.diagnostics] };
  }
  const { CoverageCounter, insertExamples } = await project.compiler();
  const counter = new CoverageCounter();
  const prompts = [];
  const known = new Set<number>();
  for (const prompt of selected.prompts) {
    if (prompt.compiled === undefined) continue;
    const search = await openSearch(project, {
      ...prompt,
      compiled: prompt.compiled,
      helpers: selected.helpers,
      counter,
    });
    for (const { input } of prompt.compiled.content.examples)
      for (const branch of search.render(input) ?? []) known.add(branch);
    prompts.push({ working: prompt.working, search });
  }
  const diagnostics: Diagnostic[] = [];
  const files: FixedFile[] = [];
  const added: Record<string, readonly Example[]> = {};
  const { findExamples } = await project.compiler();
  for (const { working, search } of prompts) {
    const { path } = working.content.prompt;
    const examples = findExamples({ ...search, known });
    for (const { input } of examples) for (const branch of search.render(input) ?? []) known.add(branch);
    if (examples.length === 0) {
      if (search.content.examples.length === 0)
        diagnostics.push(refuse(path, "no input that fits the schema was found"));
      continue;
    }
    const edit = insertExamples(working.content.prompt, examples);
    const exact = (await readProjectFile(project.dir, path))?.exact;
    const after = edit === undefined || exact === undefined ? undefined : applyEdits(exact, [edit]);
    if (exact === undefined || after === undefined) {
      diagnostics.push(refuse(path, "`examples` is written in a form that cannot be added to"));
      continue;
    }
    const problem = await problemOf(project, working, after, search.content.examples.length + examples.length);
    if (problem !== undefined) {
      diagnostics.push(refuse(path, problem));
      continue;
    }
    files.push({ file: path, before: exact, after, changes: showInsertion(plainText(exact), plainText(after)) });
    added[path] = examples;
  }
  return { plan: { files, examples: added }, diagnostics };
}

interface Searched {
  readonly working: WorkingPrompt;
  readonly compiled: NonNullable<WorkingPrompts["prompts"][number]["compiled"]>;
  readonly helpers: WorkingPrompts["helpers"];
  readonly counter: InstanceType<Awaited<ReturnType<Project["compiler"]>>["CoverageCounter"]>;
}

async function openSearch(project: Project, { working, compiled, helpers, counter }: Searched) {
  const { lowerContent } = await project.compiler();
  const request = {
    name: working.name,
    promptsDir: project.config.prompts,
    content: working.content,
    helpers: helpers?.signatures ?? [],
  };
  const template = lowerContent(request);
  if (template === undefined) throw new Error(`${working.name} compiles only once`);
  const { version: counting, branches } = counter.counting(compiled, request);
  const render = await createRenderer(project, { compiled: counting, helpers }, counter.helpers);
  return {
    content: compiled.content,
    template,
    branches,
    render(input: Example["input"]) {
      counter.reset();
      return "problem" in render(input) ? undefined : counter.reached();
    },
  };
}

function refuse(file: string, problem: string): Diagnostic {
  return diagnose("example/not-filled", { problem }, { file });
}

/** Why the file with its new examples is not written: it has errors, or other examples than it should have. */
async function problemOf(
  project: Project,
  working: WorkingPrompt,
  after: string,
  examples: number,
): Promise<string | undefined> {
  const prompt = { ...working.content.prompt, text: plainText(after) };
  const filled = { ...working, digest: `${working.digest} filled`, content: { ...working.content, prompt } };
  const { compile } = await project.compiler();
  const { prompts, diagnostics } = compile(onlyPrompts(project.config.prompts, [filled]), {
    ...{ versions: "all", working: true, emits: false },
    ...compileSettings(project.config, await project.helpers()),
  });
  const error = diagnostics.find(({ severity }) => severity === "error");
  if (error !== undefined) return `with them, ${error.message}`;
  const content = prompts[0]?.versions[0]?.content;
  return content?.examples.length === examples ? undefined : "`examples` is written in a form that cannot be added to";
}

/** What was inserted: whole lines, if it is. */
function showInsertion(before: string, after: string): WordChange[] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  const line = before.lastIndexOf("\n", start - 1) + 1;
  const length = after.length - before.length;
  if (before.slice(line) === after.slice(line + length)) start = line;
  const parts: WordChange[] = [
    { kind: "same", text: before.slice(0, start) },
    { kind: "added", text: after.slice(start, start + length) },
    { kind: "same", text: before.slice(start) },
  ];
  return parts.filter(({ text }) => text !== "");
}
