// What the form for trying a version needs to know, as data in its page.

import type { CatalogVersion } from "../source.js";

export interface TrialFacts {
  /** The input as JSON Schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly examples: readonly NamedInput[];
  /** The text that every rendering begins with; empty if that is unknown. */
  readonly prefix: string;
  /** Characters of a token, as in the example that was counted. */
  readonly charactersPerToken: number;
}

/** The input of an example. */
export interface NamedInput {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** The usual length of a token in English text. */
const USUAL = 4;

export function describeTrial({ compiled, examples, prefix = "", tokens }: CatalogVersion): TrialFacts {
  const { inputSchema, defaults, examples: own } = compiled.content;
  const counted = examples.find(({ result }) => "messages" in result)?.result;
  const characters =
    counted === undefined || !("messages" in counted)
      ? compiled.content.template.length
      : counted.messages.reduce((sum, { text }) => sum + text.length, 0);
  return {
    schema: inputSchema,
    defaults,
    examples: own.map(({ name, input }) => ({ name, input })),
    prefix,
    charactersPerToken: tokens === 0 || characters === 0 ? USUAL : characters / tokens,
  };
}
