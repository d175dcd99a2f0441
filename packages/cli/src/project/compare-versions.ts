// Two versions of prompts side by side: what differs, and how the examples of either are rendered by both.

import type { Comparison, HelperFunction, WordChange } from "@cuecard/build";
import { loadCompiler } from "./compiler.js";
import type { LoadedVersion, LoadOutcome, LoadSettings } from "./load-version.js";
import { loadVersion } from "./load-version.js";
import type { Project } from "./open-project.js";

export type CompareOutcome =
  | {
      readonly kind: "compared";
      readonly before: LoadedVersion;
      readonly after: LoadedVersion;
      readonly comparison: Comparison;
      /** There when asked for. */
      readonly rendered?: readonly RenderedExample[];
    }
  /** One of the two is not there, or is broken. */
  | {
      readonly kind: "failed";
      readonly reference: string;
      readonly outcome: Exclude<LoadOutcome, { readonly kind: "found" }>;
    };

/** One example's input, rendered by both. */
export interface RenderedExample {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The text, or why there is none. */
  readonly before: Rendering;
  readonly after: Rendering;
  /** What differs; empty where a side does not take the input. */
  readonly words: readonly WordChange[];
}

export type Rendering = { readonly text: string } | { readonly refused: string };

export interface CompareSettings extends LoadSettings {
  /** Whether examples are rendered. A version that calls helpers of the project runs their module. */
  readonly rendered?: boolean;
}

export async function compareVersions(
  project: Project,
  references: readonly [before: string, after: string],
  settings: CompareSettings,
): Promise<CompareOutcome> {
  const loaded: LoadedVersion[] = [];
  for (const reference of references) {
    const outcome = await loadVersion(project, reference, settings);
    if (outcome.kind !== "found") return { kind: "failed", reference, outcome };
    loaded.push(outcome.prompt);
  }
  const [before, after] = loaded as [LoadedVersion, LoadedVersion]; // one for each reference
  const { compareContents } = await loadCompiler();
  const comparison = compareContents(before.compiled.content, after.compiled.content);
  if (settings.rendered !== true) return { kind: "compared", before, after, comparison };
  return { kind: "compared", before, after, comparison, rendered: await renderExamples(project.dir, before, after) };
}

async function renderExamples(dir: string, before: LoadedVersion, after: LoadedVersion): Promise<RenderedExample[]> {
  const { compareWords } = await loadCompiler();
  const [renderBefore, renderAfter] = [await renderer(dir, before), await renderer(dir, after)];
  return examplesOf(before, after).map(({ name, input }) => {
    const [was, is] = [renderBefore(input), renderAfter(input)];
    const words = "text" in was && "text" in is ? compareWords(was.text, is.text) : [];
    return { name, input, before: was, after: is, words };
  });
}

/** Those of both sides, each input once. */
function examplesOf(before: LoadedVersion, after: LoadedVersion) {
  const seen = new Map<string, { readonly name: string; readonly input: Readonly<Record<string, unknown>> }>();
  for (const { compiled } of [after, before])
    for (const example of compiled.content.examples) {
      const key = JSON.stringify(example.input);
      if (!seen.has(key)) seen.set(key, example);
    }
  return [...seen.values()];
}

async function renderer(
  dir: string,
  { compiled, helpers }: LoadedVersion,
): Promise<(input: Readonly<Record<string, unknown>>) => Rendering> {
  const { instantiate } = await loadCompiler();
  let functions: ReadonlyMap<string, HelperFunction> = new Map();
  if (helpers !== undefined && compiled.content.render.helpers.length > 0) {
    const { loadHelperFunctions } = await import("../helpers/load-functions.js");
    functions = await loadHelperFunctions(dir, helpers);
  }
  const prompt = instantiate(compiled, functions);
  return (input) => {
    try {
      if (compiled.content.kind === "text") return { text: String(prompt.format(input)) };
      const texts = prompt.messages(input).map(({ role, content }) => `[${role}]\n${showContent(content)}`);
      return { text: texts.join("\n\n") };
    } catch (error) {
      const isExpected = error instanceof Error && ["PromptInputError", "HelperError"].includes(error.name);
      if (!isExpected) throw error;
      return { refused: error.message };
    }
  };
}

function showContent(content: unknown): string {
  return typeof content === "string" ? content : JSON.stringify(content, null, 2);
}
