// Renders the examples of both sides, and compares each message by words.

import type { CompiledVersion, Example, ProjectHelpers } from "@cuecard/build";
import { type RenderedMessage, readRefusal, startPrompt } from "../inspect/render.js";
import type { Project } from "../read/project.js";
import type { CountTokens } from "./count-tokens.js";
import type { ExampleReview, ExampleSide, MessageReview } from "./report.js";

export interface RenderedSides {
  readonly before: CompiledVersion | undefined;
  readonly after: CompiledVersion | undefined;
  readonly helpers: ProjectHelpers | undefined;
  /** Whether the project's helpers are run: a pull request can change what they do. */
  readonly runsHelpers: boolean;
  readonly count: CountTokens;
}

export async function reviewExamples(project: Project, sides: RenderedSides): Promise<ExampleReview[]> {
  const { compareWords } = await project.compiler();
  const [renderBefore, renderAfter] = [
    await createRenderer(project, sides.before, { ...sides, of: "base" }),
    await createRenderer(project, sides.after, { ...sides, of: "branch" }),
  ];
  return renderSides(sides.before, sides.after, { renderBefore, renderAfter }).map((example) => ({
    ...example,
    messages: pairTexts(example.before, example.after).map(({ role, change, before, after }) => {
      return { role, change, words: compareWords(before, after) };
    }),
  }));
}

export interface ExampleRenderers {
  readonly renderBefore: RenderExample;
  readonly renderAfter: RenderExample;
}

/** The examples of both sides, each rendered by both. */
export function renderSides(
  beforeSide: CompiledVersion | undefined,
  afterSide: CompiledVersion | undefined,
  { renderBefore, renderAfter }: ExampleRenderers,
): Omit<ExampleReview, "messages">[] {
  const own = new Map(beforeSide?.content.examples.map(({ name, input }) => [name, input]));
  const examples = afterSide?.content.examples ?? [];
  const names = new Set(examples.map(({ name }) => name));
  const removed = (beforeSide?.content.examples ?? []).filter(({ name }) => !names.has(name));
  return [...examples, ...removed].map(({ name, input }) => {
    const rendered = renderAfter(input);
    // An example that the branch removes because it does not accept it anymore has no text after it.
    const isGone = !names.has(name) && rendered !== undefined && "refused" in rendered;
    const after = isGone ? undefined : rendered;
    let [before, inputBefore] = [renderBefore(input), input];
    const earlier = own.get(name);
    // The example was changed together with the inputs: the base takes its own.
    if (before !== undefined && "refused" in before && earlier !== undefined)
      [before, inputBefore] = [renderBefore(earlier), earlier];
    return { name, input, inputBefore, before, after };
  });
}

/** @returns `undefined` if the side does not exist. */
export type RenderExample = (input: Example["input"]) => ExampleSide | undefined;

async function createRenderer(
  project: Project,
  compiled: CompiledVersion | undefined,
  { helpers, runsHelpers, count, of }: RenderedSides & { readonly of: "base" | "branch" },
): Promise<RenderExample> {
  if (compiled === undefined) return () => undefined;
  const called = compiled.content.render.helpers;
  if (called.length > 0 && !runsHelpers) {
    const names = called.map((name) => `"${name}"`).join(", ");
    return () => ({ refused: `it calls ${names} of the project's helpers, which a review does not run` });
  }
  const { countTokensOf } = await project.compiler();
  const what = compiled.version === "working" ? `${compiled.name} as the ${of} has it` : undefined;
  const refuse = (error: unknown) => {
    const refusal = readRefusal(error, what);
    if (refusal === undefined) throw error;
    return { refused: refusal.problem };
  };
  const prompt = await startPrompt(project, { compiled, helpers }).catch(refuse);
  return (input) => {
    if ("refused" in prompt) return prompt;
    try {
      const messages = prompt.messages(input);
      return { messages, tokens: countTokensOf(messages, count) };
    } catch (error) {
      return refuse(error);
    }
  };
}

/** A message as both sides have it: its text is empty on a side that lacks it. */
export interface PairedTexts extends Pick<MessageReview, "role" | "change"> {
  readonly before: string;
  readonly after: string;
}

/** @returns Nothing if a side is refused or does not exist. */
export function pairTexts(before: ExampleSide | undefined, after: ExampleSide | undefined): PairedTexts[] {
  if (before === undefined || after === undefined || "refused" in before || "refused" in after) return [];
  return pairMessages(before.messages, after.messages).map(([was, is]) => {
    const role = (is ?? was)?.role ?? "user";
    const texts = {
      before: was === undefined ? "" : comparedText(was),
      after: is === undefined ? "" : comparedText(is),
    };
    if (was === undefined) return { role, change: "added", ...texts };
    if (is === undefined) return { role, change: "removed", ...texts };
    return { role, change: texts.before === texts.after ? "same" : "changed", ...texts };
  });
}

type Pair = readonly [RenderedMessage | undefined, RenderedMessage | undefined];

/**
 * Messages of the same role in their order. Where the roles differ, the side with more messages left has gained or lost one.
 */
function pairMessages(before: readonly RenderedMessage[], after: readonly RenderedMessage[]): Pair[] {
  const pairs: Pair[] = [];
  let [at, to] = [0, 0];
  while (at < before.length || to < after.length) {
    const [was, is] = [before[at], after[to]];
    if (was !== undefined && is !== undefined && was.role === is.role) {
      pairs.push([was, is]);
      at++;
      to++;
    } else if (is === undefined || (was !== undefined && before.length - at > after.length - to)) {
      pairs.push([was, undefined]);
      at++;
    } else {
      pairs.push([undefined, is]);
      to++;
    }
  }
  return pairs;
}

/** The text that is compared: of media, everything that a model gets. */
function comparedText({ content }: RenderedMessage): string {
  return typeof content === "string" ? content : JSON.stringify(content, null, 2);
}
