// Exports versions of prompts to promptfoo: what a branch changes, or versions that are named. No model is called.

import type { CompiledVersion, PromptfooColumn, PromptfooTest } from "@cuecard/build";
import { type Diagnostic, diagnose, PROMPT_EXTENSION, sortDiagnostics } from "@cuecard/model";
import { parseRef } from "@cuecard/registry";
import { loadVersion } from "../compile/load-version.js";
import type { RenderedMessage } from "../inspect/render.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../read/project.js";
import { unknownName } from "../read/resolve-reference.js";
import { findChangedPrompts } from "../review/changed-prompts.js";
import { compileSides } from "../review/compile-sides.js";
import { DEFAULT_BASES } from "../review/review.js";
import { readSides, WORKING } from "../review/sides.js";
import type { WorkingPrompts } from "./compile-working.js";
import { createRenderer, type Render } from "./render-examples.js";

export interface ExportOptions {
  /**
   * What to compare. Names of prompts, each as the base and the head have it; or versions, such as `greet@v3`. Default: the prompts
   * that differ between base and head.
   */
  readonly references?: readonly string[] | undefined;
  /** As `review` takes it: a branch, tag or commit, or several, of which the first that exists counts. */
  readonly base?: string | readonly string[] | undefined;
  /** A branch, tag or commit. Default: `working`. */
  readonly head?: string | undefined;
  /** The ids of promptfoo's providers. Default: the models in the front matter, or `echo`. */
  readonly providers?: readonly string[] | undefined;
  /** Whether examples that call the project's helpers are rendered, which runs them. Default: no. */
  readonly runsHelpers?: boolean | undefined;
}

export interface PromptfooExport {
  /** To be written as JSON or YAML. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The labels of the versions that are compared, such as `greet@v3`. */
  readonly labels: readonly string[];
  readonly tests: number;
}

/** A version with the label of its column. */
interface Labeled {
  readonly label: string;
  readonly name: string;
  readonly compiled: CompiledVersion;
  readonly helpers: WorkingPrompts["helpers"];
}

export async function exportPromptfoo(project: Project, options: ExportOptions): Promise<Outcome<PromptfooExport>> {
  const { references = [], providers = [], runsHelpers = false } = options;
  const found = references.some((reference) => parseRef(reference)?.ref !== undefined)
    ? await loadNamed(project, references)
    : await loadSides(project, options);
  if ("kind" in found) return found;
  const { promptfooConfig } = await project.compiler();
  const diagnostics = [...found.diagnostics];
  const tests: PromptfooTest[] = [];
  const names = new Set(found.versions.map(({ name }) => name));
  for (const name of names) {
    const own = found.versions.filter((version) => version.name === name);
    const { tests: made, refused } = await testsOf(project, own, runsHelpers);
    tests.push(...made);
    diagnostics.push(...refused);
    const path = `${project.config.prompts}/${name}${PROMPT_EXTENSION}`;
    if (made.length === 0 && refused.length === 0)
      diagnostics.push(diagnose("example/not-exported", { what: name, problem: "it has no example" }, { file: path }));
  }
  const columns: PromptfooColumn[] = found.versions.map(({ label, compiled }) => ({
    label,
    model: compiled.content.model,
  }));
  return {
    kind: "found",
    value: {
      config: promptfooConfig({ columns, tests, providers }),
      labels: columns.map(({ label }) => label),
      tests: tests.length,
    },
    diagnostics: sortDiagnostics(diagnostics),
  };
}

interface Versions {
  readonly versions: readonly Labeled[];
  readonly diagnostics: readonly Diagnostic[];
}

type NotFound = Exclude<Outcome<never>, { readonly kind: "found" }>;

