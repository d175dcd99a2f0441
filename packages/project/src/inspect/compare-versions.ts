// Two versions of prompts side by side: what differs, and how the examples of either are rendered by both.

import type { Comparison, HelperFunction, WordChange } from "@cuecard/build";
import { sortDiagnostics } from "@cuecard/model";
import type { LoadedVersion, LoadSettings } from "../compile/load-version.js";
import { loadVersion } from "../compile/load-version.js";
import { loadCompiler } from "../read/compiler.js";
import type { Outcome } from "../read/outcome.js";
import type { Project } from "../settings/open-project.js";

/** Two versions, side by side. */
export interface Compared {
  readonly before: LoadedVersion;
  readonly after: LoadedVersion;
  readonly comparison: Comparison;
  /** There when asked for. */
  readonly rendered?: readonly RenderedExample[];
}

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
  readonly rendered?: boolean | undefined;
}

export async function compareVersions(
  project: Project,
  references: readonly [before: string, after: string],
  settings: CompareSettings,
): Promise<Outcome<Compared>> {
  const before = await loadVersion(project, references[0], settings);
  if (before.kind !== "found") return before;
  const after = await loadVersion(project, references[1], settings);
  if (after.kind !== "found") return after;
  const { compareContents } = await loadCompiler();
  const compared = {
    before: before.value,
    after: after.value,
    comparison: compareContents(before.value.compiled.content, after.value.compiled.content),
  };
  // Both loads read the whole project: what they find elsewhere is the same.
  const found = [...before.diagnostics, ...after.diagnostics].map((one) => [JSON.stringify(one), one] as const);
  const diagnostics = sortDiagnostics([...new Map(found).values()]);
  if (settings.rendered !== true) return { kind: "found", value: compared, diagnostics };
  const rendered = await renderExamples(project.dir, compared.before, compared.after);
  return { kind: "found", value: { ...compared, rendered }, diagnostics };
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
