// Rendering code without its texts, so that versions that differ in wording only have the same code.

/** Shorter texts stay in the code, where they take less than a parameter does. */
const MIN_TEXT = 10;

/** Without an alternative for each character: V8 keeps a place to go back to for each, and runs out of memory on large prompts. */
const LITERAL = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`;
const LITERALS = new RegExp(LITERAL, "g");
/** Literals that are added up, or a line end with the indent after it. */
const TOKENS = new RegExp(String.raw`${LITERAL}(?:\s*\+\s*${LITERAL})*|\n\s*`, "g");

/** The parameter of a text. No helper, and nothing that a template names, has such a name in emitted code. */
export function textParameter(index: number): string {
  return `$${index}`;
}

export interface HoistedTexts {
  /** The code in one line, with a parameter for each text. */
  readonly code: string;
  /** In the order of their parameters. */
  readonly texts: readonly string[];
}

/**
 * Takes the texts out of the code of a rendering function.
 *
 * @param code As emitted: string literals are JSON, there are no comments, templates or regular expressions.
 * @param minimum The length from which texts are taken out.
 * @example `(input) => "You are a " + asText(input.role) + ", and you answer briefly."` →
 * `(input) => "You are a " + asText(input.role) + $0`
 */
export function hoistTexts(code: string, minimum: number = MIN_TEXT): HoistedTexts {
  const texts: string[] = [];
  const hoisted = code.replace(TOKENS, (token, offset: number) => {
    if (token.startsWith("\n")) return " ";
    // A member's name has to stay what it is.
    if (code[offset - 1] === "[" || code[offset + token.length] === ":") return token;
    const text =
      token
        .match(LITERALS)
        ?.map((literal) => JSON.parse(literal) as string)
        .join("") ?? "";
    return text.length < minimum ? token.replace(/\s*\n\s*/g, " ") : textParameter(texts.push(text) - 1);
  });
  return { code: hoisted, texts };
}