async function loadNamed(project: Project, references: readonly string[]): Promise<Versions | NotFound> {
  const versions = new Map<string, Labeled>();
  const diagnostics: Diagnostic[] = [];
  for (const reference of references) {
    const loaded = await loadVersion(project, reference, undefined);
    if (loaded.kind !== "found") return loaded;
    const { compiled, helpers } = loaded.value;
    const label = `${compiled.name}@${compiled.version === "working" ? "working" : `v${compiled.version}`}`;
    versions.set(label, { label, name: compiled.name, compiled, helpers });
    diagnostics.push(...loaded.diagnostics.filter(({ severity }) => severity === "error"));
  }
  return { versions: [...versions.values()], diagnostics };
}

async function loadSides(project: Project, options: ExportOptions): Promise<Versions | NotFound> {
  const { references = [], base = DEFAULT_BASES, head = WORKING } = options;
  const sides = await readSides(project, typeof base === "string" ? [base] : base, head);
  if (!("base" in sides)) return { kind: "broken", diagnostics: sortDiagnostics(sides) };
  const { readFormerNames } = await project.compiler();
  const changed = findChangedPrompts(sides.base, sides.head, readFormerNames).filter(
    ({ after }) => after !== undefined,
  );
  const unknown = references.find((name) => !sides.head.names.has(name));
  if (unknown !== undefined)
    return { kind: "unknown", ...unknownName(unknown, new Set(sides.head.names)), diagnostics: [] };
  const names = references.length > 0 ? references : changed.map(({ name }) => name);
  const formerOf = (name: string) => changed.find((prompt) => prompt.name === name)?.formerName ?? name;
  const compiled = await compileSides(
    project,
    names.flatMap((name) => sides.base.prompts.get(formerOf(name)) ?? []),
    names.flatMap((name) => sides.head.prompts.get(name) ?? []),
    new Map(),
  );
  const { helpers } = compiled;
  const versions = names.flatMap((name): Labeled[] => {
    const [before, after] = [compiled.baseOf(formerOf(name)), compiled.versionOf(name, "working")];
    const [was, is] = [sides.base, sides.head].map(({ of }) => `${name}@${of.ref}`);
    const isSame = was === is; // both sides are one commit, which is evaluated once
    return [
      ...(before === undefined || was === undefined || isSame ? [] : [{ label: was, name, compiled: before, helpers }]),
      ...(after === undefined || is === undefined ? [] : [{ label: is, name, compiled: after, helpers }]),
    ];
  });
  return {
    versions,
    diagnostics: [...sides.diagnostics, ...compiled.diagnostics].filter(({ severity }) => severity === "error"),
  };
}

/** The examples of the last version, rendered by all of them. */
async function testsOf(
  project: Project,
  versions: readonly Labeled[],
  runsHelpers: boolean,
): Promise<{ readonly tests: readonly PromptfooTest[]; readonly refused: readonly Diagnostic[] }> {
  const head = versions.at(-1);
  if (head === undefined) return { tests: [], refused: [] };
  const refused: Diagnostic[] = [];
  const refuse = (what: string, problem: string) => {
    const file = `${project.config.prompts}/${head.name}${PROMPT_EXTENSION}`;
    refused.push(diagnose("example/not-exported", { what, problem }, { file }));
  };
  const renderers: { readonly label: string; readonly render: Render }[] = [];
  for (const version of versions) {
    const called = version.compiled.content.render.helpers;
    if (called.length > 0 && !runsHelpers)
      refuse(version.label, `it calls ${called.join(", ")} of the project's helpers: pass --helpers to run them`);
    else renderers.push({ label: version.label, render: await createRenderer(project, version) });
  }
  const { examples, outputSchema } = head.compiled.content;
  const tests = examples.flatMap(({ name, input, expected, expect = [] }): PromptfooTest[] => {
    const rendered = new Map<string, readonly RenderedMessage[]>();
    for (const { label, render } of renderers) {
      const result = render(input);
      if ("problem" in result) refuse(`the example "${name}" with ${label}`, result.problem);
      else rendered.set(label, result.messages);
    }
    if (rendered.size === 0) return [];
    return [{ description: `${head.name}: ${name}`, input, rendered, expect, expected, outputSchema }];
  });
  return { tests, refused };
}
