// Compares two versions of prompts, and renders the examples of each with both.

import type { Comparison, WordChange } from "@cuecard/build";
import { sortDiagnostics } from "@cuecard/model";
import { parseRef } from "@cuecard/registry";
import { type LoadedVersion, loadFrom } from "../compile/load-version.js";
import type { Outcome } from "../read/outcome.js";
import { ALL_TEXTS, type Project } from "../read/project.js";
import { readRefusal, startPrompt } from "./render.js";

/** Two versions, side by side. */
export interface Compared {
  readonly before: LoadedVersion;
  readonly after: LoadedVersion;
  readonly comparison: Comparison;
  /** Set if rendering was requested. */
  readonly rendered?: readonly RenderedExample[];
}

/** One example's input, rendered by both. */
export interface RenderedExample {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The text, or why it could not be rendered. */
  readonly before: Rendering;
  readonly after: Rendering;
  /** What differs; empty if a side does not accept the input. */
  readonly words: readonly WordChange[];
}

export type Rendering = { readonly text: string } | { readonly refused: string };

export interface CompareOptions {
  /** Whether examples are rendered. A version that calls helpers of the project runs their module. */
  readonly rendered?: boolean | undefined;
  /** Identifies the caller, and selects the version of a weighted alias. */
  readonly key?: string | undefined;
}

export async function compareReferences(
  project: Project,
  references: readonly [before: string, after: string],
  { rendered: renders, key }: CompareOptions,
): Promise<Outcome<Compared>> {
  const [before, after] = await loadBoth(project, references, key);
  if (before.kind !== "found") return before;
  if (after.kind !== "found") return after;
  const { compareContents } = await project.compiler();
  const compared = {
    before: before.value,
    after: after.value,
    comparison: compareContents(before.value.compiled.content, after.value.compiled.content),
  };
  // Both loads report what is wrong elsewhere in the project.
  const found = [...before.diagnostics, ...after.diagnostics].map((one) => [JSON.stringify(one), one] as const);
  const diagnostics = sortDiagnostics([...new Map(found).values()]);
  if (renders !== true) return { kind: "found", value: compared, diagnostics };
  const rendered = await renderExamples(project, compared.before, compared.after);
  return { kind: "found", value: { ...compared, rendered }, diagnostics };
}

type Loaded = Outcome<LoadedVersion>;

/** The texts of both prompts are read at once. What cannot be loaded is explained by the whole project. */
async function loadBoth(
  project: Project,
  references: readonly [before: string, after: string],
  key: string | undefined,
): Promise<readonly [before: Loaded, after: Loaded]> {
  const asked = references.map((reference) => parseRef(reference)?.name);
  const names = [...new Set(asked.filter((name) => name !== undefined))];
  const part = project.about(names);
  await part.snapshot({ texts: ALL_TEXTS });
  const found = [await loadFrom(part, references[0], key), await loadFrom(part, references[1], key)] as const;
  if (found.every(({ kind }) => kind === "found")) return found;
  return [await loadFrom(project, references[0], key), await loadFrom(project, references[1], key)];
}

async function renderExamples(
  project: Project,
  before: LoadedVersion,
  after: LoadedVersion,
): Promise<RenderedExample[]> {
  const { compareWords } = await project.compiler();
  const [renderBefore, renderAfter] = [await createRenderer(project, before), await createRenderer(project, after)];
  return examplesOf(before, after).map(({ name, input }) => {
    const [was, is] = [renderBefore(input), renderAfter(input)];
    const words = "text" in was && "text" in is ? compareWords(was.text, is.text) : [];
    return { name, input, before: was, after: is, words };
  });
}

/** The examples of both sides, each input once. */
function examplesOf(before: LoadedVersion, after: LoadedVersion) {
  const seen = new Map<string, { readonly name: string; readonly input: Readonly<Record<string, unknown>> }>();
  for (const { compiled } of [after, before])
    for (const example of compiled.content.examples) {
      const key = JSON.stringify(example.input);
      if (!seen.has(key)) seen.set(key, example);
    }
  return [...seen.values()];
}

async function createRenderer(
  project: Project,
  version: LoadedVersion,
): Promise<(input: Readonly<Record<string, unknown>>) => Rendering> {
  const prompt = await startPrompt(project, version).catch(refuse);
  return (input) => {
    if ("refused" in prompt) return prompt;
    try {
      if (version.compiled.content.kind === "text") return { text: String(prompt.format(input)) };
      const texts = prompt.messages(input).map(({ role, content }) => `[${role}]\n${showContent(content)}`);
      return { text: texts.join("\n\n") };
    } catch (error) {
      return refuse(error);
    }
  };
}

function refuse(error: unknown): Extract<Rendering, { readonly refused: string }> {
  const refusal = readRefusal(error);
  if (refusal === undefined) throw error;
  return { refused: refusal.problem };
}

function showContent(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content, null, 2);
}
