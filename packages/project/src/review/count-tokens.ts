// Counts tokens with the tokenizer of OpenAI's current models. Other providers do not publish theirs, so for their models the
// count is an estimate. The tokenizer's table is large, and loaded only when something is counted.

export type CountTokens = (text: string) => number;

let counter: Promise<CountTokens> | undefined;

export function loadTokenCounter(): Promise<CountTokens> {
  counter ??= import("gpt-tokenizer/encoding/o200k_base").then(
    ({ countTokens }) =>
      // What looks like a special token is text here: it comes from a prompt, and providers encode it as text.
      (text) =>
        countTokens(text, { disallowedSpecial: new Set() }),
  );
  return counter;
}

/** @param model As in the front matter: `openai/gpt-5`, `gpt-5`, or `undefined`. */
export function isEstimate(model: string | undefined): boolean {
  return model === undefined || !/^(?:openai\/|azure\/)?(?:gpt-(?:4o|4\.\d|5|oss)|o[1-9]\b|chatgpt)/i.test(model);
}
